/**
 * The seam: the irregular line along which a drawing is torn. One profile, two edges: the second edge is the first,
 * displaced by the throw across it and slipped along it. A seam means that nothing passes: a network cut, or a claim torn
 * from its conclusion. It is never an ornament.
 */

/** A point in the seam's own frame: `along` runs from 0 to the length, `across` is the offset from the straight line. */
export interface SeamPoint {
  readonly along: number;
  readonly across: number;
}

/** What to tear. All lengths in px. */
export interface SeamOptions {
  /** Length of the seam; more than 0. */
  readonly length: number;
  /** Displacement of the dropped edge across the seam. In a lane diagram: half the pitch of the lanes. */
  readonly throwPx: number;
  /** Displacement of the dropped edge along the seam. Default 7. */
  readonly slipPx?: number;
  /** Which profile: the same seed always gives the same profile. An integer. */
  readonly seed: number;
  /** Shortest step of the walk. Default 4. */
  readonly stepMin?: number;
  /** Longest step of the walk. Default 13. */
  readonly stepMax?: number;
  /** Largest offset of the profile from the straight line. Default: a fifth of the throw. */
  readonly amplitude?: number;
}

/** The two edges of a seam, each in the order of `along`. */
export interface Seam {
  readonly standing: readonly SeamPoint[];
  readonly dropped: readonly SeamPoint[];
}

/**
 * Draws a profile and displaces it. The profile walks in steps of `stepMin` to `stepMax`; its offset is a damped drift plus
 * a tooth that changes side at every step, clamped to the amplitude. Coordinates are rounded to a tenth of a pixel, so
 * that the server and the browser write the same path.
 */
export function seamPath(options: SeamOptions): Seam {
  const { length, throwPx, slipPx = 7, seed, stepMin = 4, stepMax = 13 } = options;
  const amplitude = options.amplitude ?? throwPx / 5;
  const draw = randomOf(seed);
  const standing: SeamPoint[] = [];
  let drift = 0;
  let side = draw() < 0.5 ? -1 : 1;
  for (let along = 0; along < length; along += stepMin + draw() * (stepMax - stepMin)) {
    drift = drift * 0.86 + (draw() - 0.5) * amplitude * 0.7;
    const tooth = side * (0.25 + draw() * 0.45) * amplitude;
    side = -side;
    standing.push(point(along, clamp(drift + tooth, amplitude)));
  }
  standing.push(point(length, clamp(drift, amplitude)));
  const dropped = standing.map(({ along, across }) => point(along + slipPx, across + throwPx));
  return { standing, dropped };
}

/** Path data of an edge that runs left to right: `along` is x, `across` is y, from the origin given. */
export function horizontalPath(points: readonly SeamPoint[], x = 0, y = 0): string {
  return polyline(points.map(({ along, across }) => [x + along, y + across]));
}

/** Path data of an edge that runs top to bottom: `along` is y, `across` is x, from the origin given. */
export function verticalPath(points: readonly SeamPoint[], x = 0, y = 0): string {
  return polyline(points.map(({ along, across }) => [x + across, y + along]));
}

function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}

function point(along: number, across: number): SeamPoint {
  return { along: tenth(along), across: tenth(across) };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function clamp(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}

/** Mulberry32: 32-bit integer steps only, so every browser and Node draw the same numbers in [0, 1). */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
