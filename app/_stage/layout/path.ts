/**
 * Path data of charts in px, rounded to a tenth so that the server and the browser write the same. Charts stand on pages that load no
 * engine, so they do not import the engine's path.ts.
 */
export type Point = readonly [x: number, y: number];

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `M x y L x y …` */
export function line(points: readonly Point[]): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}
