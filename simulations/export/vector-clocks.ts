import type { Trace } from '../kernel/trace.ts';

/** A vector clock: by index of the host, how many of its events the owner knows of; 0: none. */
export type VectorClock = Int32Array;

/** Whether a step is an event of its host: messages that were lost and faults are not. */
export function isHostEvent(trace: Trace, step: number): boolean {
  const kind = trace.kind(step);
  return trace.host(step) >= 0 && kind !== 'lost' && kind !== 'fault.begin' && kind !== 'fault.end';
}

/**
 * The vector clocks of the host events of a range (Fidge 1988, Mattern 1989), by step. Each host counts from 1 at its first event of the
 * range; a receipt takes in what the sender knew at the send. What lies outside the range cannot carry causality between two events
 * inside it, because causes come earlier: the clocks of a range are exact for the range.
 */
export function vectorClocks(
  trace: Trace,
  hosts: number,
  { firstStep, endStep }: { readonly firstStep: number; readonly endStep: number },
): ReadonlyMap<number, VectorClock> {
  const now: VectorClock[] = Array.from({ length: hosts }, () => new Int32Array(hosts));
  const clocks = new Map<number, VectorClock>();
  for (let step = firstStep; step < endStep; step++) {
    if (!isHostEvent(trace, step)) continue;
    const host = trace.host(step);
    const clock = now[host]!;
    const sent = trace.kind(step) === 'deliver' ? clocks.get(trace.cause(step)) : undefined;
    if (sent !== undefined) for (let at = 0; at < hosts; at++) clock[at] = Math.max(clock[at]!, sent[at]!);
    clock[host]!++;
    clocks.set(step, clock.slice());
  }
  return clocks;
}
