'use client';

import { useRef } from 'react';
import type { Panel } from '../../../../simulations/index.ts';
import { LogMatrix } from '../../../_stage/marks/log-matrix.tsx';
import { Sheet } from '../../../_stage/marks/sheet.tsx';
import { useWidth } from '../../../_stage/marks/use-width.ts';
import styles from './stage-panel.module.css';

/** Before the pane is measured, as wide as the stage is on a laptop. */
const WIDTH_PX = 514;

/** What the disks hold at the moment, in the place of the nodes. */
export function StagePanel({ panel }: { readonly panel: Panel }) {
  const frame = useRef<HTMLElement>(null);
  const width = useWidth(frame, WIDTH_PX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section ref={frame} className={styles.panel} aria-label={panel.title} tabIndex={0}>
      {panel.kind === 'log-matrix' ? <LogMatrix matrix={panel} width={width - PADDING_PX} /> : <Sheet sheet={panel} />}
    </section>
  );
}

/** Left and right of the picture together; see the style sheet. */
const PADDING_PX = 32;

export interface StageSwitchProps {
  readonly panels: readonly Panel[];
  /** The panel in view, by its place; undefined: the nodes. */
  readonly shown: number | undefined;
  onShow(place: number | undefined): void;
}

/** Nodes, or one of the pictures of what they hold. Nothing where a model has no such picture. */
export function StageSwitch({ panels, shown, onShow }: StageSwitchProps) {
  if (panels.length === 0) return null;
  return (
    <span className={styles.switch}>
      {[undefined, ...panels.keys()].map((place) => (
        <button key={place ?? 'nodes'} type="button" aria-pressed={place === shown} onClick={() => onShow(place)}>
          {place === undefined ? 'Nodes' : panels[place]!.title}
        </button>
      ))}
    </span>
  );
}
