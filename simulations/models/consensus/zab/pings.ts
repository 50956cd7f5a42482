import { send } from '../effects.ts';
import { type Doing, type Follower, inOffice, type ZabContext } from './state.ts';

/** What a leader knows of everybody but itself. */
export const othersOf = ({ volatile }: ZabContext, host: string): readonly Follower[] =>
  volatile.office!.followers.filter(({ server }) => server !== host);

/** Tells the followers that the leader is there. Begins a new round. */
export function pingAll(context: ZabContext, { environment, effects }: Doing): ZabContext {
  const { office, committed: commit } = context.volatile;
  const { epoch, counter } = office!;
  const round = office!.round + 1;
  for (const { server, last } of othersOf(context, environment.host)) {
    if (last !== null) effects.push(send(server, { type: 'Ping', epoch, counter, commit, round }));
  }
  return inOffice(context, { round });
}
