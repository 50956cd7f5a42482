import { formatMs, tenth } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import styles from './space-time.module.css';

/** The moment in view: a line through the lanes, under the operations. */
export function PlayheadLine({ frame, nowUs }: { frame: Frame; nowUs: number }) {
  const x = tenth(frame.x(nowUs));
  if (x < frame.left || x > frame.right) return null;
  const d = `M${x} ${frame.axisY - 2}V${tenth(frame.lanes.bottom)}`;
  return (
    <g>
      <path className={styles.nowGlow} d={d} />
      <path className={styles.now} d={d} />
    </g>
  );
}

/** How far the flag may stand out over the end of the lanes, in px. */
const OVERHANG = 8;

/** Its time, on a flag above the axis. At the end of a run the flag keeps inside the pane, and its tip at the moment. */
export function PlayheadFlag({ frame, nowUs }: { frame: Frame; nowUs: number }) {
  const x = tenth(frame.x(nowUs));
  if (x < frame.left || x > frame.right) return null;
  const text = formatMs(nowUs);
  const half = Math.max(23, text.length * 3.3 + 6);
  const middle = Math.min(x, frame.right + OVERHANG - half);
  const top = frame.axisY - 20;
  return (
    <g>
      <path
        className={styles.flag}
        d={`M${middle - half} ${top}h${half * 2}v13L${x} ${top + 19}L${middle - half} ${top + 13}z`}
      />
      <text className={styles.flagWord} x={middle} y={top + 10.5}>
        {text}
      </text>
    </g>
  );
}
