import { unreachable } from '../../kernel/invariant.ts';
import type { Action } from './action.ts';
import type { Tables } from './tables.ts';

/** A step as a clause: "RWrite from a/write-a1 to r2 arrives". */
export function describeAction(action: Action, tables: Tables): string {
  const host = tables.setting.topology.hosts[action.host]!.id;
  switch (action.kind) {
    case 'deliver':
    case 'lose': {
      const { from, to, message, copy } = tables.parcels.at(action.parcel);
      const what = `${message.type} from ${from} to ${to}`;
      if (action.kind === 'lose') return `${what} is lost`;
      if (copy) return `${what} arrives again`;
      return action.keepsCopy ? `${what} arrives, and will again` : `${what} arrives`;
    }
    case 'timer':
      return `the timer ${action.timer} of ${action.process} fires`;
    case 'persisted':
      return `a write of ${action.process} is on disk`;
    case 'crash':
      return `${host} crashes`;
    case 'restart':
      return `${host} restarts`;
    default:
      return unreachable(action);
  }
}
