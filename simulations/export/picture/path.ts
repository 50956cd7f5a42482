/** Path data in px, rounded to a tenth so that the server and the browser write the same. */
export type Point = readonly [x: number, y: number];

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `M x y L x y …` */
export function line(points: readonly Point[]): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}

/** The outline of a band of a height around a centre line. */
export function bandPath(centre: readonly Point[], height: number): string {
  const half = height / 2;
  const [first, second] = centre;
  // Nearly all are straight, and a long run has thousands.
  if (centre.length === 2 && first![1] === second![1]) {
    const [from, until] = [tenth(first![0]), tenth(second![0])];
    const [top, bottom] = [tenth(first![1] - half), tenth(first![1] + half)];
    return `M${from} ${top}L${until} ${top}L${until} ${bottom}L${from} ${bottom}Z`;
  }
  const above = centre.map(([x, y]): Point => [x, y - half]);
  const below = centre.map(([x, y]): Point => [x, y + half]).reverse();
  return `${line([...above, ...below])}Z`;
}

/** A cross of a size around a point. */
export function crossPath([x, y]: Point, half = 3.2): string {
  return `${line([
    [x - half, y - half],
    [x + half, y + half],
  ])}${line([
    [x + half, y - half],
    [x - half, y + half],
  ])}`;
}

/** A filled arrow head whose tip is at the end of a line. */
export function headPath([x0, y0]: Point, [x, y]: Point, length = 6.5, width = 5.4): string {
  const long = Math.hypot(x - x0, y - y0) || 1;
  const [ux, uy] = [(x - x0) / long, (y - y0) / long];
  const [bx, by] = [x - ux * length, y - uy * length];
  return `${line([
    [x, y],
    [bx - (uy * width) / 2, by + (ux * width) / 2],
    [bx + (uy * width) / 2, by - (ux * width) / 2],
  ])}Z`;
}

/** The outline of a message's glyph around a point. `radius` is the circle's; the others have its weight to the eye. */
export function glyphPath(glyph: 'circle' | 'square' | 'diamond' | 'triangle', [x, y]: Point, radius = 3.4): string {
  switch (glyph) {
    case 'circle':
      return `M${tenth(x - radius)} ${tenth(y)}a${radius} ${radius} 0 1 1 ${radius * 2} 0a${radius} ${radius} 0 1 1 ${-radius * 2} 0Z`;
    case 'square': {
      const half = radius * 0.9;
      return `M${tenth(x - half)} ${tenth(y - half)}h${tenth(half * 2)}v${tenth(half * 2)}h${tenth(-half * 2)}Z`;
    }
    case 'diamond': {
      const half = radius * 1.28;
      return `M${tenth(x)} ${tenth(y - half)}l${tenth(half)} ${tenth(half)}l${tenth(-half)} ${tenth(half)}l${tenth(-half)} ${tenth(-half)}Z`;
    }
    case 'triangle': {
      const half = radius * 1.19;
      return `M${tenth(x)} ${tenth(y - radius * 1.25)}L${tenth(x + half)} ${tenth(y + radius * 0.9)}H${tenth(x - half)}Z`;
    }
  }
}
