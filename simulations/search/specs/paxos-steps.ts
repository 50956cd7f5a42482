/** How large the specification is. Quorums are all smallest majorities. */
export interface Size {
  readonly acceptors: number;
  readonly values: number;
  readonly ballots: number;
  /** Whether a proposal respects the votes that its quorum told of. */
  readonly isSafe: boolean;
}

interface Acceptor {
  /** The newest ballot it knows (maxBal); -1 for none. */
  readonly promised: number;
  /** The ballot of its last vote (maxVBal); -1 for none. */
  readonly votedIn: number;
  /** The value of that vote (maxVal); -1 for none. */
  readonly votedFor: number;
}

/** What an acceptor said of its last vote when it promised. */
type Promised = Pick<Acceptor, 'votedIn' | 'votedFor'>;

/** Messages are never taken away. An acceptor sends at most one 1b and one 2b a ballot, so they are kept by ballot and acceptor. */
export interface State {
  readonly acceptors: readonly Acceptor[];
  /** 1a by ballot. */
  readonly started: readonly boolean[];
  /** 1b by ballot and acceptor. */
  readonly promises: readonly (readonly (Promised | null)[])[];
  /** 2a by ballot: the value; -1 for none. */
  readonly proposed: readonly number[];
  /** 2b by ballot and acceptor: the value; -1 for none. */
  readonly votes: readonly (readonly number[])[];
}

/** Fields that a step does not use are -1. */
export interface Action {
  readonly type: '1a' | '1b' | '2a' | '2b';
  readonly ballot: number;
  readonly acceptor: number;
  readonly value: number;
}

export function initial({ acceptors, ballots }: Size): State {
  return {
    acceptors: Array(acceptors).fill({ promised: -1, votedIn: -1, votedFor: -1 }),
    started: Array(ballots).fill(false),
    promises: Array(ballots).fill(Array(acceptors).fill(null)),
    proposed: Array(ballots).fill(-1),
    votes: Array(ballots).fill(Array(acceptors).fill(-1)),
  };
}

/**
 * One action for each way in which TLC finds the next-state relation true, so that as many states are generated: a ballot is started again
 * and again, and a value is proposed once for each quorum and each vote that allows it.
 */
export function actionsOf(state: State, size: Size): Action[] {
  const found: Action[] = [];
  for (let ballot = 0; ballot < size.ballots; ballot++) {
    found.push({ type: '1a', ballot, acceptor: -1, value: -1 });
    if (state.proposed[ballot] !== -1) continue;
    for (let value = 0; value < size.values; value++)
      for (let way = waysToPropose(state, size, ballot, value); way > 0; way--)
        found.push({ type: '2a', ballot, acceptor: -1, value });
  }
  state.acceptors.forEach(({ promised }, acceptor) => {
    for (let ballot = 0; ballot < size.ballots; ballot++) {
      if (state.started[ballot] && ballot > promised) found.push({ type: '1b', ballot, acceptor, value: -1 });
      const value = state.proposed[ballot]!;
      if (value !== -1 && ballot >= promised) found.push({ type: '2b', ballot, acceptor, value });
    }
  });
  return found;
}

function waysToPropose(state: State, size: Size, ballot: number, value: number): number {
  const promises = state.promises[ballot]!;
  return quorums(size.acceptors).reduce((ways, quorum) => {
    const told = quorum.map((acceptor) => promises[acceptor]!);
    if (told.includes(null as never)) return ways;
    const votes = told.filter(({ votedIn }) => votedIn >= 0);
    if (votes.length === 0 || !size.isSafe) return ways + 1;
    const last = Math.max(...votes.map(({ votedIn }) => votedIn));
    // Votes of one ballot are for one value, and messages that say the same of different acceptors are different messages.
    return ways + votes.filter(({ votedIn, votedFor }) => votedIn === last && votedFor === value).length;
  }, 0);
}

export function nextOf(state: State, { type, ballot, acceptor, value }: Action): State {
  const { acceptors, started, promises, proposed, votes } = state;
  switch (type) {
    case '1a':
      return { ...state, started: started.with(ballot, true) };
    case '1b': {
      const { votedIn, votedFor } = acceptors[acceptor]!;
      return {
        ...state,
        acceptors: acceptors.with(acceptor, { promised: ballot, votedIn, votedFor }),
        promises: promises.with(ballot, promises[ballot]!.with(acceptor, { votedIn, votedFor })),
      };
    }
    case '2a':
      return { ...state, proposed: proposed.with(ballot, value) };
    case '2b':
      return {
        ...state,
        acceptors: acceptors.with(acceptor, { promised: ballot, votedIn: ballot, votedFor: value }),
        votes: votes.with(ballot, votes[ballot]!.with(acceptor, value)),
      };
  }
}

/** Whether a quorum has voted for a value in one ballot. */
export function isChosen({ votes }: State, { acceptors }: Size, value: number): boolean {
  const majority = Math.floor(acceptors / 2) + 1;
  return votes.some((cast) => cast.filter((vote) => vote === value).length >= majority);
}

/** A digit and a letter or two for everything that may differ. */
export function key({ acceptors, started, promises, proposed, votes }: State): string {
  const all = acceptors.map(({ promised, votedIn, votedFor }) => `${promised},${votedIn},${votedFor}`);
  const told = promises.map((row) => row.map((one) => (one === null ? '' : `${one.votedIn},${one.votedFor}`)).join());
  return `${all.join(' ')}|${started.map(Number).join('')}|${told.join(' ')}|${proposed.join()}|${votes.join(' ')}`;
}

/** The state with acceptors and values renamed, for every way to rename them. */
export function permutations({ acceptors, values }: Size): ((state: State) => State)[] {
  return orders(acceptors).flatMap((order) =>
    orders(values).map((renamed) => (state: State): State => {
      const rename = (value: number): number => (value === -1 ? -1 : renamed[value]!);
      const vote = <T extends Promised>(one: T): T => ({ ...one, votedFor: rename(one.votedFor) });
      return {
        acceptors: order.map((at) => vote(state.acceptors[at]!)),
        started: state.started,
        promises: state.promises.map((row) =>
          order.map((at) => {
            const promise = row[at]!;
            return promise === null ? null : vote(promise);
          }),
        ),
        proposed: state.proposed.map(rename),
        votes: state.votes.map((row) => order.map((at) => rename(row[at]!))),
      };
    }),
  );
}

function orders(count: number): number[][] {
  if (count === 0) return [[]];
  return orders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => order.toSpliced(at, 0, count - 1)),
  );
}

/** All smallest majorities. */
function quorums(acceptors: number): readonly (readonly number[])[] {
  const known = quorumsBySize.get(acceptors);
  if (known !== undefined) return known;
  const majority = Math.floor(acceptors / 2) + 1;
  const subsets = (from: number, count: number): number[][] =>
    count === 0
      ? [[]]
      : Array.from({ length: acceptors - from }, (_, at) => from + at).flatMap((first) =>
          subsets(first + 1, count - 1).map((rest) => [first, ...rest]),
        );
  const found = subsets(0, majority);
  quorumsBySize.set(acceptors, found);
  return found;
}

const quorumsBySize = new Map<number, readonly (readonly number[])[]>();
