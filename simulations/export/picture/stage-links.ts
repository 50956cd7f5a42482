import { line, type Point, tenth } from './path.ts';
import { type RingLayout, STAGE } from './ring.ts';

/** A straight way between the rims of two hosts. */
export function wayBetween(from: Point, to: Point, gap: number = STAGE.node + 3): readonly [Point, Point] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const long = Math.hypot(dx, dy) || 1;
  const cut = Math.min(gap, long / 2.2) / long;
  return [
    [from[0] + dx * cut, from[1] + dy * cut],
    [to[0] - dx * cut, to[1] - dy * cut],
  ];
}

export function pointOn([from, to]: readonly [Point, Point], part: number): Point {
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

/** The ring with its scale: a long tick every fifteen, and the links between hosts that ever spoke to each other. */
export function basePaths(
  layout: RingLayout,
  links: ReadonlySet<number>,
): { readonly links: string; readonly ticks: string } {
  const hosts = layout.at.length;
  let paths = '';
  for (const link of links) {
    const [from, to] = [Math.floor(link / hosts), link % hosts];
    // One line for both directions.
    if (from > to && links.has(to * hosts + from)) continue;
    paths += line([layout.at[from]!, layout.at[to]!]);
  }
  let ticks = '';
  for (let tick = 0; tick < 60; tick++) {
    const angle = (tick / 60) * 2 * Math.PI;
    const [inner, outer] =
      tick % 5 === 0 ? [STAGE.radius - 5, STAGE.radius + 5] : [STAGE.radius - 2.5, STAGE.radius + 2.5];
    const [x, y] = STAGE.centre;
    ticks += line([
      [x + Math.cos(angle) * inner, y + Math.sin(angle) * inner],
      [x + Math.cos(angle) * outer, y + Math.sin(angle) * outer],
    ]);
  }
  return { links: paths, ticks };
}

/** The lines of the strata behind the picture, wide enough for any pane. */
export function strataLines(): { readonly fine: string; readonly bold: string } {
  let [fine, bold] = ['', ''];
  for (let at = 0; at < 18; at++) {
    const y = -62 + at * 24;
    const path = `M-620 ${tenth(y)}H1020`;
    if (at % 3 === 2) bold += path;
    else fine += path;
  }
  return { fine, bold };
}
