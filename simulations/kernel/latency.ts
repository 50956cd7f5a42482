import { exactExp, exactLog } from './exact-math.ts';
import { invariant, unreachable } from './invariant.ts';

/** How long something takes, in microseconds. Every kind is drawn from two uniform numbers and rounded at once. */
export type Latency =
  | { readonly kind: 'constant'; readonly us: number }
  /** Both ends included. */
  | { readonly kind: 'uniform'; readonly minUs: number; readonly maxUs: number }
  | { readonly kind: 'exponential'; readonly meanUs: number }
  /** P(X > x) = (scaleUs / x)^shape for x >= scaleUs. */
  | { readonly kind: 'pareto'; readonly scaleUs: number; readonly shape: number }
  /** exp(ln(medianUs) + sigma Z), Z standard normal. */
  | { readonly kind: 'logNormal'; readonly medianUs: number; readonly sigma: number }
  /** One of the parts, with probability proportional to its weight. */
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly latency: Latency }[] }
  /** Linear between quantiles (p from 0 to 1, rising, both ends given), as measured in production. */
  | { readonly kind: 'empirical'; readonly quantiles: readonly (readonly [p: number, us: number])[] };

/** Takes two independent uniform numbers in [0, 1) and gives whole microseconds. */
export type Sampler = (choice: number, position: number) => number;

/** No draw is longer than an hour: a Pareto tail without a mean would otherwise outlive the run. */
export const LATENCY_US_MAX = 3_600_000_000;

/** Compiles a latency to a sampler. Parameters are checked by the scenario schema; a wrong one here is our own bug. */
export function compileLatency(latency: Latency): Sampler {
  const draw = compileExact(latency);
  return (choice, position) => {
    const us = Math.round(draw(choice, position));
    return Math.max(0, Math.min(us, LATENCY_US_MAX));
  };
}

/** Whether a latency's sampler reads its first number at all: drawing one costs more than the rest. */
export function usesChoice(latency: Latency): boolean {
  return latency.kind === 'mixture';
}

function compileExact(latency: Latency): (choice: number, position: number) => number {
  switch (latency.kind) {
    case 'constant':
      return () => latency.us;
    case 'uniform': {
      const span = latency.maxUs - latency.minUs + 1;
      invariant(span >= 1, 'uniform latency with max below min', { ...latency });
      return (_choice, position) => latency.minUs + Math.floor(position * span);
    }
    case 'exponential':
      return (_choice, position) => -latency.meanUs * exactLog(1 - position);
    case 'pareto': {
      const exponent = -1 / latency.shape;
      return (_choice, position) => latency.scaleUs * exactExp(exponent * exactLog(1 - position));
    }
    case 'logNormal':
      return (_choice, position) => latency.medianUs * exactExp(latency.sigma * normalQuantile(position));
    case 'mixture':
      return compileMixture(latency.parts);
    case 'empirical':
      return compileEmpirical(latency.quantiles);
    default:
      return unreachable(latency);
  }
}

function compileMixture(parts: readonly { weight: number; latency: Latency }[]) {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  invariant(total > 0, 'mixture without weight');
  const samplers = parts.map((part) => compileExact(part.latency));
  const shares = parts.map((part) => part.weight / total);
  return (choice: number, position: number) => {
    let rest = choice;
    let part = 0;
    while (part < shares.length - 1 && rest >= shares[part]!) {
      rest -= shares[part]!;
      part++;
    }
    // What is left of the choice is uniform within the part, so that a nested mixture needs no further draw.
    const within = shares[part]! > 0 ? Math.min(rest / shares[part]!, 1 - Number.EPSILON) : 0;
    return samplers[part]!(within, position);
  };
}

function compileEmpirical(quantiles: readonly (readonly [number, number])[]) {
  invariant(quantiles.length >= 2, 'an empirical latency needs at least two quantiles');
  return (_choice: number, position: number) => {
    let upper = 1;
    while (upper < quantiles.length - 1 && quantiles[upper]![0] <= position) upper++;
    const [fromP, fromUs] = quantiles[upper - 1]!;
    const [toP, toUs] = quantiles[upper]!;
    const share = toP > fromP ? Math.min(1, Math.max(0, (position - fromP) / (toP - fromP))) : 1;
    return fromUs + share * (toUs - fromUs);
  };
}

/**
 * The standard normal quantile by Acklam's rational approximation (relative error below 1.2e-9, far under the
 * microsecond that is kept). Only additions, products, a root and our own logarithm, so that it is exact everywhere.
 */
export function normalQuantile(p: number): number {
  const clamped = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  if (clamped > 0.97575) return -lowerTail(1 - clamped);
  if (clamped < 0.02425) return lowerTail(clamped);
  const q = clamped - 0.5;
  const r = q * q;
  const numerator =
    ((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r -
      3.066479806614716e1) *
      r +
    2.506628277459239;
  const denominator =
    ((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r -
      1.328068155288572e1) *
      r +
    1;
  return (numerator * q) / denominator;
}

function lowerTail(p: number): number {
  const q = Math.sqrt(-2 * exactLog(p));
  const numerator =
    ((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const denominator =
    (((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
  return numerator / denominator;
}
