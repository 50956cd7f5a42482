import { memo } from 'react';
import { tenth } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { stepPoint } from '../layout/hit.ts';
import styles from './caption-layer.module.css';

/** A place of a run about which something is said. */
export interface CaptionMark {
  /** Counted from 1, in the order of time. */
  readonly number: number;
  /** The event that it is tied to; undefined: it is tied to a moment. */
  readonly step: number | undefined;
  /** In microseconds. */
  readonly atUs: number;
}

/** Height of a tab, in px. */
export const TAB_HEIGHT = 12;
/** The room that a tab leaves to the next of its row, in px. */
const GAP = 2;

/** A tab of a caption: its middle, its foot, its width. */
export interface CaptionTab {
  readonly mark: CaptionMark;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Where the tabs stand: over the event on its own lane, under the axis and its flag for a moment, side by side where they would overlap. */
export function captionTabs(frame: Frame, captions: readonly CaptionMark[]): readonly CaptionTab[] {
  const ends = new Map<number, number>();
  return captions
    .filter(({ atUs }) => atUs >= frame.fromUs && atUs <= frame.untilUs)
    .map((mark) => {
      const at = mark.step === undefined ? undefined : stepPoint(frame, mark.step);
      const y = at === undefined ? frame.axisY + TAB_HEIGHT + GAP : at[1] - frame.lanes.bar / 2 - 2;
      const width = 7 + 6 * String(mark.number).length;
      const row = Math.round(y);
      const free = (ends.get(row) ?? Number.NEGATIVE_INFINITY) + GAP + width / 2;
      const x = Math.max(at?.[0] ?? frame.x(mark.atUs), free);
      ends.set(row, x + width / 2);
      return { mark, x, y, width };
    });
}

export interface CaptionLayerProps {
  readonly frame: Frame;
  readonly captions: readonly CaptionMark[];
  /** The number of the caption in view. */
  readonly current: number | undefined;
}

/** The captions of a run where they belong, whichever event is selected: a numbered tab over the event, filled for the one in view. */
export const CaptionLayer = memo(function CaptionLayer({ frame, captions, current }: CaptionLayerProps) {
  return captionTabs(frame, captions).map(({ mark: { number }, x, y, width }) => (
    <g
      key={number}
      className={number === current ? styles.current : undefined}
      transform={`translate(${tenth(x)} ${tenth(y)})`}
      data-caption={number}
    >
      <path
        className={styles.tab}
        d={`M${-width / 2} ${-TAB_HEIGHT}h${width}v${TAB_HEIGHT - 3}L0 0L${-width / 2} -3z`}
      />
      <text className={styles.number} y="-3.6" textAnchor="middle">
        {number}
      </text>
    </g>
  ));
});

/** The captions in a window, in words: what the tabs say to the eye. */
export function captionWords(frame: Frame, captions: readonly CaptionMark[]): string {
  const inView = captions.filter(({ atUs }) => atUs >= frame.fromUs && atUs <= frame.untilUs);
  if (inView.length === 0) return '';
  const told = inView.map(({ number, step }) => (step === undefined ? `${number}` : `${number} at step ${step + 1}`));
  return ` Captions: ${told.join(', ')}.`;
}
