import type { Figures } from './pages.ts';

interface Target {
  readonly figure: RegExp;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What the figures must reach. */
const targets: readonly Target[] = [
  { figure: /^guide\.\w+\.(performance|accessibility|best-practices|seo)$/, atLeast: 95 },
  { figure: /^guide\.\w+\.largestContentfulPaintMs$/, atMost: 1200 },
  { figure: /^guide\.scriptKilobytes$/, atMost: 150 },
  { figure: /^lab\.usableMs$/, atMost: 2000 },
  { figure: /^lab\.(playing|crowd)\.scriptMsPerFrame$/, atMost: 8 },
  { figure: /^lab\.(playing|sweeping)\.frameMs\.p50$/, atMost: 17 },
  { figure: /^lab\.long\.seekMs\.p95$/, atMost: 16 },
];

/** A line for each figure, with its target and whether it is met. */
export function report(figures: Figures): readonly string[] {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return Object.entries(figures).map(([name, value]) => {
    const line = `${name.padEnd(width)}  ${(Number.isInteger(value) ? String(value) : value.toFixed(2)).padStart(9)}`;
    const target = targets.find(({ figure }) => figure.test(name));
    if (target === undefined) return line;
    const met = value >= (target.atLeast ?? -Infinity) && value <= (target.atMost ?? Infinity);
    const bound = target.atLeast === undefined ? `at most ${target.atMost}` : `at least ${target.atLeast}`;
    return `${line}  target ${bound}: ${met ? 'met' : 'missed'}`;
  });
}
