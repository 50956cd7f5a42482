import { laneY, tenth } from '../../simulations/index.ts';
import type { Frame } from '../_stage/layout/frame.ts';
import { CALLOUTS_FROM } from './frame.ts';
import styles from './static-space-time.module.css';

/** Words in the author's voice, and where they stand. */
export interface PlacedCallout {
  readonly atUs?: number;
  readonly step?: number;
  /** The host that it speaks of. */
  readonly lane: string;
  readonly text: string;
  /** `above` and `below` stand outside the lanes with a line to the point; `under` hangs below the lane, `after` stands on it, `seam` around its moment in the gap of the seam above it. Default `after`. */
  readonly place?: 'above' | 'below' | 'under' | 'after' | 'seam';
}

/** How far the words of `above` and `below` stand from their point. */
const LEAN = 14;

/** Call-outs of a picture. A narrow picture has no room for them: their words stand in its text form only. */
export function Callouts({ frame, callouts }: { frame: Frame; callouts: readonly PlacedCallout[] }) {
  if (frame.right < CALLOUTS_FROM) return null;
  return callouts.map((callout) => <Words key={callout.text} frame={frame} callout={callout} />);
}

function Words({ frame, callout }: { frame: Frame; callout: PlacedCallout }) {
  const us = callout.atUs ?? frame.run.timeline?.timeUs(callout.step ?? 0) ?? 0;
  const host = frame.lanes.lanes.find(({ id }) => id === callout.lane)?.host;
  const x = tenth(frame.x(us));
  if (host === undefined || x < frame.left || x > frame.right) return null;
  const y = tenth(laneY(frame.lanes, host, x, frame.x));
  const { bar, band, bottom } = frame.lanes;
  switch (callout.place ?? 'after') {
    case 'above':
      return (
        <>
          <path className={styles.lead} d={`M${x + LEAN} ${frame.axisY - 20}L${x} ${tenth(y - bar / 2 - 6)}`} />
          <text className={styles.callout} x={x + LEAN + 5} y={frame.axisY - 24}>
            {callout.text}
          </text>
        </>
      );
    case 'below':
      return (
        <>
          <path className={styles.lead} d={`M${x - LEAN} ${tenth(bottom + 4)}L${x} ${tenth(y + band / 2 + 2)}`} />
          <text className={styles.callout} x={x - LEAN - 5} y={tenth(bottom + 12)} textAnchor="end">
            {callout.text}
          </text>
        </>
      );
    case 'under':
      return (
        <text className={styles.callout} x={x + 8} y={tenth(y + band / 2 + 15)}>
          {callout.text}
        </text>
      );
    case 'seam':
      return (
        <text className={styles.inGap} x={x} y={tenth(y - frame.lanes.pitch / 2 - 6.5)} textAnchor="middle">
          {callout.text}
        </text>
      );
    case 'after':
      return (
        <text className={styles.callout} x={x + 26} y={tenth(y + 5)}>
          {callout.text}
        </text>
      );
  }
}
