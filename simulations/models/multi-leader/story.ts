import type { Operation } from '../../kernel/history.ts';
import type { NoteView, RunRecord } from '../../kernel/view.ts';
import { operationNames } from '../numbering.ts';
import { shownOf, siblingCount } from './datum.ts';
import { type Accepted, configIn, mergedContents, type Taken } from './history.ts';
import type { Held } from './messages.ts';
import { siblingsOf } from './siblings.ts';

/** A write that some region took, with the operation behind it and when. */
export interface TakenWrite extends Accepted {
  readonly operation: Operation;
  readonly atUs: number;
}

/** Every write that a region took, in order of time. Rights handed over are not among them. */
export function writesOf(run: Pick<RunRecord, 'notes' | 'operations'>): readonly TakenWrite[] {
  const byName = new Map(operationNames(run.operations).map((name, id) => [name, run.operations[id]!]));
  const writes: TakenWrite[] = [];
  for (const note of run.notes) {
    if (note.name !== 'write.accepted') continue;
    const { origin, seq, key, write, seen, act } = note.data as Accepted;
    const operation = byName.get(write);
    if (operation !== undefined) writes.push({ origin, seq, key, write, seen, act, operation, atUs: note.atUs });
  }
  return writes;
}

/** Whether the region of `later` had applied `earlier` when it took `later`. */
export function hadSeen(later: TakenWrite, earlier: TakenWrite): boolean {
  return (later.seen[earlier.origin] ?? 0) >= earlier.seq;
}

/** Whether neither write had seen the other. */
export function areConcurrent(one: TakenWrite, other: TakenWrite): boolean {
  return !hadSeen(one, other) && !hadSeen(other, one) && one.write !== other.write;
}

/** The writes whose values stand in a register at the end. */
export function standing(held: Held | undefined): readonly string[] {
  if (held === undefined) return [];
  const { datum } = held;
  if (datum.kind === 'siblings') return siblingsOf(datum.set).map(({ write }) => write);
  return datum.kind === 'lww' ? [datum.cell.write] : [];
}

/** The items of a cart at the end. */
export function itemsOf(held: Held | undefined): readonly string[] {
  return (shownOf(held?.datum, true) ?? []) as readonly string[];
}

/** Whether a write puts something there that a merge could lose: an item or a value, not a number. */
export function isAdd({ act }: TakenWrite): boolean {
  return act.do === 'add' || act.do === 'write';
}

/** Whether a write may rightly have taken away what an add put there: it had seen the add. */
function excuses(write: TakenWrite, add: TakenWrite): boolean {
  if (write.key !== add.key || !hadSeen(write, add)) return false;
  if (add.act.do === 'add') return write.act.do === 'remove' && write.act.item === add.act.item;
  return write.act.do === 'write' || write.act.do === 'delete';
}

/** Acknowledged adds of which nothing is left, though no write that had seen them took them away. */
export function lostAdds(run: RunRecord): readonly TakenWrite[] {
  const writes = writesOf(run);
  const contents = mergedContents(run);
  return writes.filter((add) => {
    if (!isAdd(add) || add.operation.outcome !== 'ok') return false;
    const held = contents[add.key];
    const isThere = add.act.do === 'add' ? itemsOf(held).includes(add.act.item) : standing(held).includes(add.write);
    return !isThere && !writes.some((write) => excuses(write, add));
  });
}

/** What acknowledged and unacknowledged operations allow a counter to stand at. */
export function countBounds(
  operations: readonly Operation[],
  key: string,
): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0];
  for (const { f, key: of, input, outcome } of operations) {
    if (of !== key || (f !== 'append' && f !== 'delete') || outcome === 'fail') continue;
    const amount = input as number;
    if (outcome === 'ok' || amount < 0) low += amount;
    if (outcome === 'ok' || amount > 0) high += amount;
  }
  return { low, high };
}

/** The most values that stood beside each other, in an answer or at the end. */
export function siblingsMax(run: RunRecord): number {
  const answered = run.operations.map(({ version }) => (version as { siblings?: number } | undefined)?.siblings ?? 0);
  const left = Object.values(mergedContents(run)).map(({ datum }) => siblingCount(datum));
  return Math.max(0, ...answered, ...left);
}

/** When a write was taken, and when every region had it; Infinity: not before the end. */
export interface Spread {
  readonly takenUs: number;
  readonly everywhereUs: number;
}

/** How every write spread. */
export function spreadsOf(run: Pick<RunRecord, 'notes'>, regions: readonly string[]): readonly Spread[] {
  const byDot = new Map<string, { readonly takenUs: number; readonly lacking: Set<string>; everywhereUs: number }>();
  const reached = (dot: string, { host, atUs }: NoteView): void => {
    const spread = byDot.get(dot);
    if (spread?.lacking.delete(host) === true && spread.lacking.size === 0) spread.everywhereUs = atUs;
  };
  for (const note of run.notes) {
    if (note.name === 'write.accepted') {
      const { origin, seq } = note.data as Accepted;
      const lacking = new Set(regions.filter((name) => name !== origin));
      byDot.set(`${origin} ${seq}`, { takenUs: note.atUs, lacking, everywhereUs: Number.POSITIVE_INFINITY });
    } else if (note.name === 'entry.applied') {
      const { origin, seq } = note.data as Accepted;
      reached(`${origin} ${seq}`, note);
    } else if (note.name === 'state.taken') {
      const { vector } = note.data as Taken;
      for (const origin in vector) for (let seq = 1; seq <= vector[origin]!; seq++) reached(`${origin} ${seq}`, note);
    }
  }
  return [...byDot.values()];
}

/** The periods in which a cut was in force. */
export function cutsOf(
  run: Pick<RunRecord, 'faults'>,
): readonly { readonly sinceUs: number; readonly untilUs: number }[] {
  return run.faults.filter(({ fault }) => fault.action.do === 'cut');
}

/** The operations that clients began while a cut was in force. */
export function operationsInCut(run: Pick<RunRecord, 'faults' | 'operations' | 'endUs'>): readonly Operation[] {
  const cuts = cutsOf(run);
  return run.operations.filter(({ invokedAt, outcome }) => {
    const isJudged = outcome !== 'info' || invokedAt < run.endUs * 0.95;
    return isJudged && cuts.some(({ sinceUs, untilUs }) => invokedAt >= sinceUs && invokedAt < untilUs);
  });
}

/** When the last fault ended; undefined when there was none, or one lasts to the end. A wrong clock breaks nothing off. */
export function healedUs({ faults, endUs }: RunRecord): number | undefined {
  const breaking = faults.filter(({ fault }) => fault.action.do !== 'clock');
  if (breaking.length === 0) return undefined;
  const healed = Math.max(...breaking.map(({ untilUs }) => untilUs));
  return healed < endUs ? healed : undefined;
}

/** Whether some fault that keeps regions apart lasts to the end. */
export function neverHeals(run: RunRecord): boolean {
  return run.faults.some(({ fault }) => fault.action.do !== 'clock') && healedUs(run) === undefined;
}

export function regionNames(run: RunRecord): readonly string[] {
  return configIn(run.end).regions;
}
