import type { HostId } from './behavior.ts';
import type { Latency } from './latency.ts';

/**
 * Whom a fault hits: host ids, or the name of a role that the model resolves at the moment the fault begins
 * (`leader`, `minority`, `coordinator`, …), possibly to several hosts or to none.
 */
export type Target = string;

/** When a fault begins: at an instant, or when the model's predicate of that name first holds, plus a delay. */
export type When = { readonly atUs: number } | { readonly predicate: string; readonly afterUs: number };

/** What happens. Link faults go from every host of `from` to every host of `to`; `*` is every host. */
export type FaultAction =
  /** Takes the volatile state and every write that is not yet on disk; the host restarts when the fault ends. */
  | { readonly do: 'crash'; readonly target: Target }
  /** Like a long garbage collection: the host does nothing; messages and timers wait. */
  | { readonly do: 'pause'; readonly target: Target }
  /** No message passes between different sides. `oneWay`: only messages from the first side to the others are lost. */
  | { readonly do: 'cut'; readonly sides: readonly (readonly Target[])[]; readonly oneWay: boolean }
  /** Adds a drawn delay to each message. */
  | { readonly do: 'slow'; readonly from: Target; readonly to: Target; readonly extra: Latency }
  | { readonly do: 'loss'; readonly from: Target; readonly to: Target; readonly ratio: number }
  | { readonly do: 'duplicate'; readonly from: Target; readonly to: Target; readonly ratio: number }
  /** Shifts the host's clock by `offsetUs` and lets it drift by `driftPpm` while the fault lasts. */
  | { readonly do: 'clock'; readonly target: Target; readonly offsetUs: number; readonly driftPpm: number }
  /** Makes each write to disk take longer. */
  | { readonly do: 'slowDisk'; readonly target: Target; readonly extra: Latency }
  /** Crashes the host and puts back the disk as it was at `backupAtUs` (0: empty); the host restarts when the fault ends. */
  | { readonly do: 'restore'; readonly target: Target; readonly backupAtUs: number };

/** One entry of a fault script. */
export interface Fault {
  /** Unique within the script, for example `cut-1`. */
  readonly id: string;
  readonly action: FaultAction;
  readonly when: When;
  /** How long it lasts; undefined: to the end of the run. */
  readonly forUs?: number;
}

/** A fault that has begun, with its roles resolved. */
export interface ActiveFault {
  readonly fault: Fault;
  readonly sinceUs: number;
  /** The hosts hit, or for link faults the two ends; for a cut, its sides. */
  readonly sides: readonly (readonly HostId[])[];
}
