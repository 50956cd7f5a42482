import type { CSSProperties } from 'react';
import type { Focus, Run, Witness } from '../../simulations/index.ts';
import { Callouts, type PlacedCallout } from './callouts.tsx';
import { describe } from './describe.ts';
import { keepDrawing } from './drawings.ts';
import { DrawnSvg } from './drawn-svg.tsx';
import { type PictureSize, staticFrame } from './frame.ts';
import { Picture } from './picture.tsx';
import styles from './static-space-time.module.css';
import { fitWindow, type Window } from './window.ts';

/** A few words at a point of the picture. */
export interface Callout extends PlacedCallout {
  /** Where: a moment in microseconds, or the moment of a step of the trace. */
  readonly atUs?: number;
  readonly step?: number;
}

export interface StaticSpaceTimeProps {
  /** A run with its history. */
  readonly run: Run;
  readonly focus: Focus;
  /** The window, in microseconds. A narrow picture shows a part of it. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly witness?: Witness;
  /** `hero` takes a page's width, `figure` a column's, `thumb` a table cell's. */
  readonly size: PictureSize;
  readonly callouts?: readonly Callout[];
  /** The picture's name, for whoever does not see it. */
  readonly label: string;
  /** Prefix of ids, unique on the page. */
  readonly id: string;
  /** The stretch that every width keeps in view. */
  readonly must?: Window;
  /** The window at a width of the field, where pictures side by side must agree. Default: what is legible for this run. */
  windowAt?(fieldPx: number): Window;
  /** Widths in px at which it is drawn, rising. The widest that fits is shown. Default by size. */
  readonly widths?: readonly DrawnWidth[];
}

/** The widths that the style sheet knows. */
export type DrawnWidth = 264 | 328 | 440 | 600 | 920 | 1248;

const WIDTHS: Readonly<Record<PictureSize, readonly DrawnWidth[]>> = {
  hero: [328, 600, 920, 1248],
  figure: [328, 600],
  thumb: [264, 328],
};

/** A window of a run, drawn on the server: no script runs in the page. It keeps its scale; a narrow screen sees less time. */
export function StaticSpaceTime(props: StaticSpaceTimeProps) {
  const { run, focus, fromUs, toUs, must, size, id } = props;
  const widths = props.widths ?? WIDTHS[size];
  const windowAt =
    props.windowAt ?? ((fieldPx: number) => fitWindow({ run, focus, wanted: { fromUs, toUs }, must, fieldPx }));
  const frames = widths.map((width) => staticFrame({ ...props, width, windowAt, id: `${id}-${width}` }));
  return (
    <div className={styles.box} style={{ '--drawn-height': `${frames[0]?.height}px` } as CSSProperties}>
      {frames.map((frame, at) => {
        const width = widths[at]!;
        const next = widths[at + 1];
        const name = `${styles.drawn} ${at === 0 ? '' : styles[`from${width}`]} ${next === undefined ? '' : styles[`below${next}`]}`;
        return (
          <DrawnSvg
            key={width}
            id={frame.id}
            className={name}
            viewBox={`0 0 ${width} ${frame.height}`}
            style={{ maxWidth: `${Math.round(width * SCALE_MAX)}px` }}
            role="img"
            aria-labelledby={`${frame.id}-t ${frame.id}-d`}
            drawing={keepDrawing(
              <>
                <title id={`${frame.id}-t`}>{props.label}</title>
                <desc id={`${frame.id}-d`}>{describe(frame, props.callouts ?? [])}</desc>
                <Picture frame={frame} />
                <Callouts frame={frame} callouts={props.callouts ?? []} />
              </>,
            )}
          />
        );
      })}
    </div>
  );
}

/** Between two widths the narrower picture grows by so much at most. */
const SCALE_MAX = 1.3;
