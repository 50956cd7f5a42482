/** A speed: simulated microseconds for each real one. */
export interface Speed {
  readonly rate: number;
  readonly label: string;
  /** Spoken form. */
  readonly spoken: string;
}

const slow = (factor: number): Speed => ({
  rate: 1 / factor,
  label: `${factor}× slow`,
  spoken: `one simulated millisecond takes ${factor} real ones`,
});
const fast = (factor: number): Speed => ({
  rate: factor,
  label: `${factor < 10_000 ? factor.toLocaleString('en-US') : `${factor / 1000}k`}× fast`,
  spoken: `one real second shows ${factor.toLocaleString('en-US')} simulated ones`,
});

/** All speeds, slowest first. */
export const speeds: readonly Speed[] = [
  slow(1000),
  slow(400),
  slow(100),
  slow(40),
  slow(10),
  { rate: 1, label: 'real time', spoken: 'simulated time passes as real time does' },
  fast(10),
  fast(100),
  fast(1000),
  fast(10_000),
];

/** How long a whole run should take on screen at the speed that it opens with, in seconds. */
const COMFORTABLE_S = 90;

/** The speed that plays a run of this length nearest to {@link COMFORTABLE_S}. */
export function speedFor(durationUs: number): Speed {
  const strain = (speed: Speed) => Math.abs(Math.log(durationUs / 1e6 / speed.rate / COMFORTABLE_S));
  return speeds.reduce((best, speed) => (strain(speed) < strain(best) ? speed : best));
}
