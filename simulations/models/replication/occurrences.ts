import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { type LeaderActive, operationVersion, type WalAppended } from './history.ts';
import type { ReplicationKnobs } from './knobs.ts';

type Sometimes = Extract<Property<ReplicationKnobs>, { kind: 'sometimes' }>;

const isOk = (operation: Operation): boolean => operation.outcome === 'ok';
const isRead = (operation: Operation): boolean => operation.f === 'read';
const isWrite = (operation: Operation): boolean => operation.f === 'write';
const found = (operation: Operation): boolean => operationVersion(operation) != null;

/** Whether some client ended a `first` well and later a `second`, on one key or on different ones. */
function inSession(
  operations: readonly Operation[],
  options: {
    readonly first: (operation: Operation) => boolean;
    readonly second: (operation: Operation) => boolean;
    readonly keys: 'same' | 'different';
  },
): boolean {
  const begun = new Map<string, Set<string>>();
  for (const operation of operations) {
    if (!isOk(operation)) continue;
    const keys = begun.get(operation.client) ?? new Set();
    begun.set(operation.client, keys);
    const others = keys.size - (keys.has(operation.key) ? 1 : 0);
    const matches = options.keys === 'same' ? keys.has(operation.key) : others > 0;
    if (matches && options.second(operation)) return true;
    if (options.first(operation)) keys.add(operation.key);
  }
  return false;
}

/** When the last fault ended; undefined when there was none, or one lasts to the end. */
export function healedUs({ faults, endUs }: RunRecord): number | undefined {
  if (faults.length === 0) return undefined;
  const healed = Math.max(...faults.map(({ untilUs }) => untilUs));
  return healed < endUs ? healed : undefined;
}

/** The operations that began when the last fault was over and a failover had had time to end, early enough to end within the run. */
export function operationsAfterHeal(run: RunRecord, knobs: ReplicationKnobs): readonly Operation[] {
  const sinceUs = healedUs(run);
  if (sinceUs === undefined) return [];
  const settledUs = sinceUs + 3 * knobs.suspectAfter + knobs.requestTimeout;
  const untilUs = run.endUs - knobs.requestTimeout;
  return run.operations.filter(({ invokedAt }) => invokedAt >= settledUs && invokedAt <= untilUs);
}

function noted<Data>(run: RunRecord, name: string, test: (data: Data) => boolean): boolean {
  return run.notes.some((note) => note.name === name && test(note.data as Data));
}

function occurrence(id: string, title: string, check: Sometimes['check']): Sometimes {
  return { kind: 'sometimes', id, title, check };
}

/** What must happen for the other properties to mean anything. */
export const occurrences: readonly Sometimes[] = [
  occurrence('write-acknowledged', 'a write was acknowledged', ({ operations }) =>
    operations.some((operation) => isWrite(operation) && isOk(operation)),
  ),
  occurrence('follower-appended', 'a follower took over an entry', (run) =>
    noted<WalAppended>(run, 'wal.appended', ({ leads }) => !leads),
  ),
  occurrence('leader-replaced', 'another leader took over', (run) =>
    noted<LeaderActive>(run, 'leader.active', ({ epoch }) => epoch > 1),
  ),
  occurrence('write-read', 'a key was written and read', ({ operations }) => {
    const written = new Set(operations.filter(isWrite).map(({ key }) => key));
    return operations.some((operation) => isRead(operation) && isOk(operation) && written.has(operation.key));
  }),
  occurrence('read-after-own-write', 'a client read what it had written', ({ operations }) =>
    inSession(operations, { first: isWrite, second: isRead, keys: 'same' }),
  ),
  occurrence('read-again', 'a client read a key again that it had found', ({ operations }) =>
    inSession(operations, { first: (one) => isRead(one) && found(one), second: isRead, keys: 'same' }),
  ),
  occurrence('read-another', 'a client read one key after another', ({ operations }) =>
    inSession(operations, { first: (one) => isRead(one) && found(one), second: isRead, keys: 'different' }),
  ),
  occurrence(
    'contract-declared',
    'the interface promises something',
    (_run, knobs) => knobs.contract !== 'unspecified',
  ),
  occurrence(
    'operation-after-heal',
    'a client tried something after the last fault and the failover that may follow it',
    (run, knobs) => operationsAfterHeal(run, knobs).length > 0,
  ),
];
