'use client';

import { useId, useState, useSyncExternalStore } from 'react';
import type { Knob, Problem } from '../../../../simulations/index.ts';
import type { KnobValue } from '../../../_run/setup.ts';
import { plural } from '../state/format.ts';
import { KnobControl } from './knob-control.tsx';
import styles from './knob-group.module.css';

/** A knob of a group as it stands. */
export interface KnobPlace {
  readonly name: string;
  readonly knob: Knob;
  readonly value: unknown;
  /** What the reader turned it to; undefined: it is as scenario and variant say. */
  readonly set: KnobValue | undefined;
  readonly problem: Problem | undefined;
}

export interface KnobGroupProps {
  readonly title: string;
  readonly knobs: readonly KnobPlace[];
  /** Stands open where the knobs are stacked under other panes, too. */
  readonly first: boolean;
}

/** At this width and below the panes stack, and a reader comes past every knob on the way to the faults. */
const STACKED = '(max-width: 1180px)';

/**
 * Knobs under a heading that folds them. Folded, it still shows those that are not as the scenario says, or about which something is wrong; one that the
 * reader turns back stays until the group is opened or folded again, for it may be under a finger.
 */
export function KnobGroup({ title, knobs, first }: KnobGroupProps) {
  const stacked = useSyncExternalStore(watchStacked, isStacked, () => false);
  const [choice, choose] = useState<boolean | undefined>(undefined);
  const [kept, keep] = useState<readonly string[]>([]);
  const id = useId();
  const open = choice ?? (first || !stacked);
  const differ = knobs.filter(({ set, problem }) => set !== undefined || problem !== undefined);
  const news = differ.filter(({ name }) => !kept.includes(name)).map(({ name }) => name);
  if (news.length > 0) keep([...kept, ...news]);
  const shown = open ? knobs : knobs.filter(({ name }) => kept.includes(name) || news.includes(name));
  const toggle = () => {
    choose(!open);
    keep([]);
  };
  return (
    <fieldset className={styles.group} data-knobs={title}>
      <legend>
        <button
          type="button"
          className={`data ${styles.head}`}
          aria-expanded={open}
          aria-controls={`${id}-knobs`}
          onClick={toggle}
        >
          {title}
          {!open && <span className={styles.rest}>{restWords(knobs.length, shown.length)}</span>}
          <svg className={styles.fold} width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
            <path d={open ? 'M0 2.5h8L4 6.5z' : 'M5.5 0v8L1.5 4z'} />
          </svg>
        </button>
      </legend>
      <div id={`${id}-knobs`}>
        {shown.map(({ name, knob, value, set, problem }) => (
          <KnobControl key={name} name={name} knob={knob} value={value} turned={set !== undefined} problem={problem} />
        ))}
      </div>
    </fieldset>
  );
}

/** What is folded away: all, or what is as the scenario says. */
function restWords(all: number, shown: number): string {
  if (shown === 0) return plural(all, 'knob');
  return shown === all ? '' : `${all - shown} more`;
}

function watchStacked(onChange: () => void): () => void {
  const query = matchMedia(STACKED);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

function isStacked(): boolean {
  return matchMedia(STACKED).matches;
}
