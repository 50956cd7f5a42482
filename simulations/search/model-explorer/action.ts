import type { ProcessId } from '../../kernel/behavior.ts';
import type { BudgetName } from './state.ts';

/** A step of an explored run: what happens on a host, or to a message for it. Hosts by position in the topology; parcels and events by their numbers in the tables. */
export type Action =
  /** `keepsCopy`: the message was doubled, and its second copy stays under way. */
  | { readonly kind: 'deliver'; readonly host: number; readonly parcel: number; readonly keepsCopy: boolean }
  | { readonly kind: 'lose'; readonly host: number; readonly parcel: number }
  /** `free`: one of the workload's own timers. */
  | {
      readonly kind: 'timer';
      readonly host: number;
      readonly process: ProcessId;
      readonly timer: string;
      readonly free: boolean;
      readonly event: number;
    }
  /** The oldest write of a process reaches the disk. */
  | { readonly kind: 'persisted'; readonly host: number; readonly process: ProcessId; readonly event: number }
  | { readonly kind: 'crash'; readonly host: number; readonly event: number }
  | { readonly kind: 'restart'; readonly host: number; readonly event: number };

/** The budget that an action takes from; undefined: none. */
export function costOf(action: Action): BudgetName | undefined {
  switch (action.kind) {
    case 'deliver':
      return action.keepsCopy ? 'duplicates' : undefined;
    case 'lose':
      return 'losses';
    case 'timer':
      return action.free ? undefined : 'timers';
    case 'crash':
      return 'crashes';
    case 'persisted':
    case 'restart':
      return undefined;
  }
}
