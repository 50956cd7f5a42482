import type { ActiveFault, Fault } from '../kernel/faults.ts';
import { unreachable } from '../kernel/invariant.ts';
import type { Latency } from '../kernel/latency.ts';
import { formatDuration } from './duration.ts';

/** A fault in one line: `cut a r1 r2 | r3 r4 r5 b`, `crash r2`, `slow r5 to r1, +18 ms`. */
export function faultTitle({ action }: Fault): string {
  switch (action.do) {
    case 'crash':
    case 'pause':
      return `${action.do} ${action.target}`;
    case 'cut':
      return `cut ${action.sides.map((side) => side.join(' ')).join(action.oneWay ? ' > ' : ' | ')}`;
    case 'slow':
      return `slow ${action.from} to ${action.to}, +${latencyTitle(action.extra)}`;
    case 'loss':
    case 'duplicate':
      return `${action.do === 'loss' ? 'lose' : 'duplicate'} ${action.from} to ${action.to}, ${percent(action.ratio)}`;
    case 'clock':
      return `clock of ${action.target} ${shiftTitle(action)}`;
    case 'slowDisk':
      return `slow disk ${action.target}, +${latencyTitle(action.extra)}`;
    case 'restore':
      return `restore ${action.target} ${action.backupAtUs === 0 ? 'empty' : `as of ${formatDuration(action.backupAtUs)}`}`;
    default:
      return unreachable(action);
  }
}

/** What a fault in force does, with its roles resolved, as a sentence: `nothing passes between a r1 r2 and r3 r4 r5 b.` */
export function faultSentence({ fault, sides }: ActiveFault): string {
  const { action } = fault;
  const [first = 'nobody', ...others] = sides.map((side) => side.join(' ') || 'nobody');
  switch (action.do) {
    case 'crash':
    case 'restore':
      return `${first} is down.`;
    case 'pause':
      return `${first} does nothing.`;
    case 'cut':
      return action.oneWay
        ? `nothing that ${first} sends reaches ${others.join(' or ')}.`
        : `nothing passes between ${[first, ...others].join(' and ')}.`;
    case 'slow':
      return `messages from ${first} to ${others.join(' ')} take ${latencyTitle(action.extra)} longer.`;
    case 'loss':
      return `${percent(action.ratio)} of the messages from ${first} to ${others.join(' ')} are lost.`;
    case 'duplicate':
      return `${percent(action.ratio)} of the messages from ${first} to ${others.join(' ')} arrive twice.`;
    case 'clock':
      return `the clock of ${first} ${clockSentence(action)}.`;
    case 'slowDisk':
      return `writes to the disk of ${first} take ${latencyTitle(action.extra)} longer.`;
    default:
      return unreachable(action);
  }
}

function clockSentence({ offsetUs, driftPpm }: { readonly offsetUs: number; readonly driftPpm: number }): string {
  const drift = `drifts by ${signed(driftPpm, `${grouped(Math.abs(driftPpm))} ppm`)}`;
  const offset = `is off by ${signed(offsetUs, formatDuration(Math.abs(offsetUs)))}`;
  if (driftPpm === 0) return offset;
  return offsetUs === 0 ? drift : `${offset} and ${drift}`;
}

/** How a clock is wrong: `+400 ms`, `−95,000 ppm`, `+400 ms, +200 ppm`. */
function shiftTitle({ offsetUs, driftPpm }: { readonly offsetUs: number; readonly driftPpm: number }): string {
  const offset = signed(offsetUs, formatDuration(Math.abs(offsetUs)));
  const drift = signed(driftPpm, `${grouped(Math.abs(driftPpm))} ppm`);
  if (driftPpm === 0) return offset;
  return offsetUs === 0 ? drift : `${offset}, ${drift}`;
}

function signed(amount: number, size: string): string {
  return `${amount < 0 ? '−' : '+'}${size}`;
}

/** Digits in groups of three, on every machine alike. */
function grouped(amount: number): string {
  return `${amount}`.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A latency in a few words: `18 ms`, `8 ms to 14 ms`, `exponential, mean 5 ms`. */
export function latencyTitle(latency: Latency): string {
  switch (latency.kind) {
    case 'constant':
      return formatDuration(latency.us);
    case 'uniform':
      return `${formatDuration(latency.minUs)} to ${formatDuration(latency.maxUs)}`;
    case 'exponential':
      return `exponential, mean ${formatDuration(Math.round(latency.meanUs))}`;
    case 'pareto':
      return `Pareto from ${formatDuration(Math.round(latency.scaleUs))}, shape ${latency.shape}`;
    case 'logNormal':
      return `log-normal, median ${formatDuration(Math.round(latency.medianUs))}`;
    case 'mixture':
      return `mixture of ${latency.parts.length}`;
    case 'empirical':
      return `measured, ${latency.quantiles.length} quantiles`;
    default:
      return unreachable(latency);
  }
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 1000) / 10} %`;
}
