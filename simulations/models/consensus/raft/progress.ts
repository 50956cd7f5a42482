import type { Effect, Environment } from '../../../kernel/behavior.ts';
import { type Draft, Gathering } from '../../../kernel/copies.ts';
import { type Office, type OwnContext, officeDraft, ownCopy, type Progress, type ServerContext } from './state.ts';

/** What a leader's handler has at hand: where it puts effects, and the context that it has made so far, which it may still change in place. */
export interface Doing {
  readonly environment: Environment;
  readonly effects: Gathering<Effect>;
  own: OwnOffice | null;
}

/** The {@link OwnContext} of a leader: its office and the list of progress in it may be changed as well. */
type OwnOffice = Omit<OwnContext, 'volatile'> & {
  volatile: Omit<OwnContext['volatile'], 'office'> & { office: OfficeDraft };
};
type OfficeDraft = Omit<Draft<Office>, 'progress'> & { progress: Progress[] };

const gathering = new Gathering<Effect>();

/** Where a handler puts its effects, one by one; one handler at a time. */
export function gather(): Gathering<Effect> {
  return gathering.begin();
}

/** At the start of a handler, which has made nothing yet. */
export function doingIn(environment: Environment): Doing {
  return { environment, effects: gather(), own: null };
}

/** The context as one that may be changed in place: itself if this handler made it, else a copy. */
export function ownOffice(context: ServerContext, doing: Doing): OwnOffice {
  if (doing.own === context) return doing.own;
  const own = ownCopy(context);
  const office = officeDraft(own.volatile.office!);
  office.progress = office.progress.slice();
  own.volatile.office = office;
  doing.own = own as OwnOffice;
  return doing.own;
}

/** Where in the list of progress a server stands; -1 where it does not. */
export function placeIn({ progress }: Office, server: string): number {
  for (let at = 0; at < progress.length; at++) if (progress[at]!.server === server) return at;
  return -1;
}

/** What is known of one server; for nobody in particular: nothing. */
export function progressOf(office: Office, server: string): Progress | undefined {
  return office.progress[placeIn(office, server)];
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
export function withProgress(context: ServerContext, at: number, one: Progress, doing: Doing): ServerContext {
  const own = ownOffice(context, doing);
  own.volatile.office.progress[at] = one;
  return own;
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
