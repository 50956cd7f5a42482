import type { Behavior } from '../../kernel/behavior.ts';
import { quorumByHand } from '../../models/quorum/by-hand/by-hand.ts';
import { execute, executeWith, type RunInput } from '../execute.ts';
import { busyRun, type Subject } from './busy-run.ts';
import { measureCharts } from './charts.ts';
import type { Figures } from './figures.ts';
import { measureLongRun } from './long-run.ts';
import { FULL, type Meter, type Size } from './meter.ts';
import { bestRate } from './rate.ts';

/** By model: its roles without statecharts, where somebody has written them. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, Behavior>>>> = { quorum: quorumByHand };

/** The parts of the engine's measurements, in the order of a report. */
export const engineParts = ['bare', 'byHand', 'checked', 'history', 'full', 'longRun', 'charts'] as const;

export type EnginePart = (typeof engineParts)[number];

type Part = (subject: Subject, meter: Meter, size: Size) => Figures;

/**
 * What is measured of a model's engine and charts, each a few seconds long. `bare`: only the world itself, without records of its operations and notes;
 * `checked`: checks, and the records that they need; `history`: digest, trace and records; `full`: everything. A thread that has run one of them is slower at the next, because the code of the kernel
 * is then compiled for both: measure each in a thread of its own.
 */
const PARTS: Readonly<Record<EnginePart, Part>> = {
  bare: (subject, { now }, size) => {
    const input = bareRun(subject, size);
    return {
      'engine.events': execute(input).events,
      'engine.eventsPerSecond.bare': bestRate(() => execute(input).events, now),
    };
  },
  byHand: (subject, { now }, size): Figures => {
    const programs = BY_HAND[subject.model.id];
    if (programs === undefined) return {};
    const input = bareRun(subject, size);
    const round = () => executeWith(input, (role) => programs[role]!).events;
    return { 'engine.eventsPerSecond.byHand': bestRate(round, now) };
  },
  checked: (subject, { now }, size) => {
    const input = { ...bareRun(subject, size), checks: true };
    return { 'engine.eventsPerSecond.checked': bestRate(() => execute(input).events, now) };
  },
  history: (subject, { now }, size) => {
    const input = { ...busyRun(subject, size.busyUs), checks: false };
    return { 'engine.eventsPerSecond.history': bestRate(() => execute(input).events, now) };
  },
  full: (subject, { now }, size) => {
    const input = busyRun(subject, size.busyUs);
    return { 'run.secondMs': 1000 / bestRate(() => execute(input).simulatedUs / 1_000_000, now) };
  },
  longRun: measureLongRun,
  charts: (subject, { now }, size) => measureCharts(busyRun(subject, size.busyUs), now),
};

/** Measures one part on a subject's busy run, in this thread. */
export function measurePart(part: EnginePart, subject: Subject, meter: Meter, size: Size = FULL): Figures {
  return PARTS[part](subject, meter, size);
}

/** What follows from figures of several parts: how much faster the same protocol is without charts. */
export function derivedFigures(figures: Figures): Figures {
  const byHand = figures['engine.eventsPerSecond.byHand'];
  const bare = figures['engine.eventsPerSecond.bare'];
  return byHand === undefined || bare === undefined ? {} : { 'engine.handWrittenRatio': byHand / bare };
}

function bareRun(subject: Subject, { busyUs }: Size): RunInput {
  return { ...busyRun(subject, busyUs), history: false, digest: false, checks: false, records: false };
}
