import { memo } from 'react';
import {
  boundaryWords,
  firstAt,
  flightOf,
  formatMsShort,
  glyphPath,
  runIndex,
  tenth,
} from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { stepPoint } from '../layout/hit.ts';
import ink from './ink.module.css';
import styles from './space-time.module.css';

/** The selected step, as a pin in the accent with the glyph of what it sent. Whole where a window begins or ends at it. */
export const SelectionLayer = memo(function SelectionLayer({ frame }: { frame: Frame }) {
  const step = frame.cone?.step ?? -1;
  const at = step < 0 ? undefined : stepPoint(frame, step);
  if (at === undefined || at[0] < frame.left - 0.5 || at[0] > frame.right + 0.5) return null;
  const mark = markOf(frame, step);
  return (
    <g>
      <circle className={styles.pin} cx={tenth(at[0])} cy={tenth(at[1])} r="9" />
      <path
        className={`${styles.pinGlyph} ${mark?.solid === false ? styles.pinHollow : ''}`}
        d={glyphPath(mark?.glyph ?? 'circle', at, mark === undefined ? 1.6 : 3.6)}
      />
    </g>
  );
});

/** The mark of the first message that left a step's host at the same instant: what the step set off there is one event to the eye. */
function markOf({ run }: Frame, step: number) {
  const trace = run.timeline!.trace;
  const { flights, flightUsMax } = runIndex(run);
  const [atUs, host] = [trace.timeUs(step), trace.host(step)];
  for (let at = firstAt(flights, step); at < flights.length; at++) {
    if (trace.timeUs(flights[at]!) > atUs + flightUsMax) break;
    const flight = flightOf(trace, flights[at]!);
    if (flight?.sentUs === atUs && flight.from === host) return run.input.model.messages[flight.type];
  }
  return undefined;
}

/** The moment from which an answer was constrained; under the operations. */
export const ProofLayer = memo(function ProofLayer({ frame }: { frame: Frame }) {
  const { proof, axisY, lanes, size, left, right } = frame;
  if (proof?.atUs === undefined) return null;
  const x = tenth(frame.x(proof.atUs));
  if (x < left || x > right) return null;
  const top = lanes.lanes[0]!.y - lanes.bar / 2 - 5;
  const words = boundaryWords(proof);
  const long = `${formatMsShort(proof.atUs)} ms: ${words}, no later read may go back`;
  const text = size === 'lab' && x - left > long.length * 6 ? long : words;
  const before = x - left > text.length * 6;
  return (
    <g>
      <path className={ink.proof} d={`M${x} ${tenth(size === 'lab' ? top : axisY + 3)}V${tenth(lanes.bottom + 2)}`} />
      {size !== 'thumb' && (
        <text
          className={`${ink.proofWord} ${ink.cased}`}
          x={before ? x - 5 : x + 5}
          y={tenth(lanes.bottom + 4)}
          textAnchor={before ? 'end' : 'start'}
        >
          {text}
        </text>
      )}
    </g>
  );
});

/** Steps that a witness names without operations: a ring around each. */
export const EvidenceLayer = memo(function EvidenceLayer({ frame }: { frame: Frame }) {
  const { witness } = frame;
  if (witness === undefined || witness.operations.length > 0) return null;
  return witness.steps.map((step) => {
    const at = stepPoint(frame, step);
    return at && <circle key={step} className={styles.evidence} cx={tenth(at[0])} cy={tenth(at[1])} r="7.5" />;
  });
});
