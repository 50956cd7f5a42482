import type { Operation } from '../../kernel/history.ts';
import type { RunRecord } from '../../kernel/view.ts';
import type { Property } from '../model.ts';
import { judgeReads, type QuorumMet, type VersionStored } from './history.ts';
import { isStrict, type QuorumKnobs } from './knobs.ts';

type Sometimes = Extract<Property<QuorumKnobs>, { kind: 'sometimes' }>;

const isOk = (operation: Operation): boolean => operation.outcome === 'ok';
const isRead = (operation: Operation): boolean => operation.f === 'read';
const isWrite = (operation: Operation): boolean => operation.f !== 'read';

/** Whether some client, on one key, ended a `first` well and later ended a `second` well. */
function inSession(
  operations: readonly Operation[],
  first: (operation: Operation) => boolean,
  second: (operation: Operation) => boolean,
): boolean {
  const begun = new Set<string>();
  for (const operation of operations) {
    if (!isOk(operation)) continue;
    const session = `${operation.client} ${operation.key}`;
    if (begun.has(session) && second(operation)) return true;
    if (first(operation)) begun.add(session);
  }
  return false;
}

/** When the last fault ended; undefined when there was none, or one lasts to the end. */
export function healedUs({ faults, endUs }: RunRecord): number | undefined {
  if (faults.length === 0) return undefined;
  const healed = Math.max(...faults.map(({ untilUs }) => untilUs));
  return healed < endUs ? healed : undefined;
}

/** The operations that began after the last fault had ended, and early enough to end within the run. */
export function operationsAfterHeal(run: RunRecord, knobs: QuorumKnobs): readonly Operation[] {
  const sinceUs = healedUs(run);
  if (sinceUs === undefined) return [];
  const untilUs = run.endUs - knobs.requestTimeout;
  return run.operations.filter(({ invokedAt }) => invokedAt >= sinceUs && invokedAt <= untilUs);
}

function noted<Data>(run: RunRecord, name: string, test: (data: Data) => boolean): boolean {
  return run.notes.some((note) => note.name === name && test(note.data as Data));
}

function occurrence(id: string, title: string, check: Sometimes['check']): Sometimes {
  return { kind: 'sometimes', id, title, check };
}

/** What must happen for the other properties to mean anything. */
export const occurrences: readonly Sometimes[] = [
  occurrence('strict-quorum-met', 'a quorum was met with R + W above N', (run, knobs) => {
    return isStrict(knobs) && noted<QuorumMet>(run, 'quorum.met', () => true);
  }),
  occurrence('write-acknowledged', 'a write was acknowledged', ({ operations }) =>
    operations.some((operation) => isWrite(operation) && isOk(operation)),
  ),
  occurrence('write-read', 'a key was written and read', ({ operations }) => {
    const written = new Set(operations.filter(isWrite).map(({ key }) => key));
    return operations.some((operation) => isRead(operation) && isOk(operation) && written.has(operation.key));
  }),
  occurrence('version-replaced', 'a replica replaced a version', (run) =>
    noted<VersionStored>(run, 'version.stored', ({ over }) => over.length > 0),
  ),
  occurrence('tombstone-purged', 'a tombstone was purged', (run) => noted(run, 'tombstone.purged', () => true)),
  occurrence('delete-acknowledged', 'a delete was acknowledged', ({ operations }) =>
    operations.some((operation) => operation.f === 'delete' && isOk(operation)),
  ),
  occurrence('replica-missed-write', 'a replica missed a write', ({ messages }) => (messages.RWrite?.lost ?? 0) > 0),
  occurrence('read-after-own-write', 'a client read what it had written', ({ operations }) =>
    inSession(operations, isWrite, isRead),
  ),
  occurrence('read-again', 'a client read a key again', ({ operations }) => inSession(operations, isRead, isRead)),
  occurrence('write-again', 'a client wrote a key again', ({ operations }) => inSession(operations, isWrite, isWrite)),
  occurrence('write-after-read', 'a client wrote what it had read', ({ operations }) =>
    inSession(operations, isRead, isWrite),
  ),
  occurrence(
    'read-after-acknowledgement',
    'a read began long enough after an acknowledgement',
    (run, knobs) => judgeReads(run.operations, knobs.freshAfter).length > 0,
  ),
  occurrence(
    'operation-after-heal',
    'a client tried something after the last fault had ended',
    (run, knobs) => operationsAfterHeal(run, knobs).length > 0,
  ),
];
