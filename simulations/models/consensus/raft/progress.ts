import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { type Office, type Progress, type ServerContext, withOffice } from './state.ts';

/** What a handler has at hand while it adds effects. */
export interface Doing {
  readonly environment: Environment;
  readonly effects: Effect[];
}

/** What is known of one server; for nobody in particular: nothing. */
export function progressOf({ progress }: Office, server: string): Progress | undefined {
  for (const one of progress) if (one.server === server) return one;
  return undefined;
}

/** One server's progress with some of it changed. */
export function moved(before: Progress, change: Partial<Progress>): Progress {
  return {
    server: before.server,
    next: change.next ?? before.next,
    match: change.match ?? before.match,
    pace: change.pace ?? before.pace,
    round: change.round ?? before.round,
    sentUs: change.sentUs ?? before.sentUs,
    heardUs: change.heardUs ?? before.heardUs,
  };
}

/** The same leader with another progress in that place of its list. */
export function withProgress(context: ServerContext, at: number, one: Progress): ServerContext {
  const progress = context.volatile.office!.progress.slice();
  progress[at] = one;
  return withOffice(context, { progress });
}

/** A server that the leader begins to send to. */
export function stranger(server: string, next: number, clockUs: number): Progress {
  return { server, next, match: 0, pace: 'probe', round: 0, sentUs: 0, heardUs: clockUs };
}

/** Whom the leader sends to: everybody in the group, and those on their way out of it until that is committed. */
export function regroupProgress(
  progress: readonly Progress[],
  servers: readonly string[],
  place: { readonly next: number; readonly clockUs: number },
): readonly Progress[] {
  const known = progress.map(({ server }) => server);
  const joined = servers.filter((server) => !known.includes(server));
  return [...progress, ...joined.map((server) => stranger(server, place.next, place.clockUs))];
}
