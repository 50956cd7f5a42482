'use client';

import { useId, useRef } from 'react';
import {
  type Ages,
  agesOf,
  endOf,
  type Focus,
  formatCount,
  formatMsShort,
  lookOf,
  type Operation,
  operationName,
  type Proof,
  proofOf,
  type Run,
  tenth,
  type Witness,
} from '../../../simulations/index.ts';
import { VerdictShape } from '../../_shell/verdict-mark.tsx';
import { chipWidth } from './chip.tsx';
import ink from './ink.module.css';
import { type BarProps, barEnd, OperationBar } from './operation-bar.tsx';
import { Patterns } from './patterns.tsx';
import { pressable } from './pressable.ts';
import { useWidth } from './use-width.ts';
import styles from './witness.module.css';

export interface WitnessFigureProps {
  readonly run: Run;
  readonly focus: Focus;
  readonly witness: Witness;
  /** The verdict's sentence: the figure's text form. */
  readonly sentence: string;
  onSelectOperation?(operation: number): void;
}

const PITCH = 24;
const BAR = 18;
/** Right of the bars, for the mark of the violation, in px. */
const MARK_ROOM = 30;
/** More operations than this are not drawn; the sentence names them. */
const ROWS_MAX = 6;

/** The operations that prove a violation, one row each, on their own time scale. Nothing when the witness names no operation. */
export function WitnessFigure({ run, focus: inView, witness, sentence, onSelectOperation }: WitnessFigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const width = useWidth(box, 290);
  const proof = proofOf(run, inView, witness);
  if (proof === undefined) return null;
  const { focus } = proof;
  const rows = rowsOf(proof);
  const left = 14 + Math.max(...rows.map((row) => row.client.length + operationName(run, row).length)) * 6.7;
  const fromUs = Math.min(...rows.map(({ invokedAt }) => invokedAt));
  const untilUs = Math.max(...rows.map((row) => endOf(run, row)));
  const perPx = (room: number) => (width - left - room) / Math.max(1, untilUs - fromUs);
  const chipPx = chipWidth(run.input.model.versionOf(proof.closing, focus)?.label ?? '');
  const closingPx = (endOf(run, proof.closing) - proof.closing.invokedAt) * perPx(MARK_ROOM);
  // A version that is wider than the last bar stands out at its end, and the mark of the violation after it.
  const perUs = perPx(MARK_ROOM + Math.max(0, chipPx + 1 - closingPx));
  const versions = rows.flatMap((row) => run.input.model.versionOf(row, focus) ?? []);
  const figure: Figure = {
    run,
    focus,
    proof,
    rows,
    ages: agesOf(versions),
    id,
    left: left + 6,
    width,
    x: (us) => left + 6 + (us - fromUs) * perUs,
    y: (row) => 10 + row * PITCH,
  };
  return (
    <div ref={box} className={styles.box}>
      <svg
        className={styles.figure}
        height={rows.length * PITCH + 14}
        role={onSelectOperation === undefined ? 'img' : 'group'}
        aria-label={sentence}
      >
        <defs>
          <Patterns id={id} />
        </defs>
        {rows.map((operation, row) => (
          <path key={operation.id} className={ink.lane} d={`M${tenth(left)} ${figure.y(row)}H${width}`} />
        ))}
        <Gap figure={figure} />
        {rows.map((operation, row) => (
          <Row key={operation.id} figure={figure} operation={operation} row={row} onSelect={onSelectOperation} />
        ))}
      </svg>
    </div>
  );
}

/** At most six, the closing operation and the one that binds it always among them. */
function rowsOf({ operations, binding, closing }: Proof): readonly Operation[] {
  if (operations.length <= ROWS_MAX) return operations;
  const kept = new Set(
    [binding, closing, ...operations.toReversed()].filter((one) => one !== undefined).slice(0, ROWS_MAX),
  );
  return operations.filter((operation) => kept.has(operation));
}

