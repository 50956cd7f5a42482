import { execute, type Operation, resolveRun } from '../../simulations/index.ts';

/** Ways of routing reads that the figure compares. */
export const ROUTES = ['any', 'sticky', 'leader', 'token'] as const;
export type Route = (typeof ROUTES)[number];

/** As in the scenario profile-stale-read: a leader, a follower 50 ms behind it and one 2 s behind. */
export const LAGS = { nearMs: 50, farMs: 2000 } as const;
const CLUSTER = {
  followers: 2,
  mode: 'async',
  lagMin: `${LAGS.nearMs} ms`,
  lagMax: `${LAGS.farMs} ms`,
  requestTimeout: '3 s',
  latencyMin: '4 ms',
  latencyMax: '8 ms',
} as const;
const NODES = ['n1', 'n2', 'n3'] as const;
const SEED = 22;

/** How long after the acknowledgement of its own write a client reads, in milliseconds. */
export const AFTER_MS = [10, 30, 100, 300, 600, 1000, 1500, 1900, 2100, 2500] as const;
/** How long after the end of that read it reads again, in microseconds. */
const AGAIN_US = 100_000;
/** Clients of each pause, one a node; and writes of each: every pair of nodes once. */
const CLIENTS = NODES.length;
const WRITES = NODES.length ** 2;
/** From one write of a client to its next: longer than the farthest follower needs. */
const EVERY_US = 7_000_000;

/** What reads at one distance from the client's own write were like. */
interface ReadsAfter {
  readonly ms: number;
  /** The share of first reads that did not return the client's own write. */
  readonly missed: number;
  /** The share of second reads that returned less than the first. */
  readonly wentBack: number;
  /** Of the first reads, in microseconds. */
  readonly medianUs: number;
  readonly slowestUs: number;
}

const known = new Map<Route, readonly ReadsAfter[]>();

/** Writes, each followed by two reads, by the pause before the first read. Every pair of nodes is read equally often. Under a second, once in a process. */
export function readsBy(route: Route): readonly ReadsAfter[] {
  const found = known.get(route) ?? measure(route);
  known.set(route, found);
  return found;
}

function measure(route: Route): readonly ReadsAfter[] {
  const resolved = resolveRun({ model: 'replication', set: { ...CLUSTER, routing: route }, seed: SEED });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const clients = AFTER_MS.flatMap((ms, at) => Array.from({ length: CLIENTS }, (_, home) => clientOf(ms, at, home)));
  const keys = ['name'];
  const script = Object.fromEntries(clients.map((client) => [client.name, scriptOf(client)]));
  const workload = resolved.input.model.workload.parse({ keys, script });
  const run = execute({ ...resolved.input, workload, durationUs: (WRITES + 1) * EVERY_US, history: false });
  return AFTER_MS.map((ms) => {
    const own = clients.filter((client) => client.ms === ms).map(({ name }) => name);
    return judge(
      ms,
      own.map((name) => run.record.operations.filter(({ client }) => client === name)),
    );
  });
}

interface Client {
  readonly name: string;
  readonly ms: number;
  /** Which pause, and which node it reads from where that stays. */
  readonly at: number;
  readonly home: number;
}

function clientOf(ms: number, at: number, home: number): Client {
  return { name: `${'abcdefghijkl'[at]}${'xyz'[home]}`, ms, at, home };
}

function scriptOf({ name, ms, at, home }: Client) {
  return Array.from({ length: WRITES }, (_, write) => [
    { f: 'write', key: name, atUs: 100_000 + write * EVERY_US + (at * CLIENTS + home) * 20_000 },
    { f: 'read', key: name, waitUs: ms * 1000, via: NODES[(home + write) % NODES.length] },
    { f: 'read', key: name, waitUs: AGAIN_US, via: NODES[(home + Math.floor(write / NODES.length)) % NODES.length] },
  ]).flat();
}

/** The place in the log of what an operation wrote or returned; 0: nothing. */
function lsnOf({ version }: Operation): number {
  return (version as { readonly lsn: number } | null | undefined)?.lsn ?? 0;
}

function judge(ms: number, histories: readonly (readonly Operation[])[]): ReadsAfter {
  const rounds = histories.flatMap((own) =>
    Array.from({ length: WRITES }, (_, write) => own.slice(write * 3, write * 3 + 3)),
  );
  const share = (is: (written: number, first: number, second: number) => boolean) =>
    rounds.filter(([write, first, second]) => is(lsnOf(write!), lsnOf(first!), lsnOf(second!))).length / rounds.length;
  const tookUs = rounds.map(([, first]) => first!.completedAt - first!.invokedAt).sort((a, b) => a - b);
  return {
    ms,
    missed: share((written, first) => first < written),
    wentBack: share((_, first, second) => second < first),
    medianUs: tookUs[Math.ceil(tookUs.length / 2) - 1]!,
    slowestUs: tookUs.at(-1)!,
  };
}

/** The share of copies that lack a write so long after its acknowledgement, by the lags alone. */
export function lackingAt(ms: number): number {
  const behind = [LAGS.nearMs, LAGS.farMs].filter((lag) => ms < lag).length;
  return behind / NODES.length;
}

/** How long a read with a token takes at most, by the lags alone: what is left of the farther one, or a round trip. In milliseconds. */
export function longestAt(ms: number): number {
  return Math.max(ROUND_TRIP_MS, LAGS.farMs - ms);
}

/** From a client to a node and back at most, in milliseconds. */
export const ROUND_TRIP_MS = 16;
