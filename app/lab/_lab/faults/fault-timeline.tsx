'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { type Fault, faultTitle, type Run } from '../../../../simulations/index.ts';
import { useCalm, useLab } from '../state/context.tsx';
import { formatTime, formatTimeUnit, type TimeUnit, unitOf } from '../state/format.ts';
import { type FaultEdge, type FaultExtent, movedExtent, movedFault } from './fault-moves.ts';
import styles from './fault-timeline.module.css';
import { extentOf } from './script.ts';

export interface FaultTimelineProps {
  readonly faults: readonly Fault[];
  readonly run: Run;
  onChange(fault: Fault): void;
  onEdit(fault: Fault): void;
  onRemove(fault: Fault): void;
}

/** The fault script over the whole run, one row a fault. Edges are dragged, or moved with arrow keys; the delete key takes a fault away. */
export function FaultTimeline(props: FaultTimelineProps) {
  const { faults, run } = props;
  const endUs = run.simulatedUs;
  const unit = unitOf(endUs);
  const timeUs = useCalm((state) => state.timeUs);
  const window = useLab((state) => state.window);
  const part = (us: number) => `${((us / endUs) * 100).toFixed(3)}%`;
  return (
    <div className={styles.timeline}>
      <div className={`data ${styles.axis}`} aria-hidden="true">
        <span
          className={styles.window}
          style={{ left: part(window.fromUs), width: part(window.toUs - window.fromUs) }}
        />
        <span>0</span>
        <span>{formatTime(endUs / 2, unit)}</span>
        <span>{formatTimeUnit(endUs, unit)}</span>
        <span className={styles.now} style={{ left: part(timeUs) }} />
      </div>
      <ul data-testid="fault-timeline">
        {faults.map((fault) => (
          <Row key={fault.id} {...props} fault={fault} unit={unit} now={part(timeUs)} />
        ))}
        {faults.length === 0 && <li className={styles.none}>None to move.</li>}
      </ul>
    </div>
  );
}

interface RowProps extends FaultTimelineProps {
  readonly fault: Fault;
  readonly unit: TimeUnit;
  /** Where the moment in view is, as a share of the track. */
  readonly now: string;
}

/** An edge that is being dragged. */
interface Drag {
  readonly edge: FaultEdge;
  readonly startX: number;
  readonly usPerPx: number;
  readonly byUs: number;
}

function Row({ fault, run, unit, now, onChange, onEdit, onRemove }: RowProps) {
  const [drag, setDrag] = useState<Drag | undefined>();
  const track = useRef<HTMLDivElement>(null);
  const endUs = run.simulatedUs;
  const extent = extentOf(run, fault);
  const dragged = extent === undefined || drag === undefined ? fault : movedFault(fault, extent, { ...drag, endUs });
  const shown = extent === undefined || drag === undefined ? extent : movedExtent(dragged, fault, extent, endUs);
  const begin = (edge: FaultEdge) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ edge, startX: event.clientX, usPerPx: endUs / (track.current?.clientWidth || 1), byUs: 0 });
  };
  const follow = (event: PointerEvent) => {
    if (drag === undefined) return;
    // Whole milliseconds: a hand is no more exact, and the arrow keys take it from there.
    const byUs = Math.round(((event.clientX - drag.startX) * drag.usPerPx) / 1000) * 1000;
    setDrag({ ...drag, byUs });
  };
  const drop = () => {
    if (drag !== undefined && drag.byUs !== 0) onChange(dragged);
    setDrag(undefined);
  };
  const handlers = (edge: FaultEdge) => ({
    onPointerDown: begin(edge),
    onPointerMove: follow,
    onPointerUp: drop,
    onPointerCancel: () => setDrag(undefined),
  });
  const nudge = (edge: FaultEdge, byUs: number) =>
    extent !== undefined && onChange(movedFault(fault, extent, { edge, byUs, endUs }));
  const share = (us: number) => (us / endUs) * 100;
  return (
    <li className={styles.row} data-fault={fault.id}>
      <button type="button" className={styles.title} onClick={() => onEdit(fault)} title={`${fault.id}: edit`}>
        {faultTitle(fault)}
      </button>
      <span className={`data ${styles.times}`}>
        {shown === undefined ? 'never began' : timesOf(fault, shown, unit)}
      </span>
      <div ref={track} className={styles.track}>
        <span className={styles.now} style={{ left: now }} />
        {shown !== undefined && (
          <>
            <span
              className={styles.bar}
              style={{ left: `${share(shown.fromUs)}%`, width: `${share(shown.toUs - shown.fromUs)}%` }}
              data-waits={'predicate' in fault.when || undefined}
              {...handlers('whole')}
            />
            {(['start', 'end'] as const).map((edge) => (
              <Handle
                key={edge}
                edge={edge}
                fault={fault}
                extent={shown}
                endUs={endUs}
                unit={unit}
                handlers={handlers(edge)}
                onNudge={(byUs) => nudge(edge, byUs)}
                onRemove={() => onRemove(fault)}
              />
            ))}
          </>
        )}
      </div>
    </li>
  );
}

function timesOf({ when }: Fault, { fromUs, toUs }: FaultExtent, unit: TimeUnit): string {
  const times = `${formatTime(fromUs, unit)}–${formatTime(toUs, unit)}`;
  return 'predicate' in when ? `${when.predicate}, ${times}` : times;
}

interface HandleProps {
  readonly edge: 'start' | 'end';
  readonly fault: Fault;
  readonly extent: FaultExtent;
  readonly endUs: number;
  readonly unit: TimeUnit;
  readonly handlers: object;
  onNudge(byUs: number): void;
  onRemove(): void;
}

/** An edge of a fault as a slider in milliseconds. */
function Handle({ edge, fault, extent, endUs, unit, handlers, onNudge, onRemove }: HandleProps) {
  const us = edge === 'start' ? extent.fromUs : extent.toUs;
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const byUs = nudgeOf(event, endUs);
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else if (byUs !== undefined) onNudge(byUs);
    else return;
    event.preventDefault();
    // The lab's own arrows step through time.
    event.stopPropagation();
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      className={`${styles.handle} ${edge === 'start' ? styles.startHandle : styles.endHandle}`}
      style={{ left: `${(us / endUs) * 100}%` }}
      aria-label={`${fault.id} ${edge === 'start' ? 'begins' : 'ends'}`}
      aria-valuemin={0}
      aria-valuemax={endUs / 1000}
      aria-valuenow={us / 1000}
      aria-valuetext={formatTimeUnit(us, unit)}
      data-edge={edge}
      onKeyDown={press}
      {...handlers}
    />
  );
}

/** Arrows move by 1 ms, with shift by 10 ms; the page keys by a hundredth of the run. In microseconds. */
function nudgeOf({ key, shiftKey }: KeyboardEvent, endUs: number): number | undefined {
  const step = shiftKey ? 10_000 : 1000;
  const page = Math.max(1000, Math.round(endUs / 100_000) * 1000);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -step;
    case 'ArrowRight':
    case 'ArrowUp':
      return step;
    case 'PageDown':
      return -page;
    case 'PageUp':
      return page;
    default:
      return undefined;
  }
}
