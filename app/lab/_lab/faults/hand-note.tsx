'use client';

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { type Fault, faultTitle } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { draftOf, type FaultDraft, readDraft } from './fault-draft.ts';
import styles from './hand-menu.module.css';
import { placeAt } from './hand-menu.tsx';
import type { HandDone, Hands } from './use-hands.ts';

export interface HandNoteProps {
  readonly hands: Hands;
  readonly done: HandDone;
  onClose(): void;
}

/** What was just done by hand, to be made exact on the spot: which way, how much, for how long. Each change runs at once. */
export function HandNote({ hands, done, onClose }: HandNoteProps) {
  const { fault, at, origin } = done;
  const box = useRef<HTMLDivElement>(null);
  const { undo } = useActions();
  const [problems, setProblems] = useState<readonly string[]>([]);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.showPopover();
    placeAt(element, at);
    element.focus({ preventScroll: true });
  }, [at]);
  const close = () => {
    if (origin instanceof SVGElement || origin instanceof HTMLElement) origin.focus({ preventScroll: true });
    onClose();
  };
  const change = (part: Partial<FaultDraft>) => {
    const read = readDraft({ ...draftOf(fault, NO_NAMES), ...part });
    setProblems(read.ok ? [] : read.problems.map(({ problem }) => problem));
    if (read.ok) hands.revise(read.fault);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <div
      ref={box}
      popover="auto"
      role="dialog"
      aria-label={`${faultTitle(fault)}: options`}
      tabIndex={-1}
      className={styles.note}
      data-testid="hand-note"
      onKeyDown={press}
      onToggle={(event) => event.newState === 'closed' && onClose()}
    >
      <h2>{faultTitle(fault)}</h2>
      <Way fault={fault} onChange={change} />
      <Amount fault={fault} onChange={change} />
      <Lasts fault={fault} onChange={change} />
      <div role="alert">
        {problems.map((problem) => (
          <p key={problem} className={styles.wrong}>
            {problem}
          </p>
        ))}
      </div>
      <p className={styles.ways}>
        <Button look="primary" onClick={close}>
          Done
        </Button>
        <Button
          onClick={() => {
            close();
            undo();
          }}
        >
          Undo
        </Button>
      </p>
    </div>
  );
}

/** The draft of a fault that has all its fields needs no names to fill in. */
const NO_NAMES = { hosts: [], predicates: [] } as const;

interface PartProps {
  readonly fault: Fault;
  onChange(part: Partial<FaultDraft>): void;
}

/** Of a cut with two sides: both ways, or one of them. */
function Way({ fault: { id, action }, onChange }: PartProps) {
  if (action.do !== 'cut' || action.sides.length !== 2) return null;
  const { sides, oneWay } = action;
  const [first = [], second = []] = sides;
  // The list keeps its order when the cut turns around: the first host by name stands for its side.
  const [a, b] = (first[0] ?? '') < (second[0] ?? '') ? [first, second] : [second, first];
  const from = (side: readonly string[], other: readonly string[]) => () =>
    onChange({ oneWay: true, sides: [side, other] });
  const options = [
    { label: 'both ways', checked: !oneWay, choose: () => onChange({ oneWay: false }) },
    { label: `only what ${a.join(' ')} sends`, checked: oneWay && first === a, choose: from(a, b) },
    { label: `only what ${b.join(' ')} sends`, checked: oneWay && first === b, choose: from(b, a) },
  ];
  return (
    <fieldset>
      <legend>Lost are messages</legend>
      {options.map(({ label, checked, choose }) => (
        <label key={label}>
          <input type="radio" name={`${id}-way`} checked={checked} onChange={choose} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** How much later, how many, how wrong. */
function Amount({ fault, onChange }: PartProps) {
  const { action } = fault;
  const draft = draftOf(fault, NO_NAMES);
  switch (action.do) {
    case 'slow':
    case 'slowDisk':
      return draft.extraKept === undefined ? (
        <NumberLine
          label="Slower by"
          unit="ms"
          value={draft.extraMinMs}
          onValue={(value) => onChange({ extraMinMs: value, extraMaxMs: value })}
        />
      ) : null;
    case 'loss':
    case 'duplicate':
      return <NumberLine label="Share" unit="%" value={draft.percent} onValue={(percent) => onChange({ percent })} />;
    case 'clock':
      return (
        <NumberLine label="Ahead by" unit="ms" value={draft.offsetMs} onValue={(offsetMs) => onChange({ offsetMs })} />
      );
    default:
      return null;
  }
}

/** Until it is ended by hand, or for a time. */
function Lasts({ fault, onChange }: PartProps) {
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const { id, forUs } = fault;
  const timeMs = String((forUs ?? Math.min(500_000, Math.round(endUs / 5))) / 1000);
  return (
    <fieldset>
      <legend>Lasts</legend>
      <label>
        <input
          type="radio"
          name={`${id}-lasts`}
          checked={forUs === undefined}
          onChange={() => onChange({ lasts: 'end' })}
        />
        until it is ended by hand, or the run ends
      </label>
      <label>
        <input
          type="radio"
          name={`${id}-lasts`}
          checked={forUs !== undefined}
          onChange={() => onChange({ lasts: 'time', forMs: timeMs })}
        />
        for
        <NumberInput label="Lasts for, in ms" value={timeMs} onValue={(forMs) => onChange({ lasts: 'time', forMs })} />
        <span className="data">ms</span>
      </label>
    </fieldset>
  );
}

interface NumberLineProps {
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  onValue(value: string): void;
}

function NumberLine({ label, unit, value, onValue }: NumberLineProps) {
  return (
    <p className={styles.ways}>
      <span>{label}</span>
      <NumberInput label={`${label}, in ${unit}`} value={value} onValue={onValue} />
      <span className="data">{unit}</span>
    </p>
  );
}

/** A number that counts once it is left or Enter is pressed: a run for every digit would be one too many. */
function NumberInput({ label, value, onValue }: Omit<NumberLineProps, 'unit'>) {
  const commit = (typed: string) => typed !== value && onValue(typed);
  return (
    <input
      key={value}
      className={styles.number}
      aria-label={label}
      inputMode="decimal"
      defaultValue={value}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget.value)}
    />
  );
}
