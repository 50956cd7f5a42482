import type { DiskPin, MessagePin, Schedule, TimerPin } from '../../kernel/schedule.ts';
import type { Candidate } from './candidate.ts';
import { ddmin } from './ddmin.ts';
import { niceAround, niceBetween, nicest } from './nice.ts';
import { pinned, type Recorded } from './recorded.ts';
import type { Search, Trial } from './search.ts';

/** Writes the luck of the run out: whatever chance decided is decided by the schedule, so that leaving something out moves nothing else. */
export function* withoutChance(search: Search): Trial<void> {
  search.stage = 'writing out chance';
  const recorded = search.recorded();
  const schedule: Schedule = {
    messageUs: usual(recorded.messages),
    diskUs: usual(recorded.disks),
    ...pinned(recorded),
  };
  yield* search.keeps({ ...search.best, schedule });
}

/** The median of delays, as a round number; 0 when there are none. */
export function usual(choices: Recorded['messages'] | Recorded['disks']): number {
  const delays = choices.flatMap(({ delayUs }) => (delayUs === undefined ? [] : [delayUs])).sort((a, b) => a - b);
  return nicest(delays[Math.floor(delays.length / 2)] ?? 0);
}

type Pin =
  | { readonly kind: 'messages'; readonly pin: MessagePin }
  | { readonly kind: 'disks'; readonly pin: DiskPin }
  | { readonly kind: 'timers'; readonly pin: TimerPin };

function pinsOf({ messages = [], disks = [], timers = [] }: Schedule): readonly Pin[] {
  return [
    ...messages.map((pin) => ({ kind: 'messages', pin }) as const),
    ...disks.map((pin) => ({ kind: 'disks', pin }) as const),
    ...timers.map((pin) => ({ kind: 'timers', pin }) as const),
  ];
}

function withPins(candidate: Candidate, pins: readonly Pin[]): Candidate {
  const { messageUs, diskUs } = candidate.schedule!;
  const [messages, disks, timers] = (['messages', 'disks', 'timers'] as const).map((kind) =>
    pins.flatMap((one) => (one.kind === kind ? [one.pin] : [])),
  );
  return { ...candidate, schedule: { messageUs, diskUs, messages, disks, timers } as Schedule };
}

/** Lets messages, disk writes and timers take the usual time, all but those on which the violation depends. */
export function* fewerPins(search: Search): Trial<void> {
  search.stage = 'simpler latencies';
  const { best } = search;
  if (best.schedule === undefined) return;
  yield* ddmin(pinsOf(best.schedule), (pins) => search.keeps(withPins(best, pins)));
}

/** Makes the delays that matter round, and the same where they can be. */
export function* rounderPins(search: Search): Trial<void> {
  search.stage = 'rounder latencies';
  if (search.best.schedule === undefined) return;
  const { messageUs = 0 } = search.best.schedule;
  const late = (pins: readonly Pin[], delayUs: number) =>
    pins.map((one) => (one.kind === 'messages' && isLate(one.pin, messageUs) ? delayed(one, delayUs) : one));
  const slowest = Math.max(0, ...pinsOf(search.best.schedule).map(({ pin }) => pin.delayUs));
  for (const delayUs of niceBetween(messageUs + 1, niceAround(slowest * 2 + 1)[1])) {
    const { best, run } = search;
    if (yield* search.keeps(withPins(best, late(pinsOf(best.schedule!), delayUs)), run.events)) break;
  }
  for (let index = 0; index < pinsOf(search.best.schedule!).length; index++) yield* rounder(search, index);
}

const isLate = ({ delayUs, lost }: MessagePin, messageUs: number): boolean => lost !== true && delayUs > messageUs;
const delayed = (one: Pin, delayUs: number): Pin => ({ ...one, pin: { ...one.pin, delayUs } }) as Pin;

function* rounder(search: Search, index: number): Trial<void> {
  const { delayUs } = pinsOf(search.best.schedule!)[index]!.pin;
  if (delayUs === 0) return;
  const [below, above] = niceAround(delayUs);
  if (below === above) return;
  const tenth = 10 ** Math.max(0, String(delayUs).length - 2);
  const steps = [nicest(delayUs), below, above, Math.round(delayUs / tenth) * tenth];
  for (const next of new Set(steps)) {
    const { best, run } = search;
    const pins = pinsOf(best.schedule!);
    if (yield* search.keeps(withPins(best, pins.with(index, delayed(pins[index]!, next))), run.events)) return;
  }
}
