import { around, type Box, overlap } from './boxes.ts';
import { type Point, tenth } from './path.ts';
import { STAGE } from './ring.ts';
import { wordPx } from './strata-paths.ts';

/** Words beside a glyph on the stage. */
export interface StageWords {
  readonly key: string;
  readonly at: Point;
  readonly text: string;
  readonly anchor: 'start' | 'end';
}

/** A glyph that would like words beside it. `needed` words stand there in any case. */
export interface Labelled {
  readonly key: string;
  readonly at: Point;
  readonly text: string;
  readonly needed: boolean;
}

/** With more messages than this under way no word would find room, and none is looked for. */
const CROWD = 120;
const GLYPH = 7;
const LETTER = 10;

/** What words are placed among: glyphs, hosts, and what else is written. */
export interface WordGround {
  readonly glyphs: readonly Point[];
  readonly hosts: readonly Point[];
  readonly words?: readonly Box[];
}

/** Places words where they cover no host, no glyph and no other words; those without room are left out, unless they are needed. */
export function placeWords(
  labelled: readonly Labelled[],
  { glyphs, hosts, words = [] }: WordGround,
): readonly StageWords[] {
  const crowded = labelled.length > CROWD;
  const taken: Box[] = [
    ...glyphs.map((at) => around(at, GLYPH)),
    ...hosts.map((at) => around(at, STAGE.node)),
    ...words,
  ];
  const placed: StageWords[] = [];
  for (const { key, at, text, needed } of labelled) {
    if (crowded && !needed) continue;
    const width = wordPx(text);
    const places = candidates(at, width);
    const free = crowded
      ? undefined
      : places.find(({ box }) => isInside(box) && !taken.some((other) => overlap(box, other) > 0));
    const chosen = free ?? (needed ? places[0] : undefined);
    if (chosen === undefined) continue;
    taken.push(chosen.box);
    placed.push({ key, at: [tenth(chosen.x), tenth(chosen.y)], text, anchor: chosen.anchor });
  }
  return placed;
}

function candidates([x, y]: Point, width: number) {
  const right = (dy: number) => {
    const box = {
      left: x + GLYPH + 2,
      right: x + GLYPH + 2 + width,
      top: y + dy - LETTER / 2,
      bottom: y + dy + LETTER / 2,
    };
    return { x: x + 9, y: y + dy + 3.6, anchor: 'start' as const, box };
  };
  const left = (dy: number) => {
    const box = {
      left: x - GLYPH - 2 - width,
      right: x - GLYPH - 2,
      top: y + dy - LETTER / 2,
      bottom: y + dy + LETTER / 2,
    };
    return { x: x - 9, y: y + dy + 3.6, anchor: 'end' as const, box };
  };
  return [right(0), left(0), right(-9), left(-9), right(9), left(9)];
}

function isInside({ left, right, top, bottom }: Box): boolean {
  return left >= 2 && right <= STAGE.width - 2 && top >= 2 && bottom <= STAGE.height - 2;
}
