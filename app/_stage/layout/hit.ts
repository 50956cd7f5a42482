import { arrowOf, firstAt, flightOf, isBetweenLanes, laneY, messagesIn, runIndex } from '../../../simulations/index.ts';
import type { Frame } from './frame.ts';

/** How near to a step a pointer must come, and a finger, in px. */
export const REACH = { fine: 12, coarse: 22 };

/** Where a step is drawn: on its host's lane, or where its message was lost; undefined for steps without a place. */
export function stepPoint(frame: Frame, step: number): readonly [x: number, y: number] | undefined {
  const trace = frame.run.timeline?.trace;
  const host = trace?.host(step) ?? -1;
  if (trace === undefined || host < 0 || frame.lanes.positionOf[host]! < 0) return undefined;
  const lost = trace.kind(step) === 'lost' ? flightOf(trace, step) : undefined;
  if (lost !== undefined && !isBetweenLanes(frame.lanes, lost.from, lost.to)) return undefined;
  if (lost !== undefined) return arrowOf(lost, frame.lanes, frame.x).points.at(-1);
  const x = frame.x(trace.timeUs(step));
  return [x, laneY(frame.lanes, host, x, frame.x)];
}

/** The step nearest to a point, within a reach in px; undefined when there is none. Default: the reach of a pointer. */
export function nearestStep(frame: Frame, x: number, y: number, reach: number = REACH.fine): number | undefined {
  const trace = frame.run.timeline?.trace;
  if (trace === undefined) return undefined;
  const { stepsOf } = runIndex(frame.run);
  const least = trace.stepsUntil(frame.us(x - reach) - 1);
  const latestUs = frame.us(x + reach);
  let best: number | undefined;
  let bestDistance = reach;
  for (const host of frame.lanes.lanes.flatMap(({ hosts }) => hosts)) {
    if (Math.abs(laneY(frame.lanes, host, x, frame.x) - y) > reach + frame.lanes.pitch / 2) continue;
    const steps = stepsOf[host]!;
    for (let at = firstAt(steps, least); at < steps.length && trace.timeUs(steps[at]!) <= latestUs; at++) {
      const stepX = frame.x(trace.timeUs(steps[at]!));
      const distance = Math.hypot(stepX - x, laneY(frame.lanes, host, stepX, frame.x) - y);
      // Of several steps at one place the arrival of a message wins: what it set off on its host follows at once.
      const same = best !== undefined && Math.abs(distance - bestDistance) < 0.01;
      if (distance > bestDistance + 0.01 || (same && flightOf(trace, best!) !== undefined)) continue;
      best = steps[at];
      bestDistance = Math.min(distance, bestDistance);
    }
  }
  return best ?? nearestLoss(frame, x, y, reach);
}

function nearestLoss(frame: Frame, x: number, y: number, reach: number): number | undefined {
  const { flights } = messagesIn(frame.run, frame.us(x - reach), frame.us(x + reach));
  let best: number | undefined;
  let bestDistance = reach;
  for (const { step, lostTo } of flights) {
    const at = lostTo === undefined || lostTo === 'gone' ? undefined : stepPoint(frame, step);
    const distance = at === undefined ? Infinity : Math.hypot(at[0] - x, at[1] - y);
    if (distance > bestDistance) continue;
    best = step;
    bestDistance = distance;
  }
  return best;
}
