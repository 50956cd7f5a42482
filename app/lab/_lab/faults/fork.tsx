'use client';

import { useState } from 'react';
import { type Fault, formatCount } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useCalm, useLab, useLabStore } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { stepInView } from '../state/store.ts';
import styles from './fork.module.css';
import { quickFault, withFault } from './script.ts';

export interface ForkProps {
  readonly faults: readonly Fault[];
  /** Opens the editor on a fault that is not yet in the script. */
  onEdit(fault: Fault): void;
}

/**
 * Another way on from the moment in view: a fault that begins now. The run up to here stays the same, event for event, because
 * a run is a pure function of its inputs; what follows is the new branch, and the address keeps it.
 */
export function Fork({ faults, onEdit }: ForkProps) {
  const steps = useCalm((state) => state.steps);
  const ready = useLab((state) => state.run !== undefined);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.fork}>
      <Button
        className={styles.button}
        disabled={!ready}
        aria-expanded={open}
        aria-controls="fork-acts"
        onClick={() => setOpen(!open)}
      >
        Fork the run at step {formatCount(steps)}
      </Button>
      <div id="fork-acts" hidden={!open}>
        {open && <Acts faults={faults} onEdit={onEdit} />}
      </div>
    </div>
  );
}

function Acts({ faults, onEdit }: ForkProps) {
  const store = useLabStore();
  const run = useLab((state) => state.run)!;
  const timeUs = useCalm((state) => state.timeUs);
  const { fork, pause } = useActions();
  const hosts = run.topology.hosts.map(({ id }) => id);
  const [host, setHost] = useState(() => hostInView(store.getState()) ?? hosts[0]!);
  const make = (kind: 'cut' | 'crash' | 'pause') =>
    quickFault(faults, run, { kind, host, atUs: store.getState().timeUs, hosts });
  const add = (kind: 'cut' | 'crash' | 'pause') => () => {
    pause();
    fork(withFault(faults, make(kind)));
  };
  const acts = [
    { kind: 'cut', name: 'Cut off' },
    { kind: 'crash', name: 'Crash' },
    { kind: 'pause', name: 'Pause' },
  ] as const;
  return (
    <fieldset className={styles.acts} aria-label="A fault at this moment">
      <label>
        At {formatTimeUnit(timeUs, unitOf(run.simulatedUs))}, to
        <select className="data" value={host} aria-label="Host" onChange={(event) => setHost(event.target.value)}>
          {hosts.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      <span className={styles.row}>
        {acts.map(({ kind, name }) => (
          <Button key={kind} onClick={add(kind)} data-testid={`fork-${kind}`}>
            {name}
          </Button>
        ))}
        <Button onClick={() => onEdit(make('cut'))} data-testid="fork-other">
          Other
        </Button>
      </span>
    </fieldset>
  );
}

function hostInView(state: ReturnType<ReturnType<typeof useLabStore>['getState']>): string | undefined {
  const timeline = state.run?.timeline;
  const step = stepInView(state);
  if (state.host !== undefined || timeline === undefined || step < 0) return state.host;
  const host = timeline.step(step).host;
  return host === '' ? undefined : host;
}
