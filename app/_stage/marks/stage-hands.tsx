'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { crossPath, line, type Point, STAGE } from '../../../simulations/index.ts';
import { type CutGround, cutLine, nearestLink } from '../layout/cut-line.ts';
import ink from './ink.module.css';
import styles from './stage.module.css';
import { listenToHands } from './stage-gestures.ts';

/** A point of the window, in CSS px. */
export interface ClientPoint {
  readonly x: number;
  readonly y: number;
}

/** What a menu of the stage is about. Of a link, `from` is the host nearer to the pointer. */
export type HandTarget =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'link'; readonly from: string; readonly to: string };

/** A cut drawn by hand; `oneWay`: only messages from the first side, the one to the left of the stroke, are lost. */
export interface HandCut {
  readonly sides: readonly [readonly string[], readonly string[]];
  readonly oneWay: boolean;
}

/** What hands ask for. */
export interface HandActs {
  onCut(cut: HandCut, at: ClientPoint): void;
  onMenu(target: HandTarget, at: ClientPoint): void;
}

export interface StageHandsProps extends CutGround {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly acts: HandActs;
}

/** A stroke under way, in the coordinates of the picture. */
export interface Stroke {
  readonly from: Point;
  readonly to: Point;
  readonly oneWay: boolean;
}

/** Pointers and keys on the stage: a drag from empty ground draws a cut; right button, long press and keys open menus. Draws the stroke. */
export function StageHands({ svg, acts, hosts, links, place }: StageHandsProps) {
  const [stroke, setStroke] = useState<Stroke | undefined>();
  const latest = useRef({ acts, hosts, links, place });
  useEffect(() => {
    latest.current = { acts, hosts, links, place };
  });
  useEffect(() => {
    if (svg.current === null) return;
    return listenToHands(svg.current, {
      onStroke: setStroke,
      onRelease: ({ from, to, oneWay }, at) => {
        const cut = cutLine(latest.current, from, to);
        if (cut !== undefined) latest.current.acts.onCut({ sides: cut.sides, oneWay }, at);
      },
      linkAt: (point) => nearestLink(latest.current, point),
      onMenu: (target, at) => latest.current.acts.onMenu(target, at),
    });
  }, [svg]);
  return stroke === undefined ? null : <StrokeMark ground={{ hosts, links, place }} stroke={stroke} />;
}

/** The stroke, the links that it would cut, and the sides that would result. */
function StrokeMark({ ground, stroke }: { readonly ground: CutGround; readonly stroke: Stroke }) {
  const { from, to, oneWay } = stroke;
  const cut = cutLine(ground, from, to);
  const links = cut?.cut.map(([a, b]) => [ground.place(a), ground.place(b)] as const) ?? [];
  const words = cut?.sides.map((side) => side.join(' ')).join(oneWay ? ' > ' : ' | ') ?? 'crosses no link';
  const right = to[0] > STAGE.width / 2;
  return (
    <g data-testid="stroke">
      <path className={styles.crossed} d={links.map((ends) => line(betweenRims(ends))).join('')} />
      <path className={styles.strokeCase} d={line([from, to])} />
      <path className={styles.stroke} d={line([from, to])} />
      <path className={ink.cross} d={links.map((ends) => crossPath(meeting(from, to, ends), 3.8)).join('')} />
      <text
        className={`${styles.strokeWords} ${ink.cased}`}
        x={to[0] + (right ? -10 : 10)}
        y={Math.max(14, Math.min(STAGE.height - 6, to[1] - 8))}
        textAnchor={right ? 'end' : 'start'}
      >
        {words}
      </text>
    </g>
  );
}

/** A link without what its hosts cover. */
function betweenRims([a, b]: readonly [Point, Point]): readonly [Point, Point] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const part = Math.min(0.45, (STAGE.node + 3) / (Math.hypot(dx, dy) || 1));
  return [
    [a[0] + dx * part, a[1] + dy * part],
    [b[0] - dx * part, b[1] - dy * part],
  ];
}

/** Where a link meets the line of the stroke. */
function meeting(from: Point, to: Point, [a, b]: readonly [Point, Point]): Point {
  const distance = ([x, y]: Point) => (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
  const [start, end] = [distance(a), distance(b)];
  const part = start === end ? 0.5 : start / (start - end);
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}