interface Figure {
  readonly run: Run;
  readonly focus: Focus;
  readonly proof: Proof;
  readonly rows: readonly Operation[];
  readonly ages: Ages;
  readonly id: string;
  readonly left: number;
  readonly width: number;
  x(us: number): number;
  y(row: number): number;
}

/** Where the bar of an operation stands, and the version on it. */
function barOf({ run, focus, ages, x }: Figure, operation: Operation): Pick<BarProps, 'from' | 'until' | 'chip'> {
  const version = run.input.model.versionOf(operation, focus);
  const at = operation.f === 'read' ? 'end' : 'start';
  return {
    from: x(operation.invokedAt),
    until: x(endOf(run, operation)),
    chip: version === undefined ? undefined : { text: version.label, age: lookOf(ages, version), at },
  };
}

function Row({
  figure,
  operation,
  row,
  onSelect,
}: {
  figure: Figure;
  operation: Operation;
  row: number;
  onSelect?(operation: number): void;
}) {
  const y = figure.y(row);
  const { from, until, chip } = barOf(figure, operation);
  const label = `Show ${operationName(figure.run, operation)} of ${operation.client}`;
  return (
    <g className={onSelect && styles.pressable} {...pressable(label, onSelect && (() => onSelect(operation.id)))}>
      <rect className={styles.row} y={y - PITCH / 2} width={figure.width} height={PITCH} />
      <text className={ink.laneWord} x="0" y={y + 4}>
        {operation.client}
        <tspan dx="6">{operationName(figure.run, operation)}</tspan>
      </text>
      <OperationBar
        from={from}
        until={until}
        y={y}
        height={BAR}
        names={[]}
        chip={chip}
        unknown={operation.outcome === 'info'}
        dim={false}
        witness={false}
        left={figure.left}
        id={figure.id}
      />
      {operation === figure.proof.closing && (
        <g transform={`translate(${tenth(barEnd({ from, until, chip }) + 5)} ${y - 8})`}>
          <VerdictShape status="violated" />
        </g>
      )}
    </g>
  );
}

/** The boundary that one operation set, and how long after it the other began. */
function Gap({ figure }: { figure: Figure }) {
  const { proof, rows } = figure;
  const { binding, closing, version, gapUs, atUs } = proof;
  if (binding === undefined || gapUs === undefined || atUs === undefined) return null;
  const [from, to] = [rows.indexOf(binding), rows.indexOf(closing)];
  const [x0, x1] = [tenth(figure.x(atUs)), tenth(figure.x(closing.invokedAt))];
  const bottom = figure.y(rows.length - 1) + BAR / 2 + 15;
  const gap = `${gapUs < 10_000 ? formatMsShort(gapUs) : formatCount(Math.round(gapUs / 1000))} ms`;
  // A version that stands out of a short bar would lie over the words.
  const start = Math.max(x0, barEnd(barOf(figure, binding))) + 5;
  const fits = x1 - start > gap.length * 6 + 1;
  const demand = version === undefined ? undefined : `${version.label} or newer`;
  const demandFits = demand !== undefined && x0 + 5 + demand.length * 6.2 < figure.width;
  return (
    <g>
      <path className={ink.proof} d={`M${x0} ${figure.y(from) - BAR / 2 - 3}V${bottom}`} />
      <path className={ink.witness} d={`M${x0} ${figure.y(from)}H${x1}V${figure.y(to) - BAR / 2}`} />
      <text
        className={`${ink.proofWord} ${ink.cased}`}
        x={fits ? tenth(start) : x0 - 5}
        y={fits ? figure.y(from) - 5 : figure.y(from) + BAR / 2 + 8}
        textAnchor={fits ? 'start' : 'end'}
      >
        {gap}
      </text>
      {demand !== undefined && (
        <text
          className={ink.proofWord}
          x={demandFits ? x0 + 5 : x0 - 5}
          y={bottom}
          textAnchor={demandFits ? 'start' : 'end'}
        >
          {demand}
        </text>
      )}
    </g>
  );
}
