'use client';

import { useEffect, useId, useRef, useState } from 'react';
import type { Model } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { type ChartLight, Statechart } from '../../../_stage/marks/statechart.tsx';
import type { ChartLayout } from '../../../_stage/marks/statechart-layout.ts';
import styles from './chart-dialog.module.css';
import { descriptionOf, layoutOf } from './chart-reading.ts';
import { ChartText } from './chart-text.tsx';

export interface ChartDialogProps {
  readonly title: string;
  readonly chart: Model['charts'][string];
  readonly light: ChartLight;
  /** The picture in one sentence. */
  readonly label: string;
}

/** Around the picture: the dialog's own edges and head, and the list beside it on a wide screen, in px. */
const AROUND = { width: 120, height: 200, list: 380 };
const LIST_FROM = 1100;
const SCALE_MAX = 1.5;

/** A button that opens the whole chart, with every handler and every transition, as large as the window allows. */
export function ChartDialog({ title, chart, light, label }: ChartDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [scale, setScale] = useState<number>();
  const picture = useRef<HTMLElement>(null);
  const id = useId();
  const layout = scale === undefined ? undefined : layoutOf(chart, 'full');
  const open = () => {
    setScale(fitting(layoutOf(chart, 'full')));
    dialog.current?.showModal();
  };
  useEffect(() => {
    const frame = picture.current;
    const box = layout?.boxes.find(({ path, kind }) => path === light.active && kind !== 'begin');
    if (frame === null || box === undefined || scale === undefined) return;
    // Of a chart larger than the window, where the process is.
    frame.scrollTo({
      left: (box.x + box.width / 2) * scale - frame.clientWidth / 2,
      top: (box.y + box.height / 2) * scale - frame.clientHeight / 2,
    });
  }, [layout, light.active, scale]);
  return (
    <>
      <button type="button" onClick={open}>
        enlarge<span className="sr"> the chart</span>
      </button>
      <dialog
        ref={dialog}
        className={styles.dialog}
        aria-labelledby={`${id}-title`}
        onClose={() => setScale(undefined)}
      >
        <div className={styles.head}>
          <h2 id={`${id}-title`}>{title}</h2>
          <form method="dialog">
            <Button type="submit">Close</Button>
          </form>
        </div>
        {layout !== undefined && (
          <div className={styles.body}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
            <section ref={picture} className={styles.picture} aria-label="Chart" tabIndex={0}>
              <Statechart layout={layout} detail="full" light={light} label={label} id={id} scale={scale} />
            </section>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it. */}
            <section className={styles.text} aria-label="Chart as text" tabIndex={0}>
              <ChartText chart={descriptionOf(chart)} light={light} />
            </section>
          </div>
        )}
      </dialog>
    </>
  );
}

/** As large as fits the window. Never smaller than its own scale, at which its words can just be read: then it scrolls. */
function fitting({ width, height }: ChartLayout): number {
  const list = innerWidth >= LIST_FROM ? AROUND.list : 0;
  const across = (innerWidth - AROUND.width - list) / width;
  return Math.max(1, Math.min(SCALE_MAX, across, (innerHeight - AROUND.height) / height));
}
