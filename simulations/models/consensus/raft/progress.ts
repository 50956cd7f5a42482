import type { Effect, Environment } from '../../../kernel/behavior.ts';
import type { Draft } from '../../../kernel/copies.ts';
import { draftOf, type Office, officeDraft, type Progress, type ServerContext } from './state.ts';

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

/** A copy that its maker may still change. */
export function progressDraft(before: Progress): Draft<Progress> {
  return {
    server: before.server,
    next: before.next,
    match: before.match,
    pace: before.pace,
    round: before.round,
    sentUs: before.sentUs,
    heardUs: before.heardUs,
  };
}

/** One server's progress with some of it changed. */
export function moved(before: Progress, change: Partial<Progress>): Progress {
  return Object.assign(progressDraft(before), change);
}

/** The same leader with another progress in that place of its list. */
export function withProgress(context: ServerContext, at: number, one: Progress): ServerContext {
  const { durable, volatile } = context;
  const progress = volatile.office!.progress.slice();
  progress[at] = one;
  const office = officeDraft(volatile.office!);
  office.progress = progress;
  const next = draftOf(volatile);
  next.office = office;
  return { durable, volatile: next };
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
