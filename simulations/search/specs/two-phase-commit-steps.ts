import { unreachable } from '../../kernel/invariant.ts';

/** How large the specification is and what may go wrong; two-phase-commit.ts explains each. */
export interface Options {
  readonly resourceManagers: number;
  readonly coordinatorMayStop: boolean;
  readonly commitsAlone: boolean;
}

/** One manager in two bits. */
const WORKING = 0;
const PREPARED = 1;
const COMMITTED = 2;
const ABORTED = 3;

/** The coordinator. */
export const UNDECIDED = 0;
const COMMITS = 1;
const ABORTS = 2;
const STOPPED = 3;

const MANAGERS_MAX = 10;
const COMMIT_SENT = 1 << MANAGERS_MAX;
const ABORT_SENT = 2 << MANAGERS_MAX;

/** All of it fits into two words. Plain shifts and masks, since a search takes millions of steps. */
export interface State {
  /** Two bits a manager. */
  readonly managers: number;
  readonly coordinator: number;
  /** Bit m: "manager m is prepared" was sent; then COMMIT_SENT and ABORT_SENT. */
  readonly messages: number;
  /** Bit m: the coordinator has received it. */
  readonly received: number;
}

type ActionType =
  | 'commit'
  | 'abort'
  | 'stop'
  | 'receive-prepared'
  | 'prepare'
  | 'choose-abort'
  | 'obey-commit'
  | 'obey-abort'
  | 'commit-alone';

/** One step, made once for each manager. */
export interface Action {
  readonly type: ActionType;
  /** Who takes the step or whom it is about; 0 for a step of the coordinator alone. */
  readonly manager: number;
}

/** By manager, made once: a search takes millions of them. */
function byManager(type: ActionType): readonly Action[] {
  return Array.from({ length: MANAGERS_MAX }, (_, manager) => ({ type, manager }));
}
const commit: Action = { type: 'commit', manager: 0 };
const abort: Action = { type: 'abort', manager: 0 };
const stop: Action = { type: 'stop', manager: 0 };
const receivePrepared = byManager('receive-prepared');
const prepare = byManager('prepare');
const chooseAbort = byManager('choose-abort');
const obeyCommit = byManager('obey-commit');
const obeyAbort = byManager('obey-abort');
const commitAlone = byManager('commit-alone');

/** Working 0, prepared 1, committed 2, aborted 3. */
export function managerOf(state: State, manager: number): number {
  return (state.managers >>> (2 * manager)) & 3;
}

function withManager({ managers, coordinator, messages, received }: State, manager: number, to: number): State {
  return {
    managers: (managers & ~(3 << (2 * manager))) | (to << (2 * manager)),
    coordinator,
    messages,
    received,
  };
}

/** The steps that are enabled, as in the published specifications: a message may be obeyed again. */
export function actionsOf(state: State, options: Options): Action[] {
  const { resourceManagers, coordinatorMayStop, commitsAlone } = options;
  const { coordinator, messages, received } = state;
  const found: Action[] = [];
  if (coordinator === UNDECIDED) {
    if (received === (1 << resourceManagers) - 1) found.push(commit);
    found.push(abort);
    if (coordinatorMayStop) found.push(stop);
  }
  for (let manager = 0; manager < resourceManagers; manager++) {
    const is = managerOf(state, manager);
    if (coordinator === UNDECIDED && messages & (1 << manager)) found.push(receivePrepared[manager]!);
    if (is === WORKING) found.push(prepare[manager]!, chooseAbort[manager]!);
    if (messages & COMMIT_SENT) found.push(obeyCommit[manager]!);
    if (messages & ABORT_SENT) found.push(obeyAbort[manager]!);
    if (commitsAlone && is === PREPARED) found.push(commitAlone[manager]!);
  }
  return found;
}

/** The state after a step. */
export function nextOf(state: State, { type, manager }: Action): State {
  const { managers, messages, received, coordinator } = state;
  switch (type) {
    case 'commit':
      return { managers, coordinator: COMMITS, messages: messages | COMMIT_SENT, received };
    case 'abort':
      return { managers, coordinator: ABORTS, messages: messages | ABORT_SENT, received };
    case 'stop':
      return { managers, coordinator: STOPPED, messages, received };
    case 'receive-prepared':
      return { managers, coordinator, messages, received: received | (1 << manager) };
    case 'prepare': {
      const prepared = withManager(state, manager, PREPARED);
      return { ...prepared, messages: messages | (1 << manager) };
    }
    case 'obey-commit':
    case 'commit-alone':
      return withManager(state, manager, COMMITTED);
    case 'choose-abort':
    case 'obey-abort':
      return withManager(state, manager, ABORTED);
    default:
      return unreachable(type);
  }
}

/** Managers are interchangeable: sorts all that is known of each, its state, its message and the coordinator's note of it. */
export function representativeOf(state: State, count: number): State {
  const each: number[] = [];
  for (let manager = 0; manager < count; manager++) {
    const bits = ((state.messages >>> manager) & 1) | (((state.received >>> manager) & 1) << 1);
    each.push((managerOf(state, manager) << 2) | bits);
  }
  each.sort((a, b) => a - b);
  let managers = 0;
  let messages = state.messages & (COMMIT_SENT | ABORT_SENT);
  let received = 0;
  for (let manager = 0; manager < count; manager++) {
    managers |= (each[manager]! >>> 2) << (2 * manager);
    messages |= (each[manager]! & 1) << manager;
    received |= ((each[manager]! >>> 1) & 1) << manager;
  }
  return { managers, coordinator: state.coordinator, messages, received };
}

/** A step as a plain clause. */
export function describeActionOf({ type, manager }: Action): string {
  const name = `manager ${manager + 1}`;
  switch (type) {
    case 'commit':
      return 'the coordinator decides to commit';
    case 'abort':
      return 'the coordinator decides to abort';
    case 'stop':
      return 'the coordinator stops for good';
    case 'receive-prepared':
      return `the coordinator hears that ${name} is prepared`;
    case 'prepare':
      return `${name} prepares`;
    case 'choose-abort':
      return `${name} aborts of its own accord`;
    case 'obey-commit':
      return `${name} is told to commit`;
    case 'obey-abort':
      return `${name} is told to abort`;
    case 'commit-alone':
      return `${name} commits without having been told`;
    default:
      return unreachable(type);
  }
}

/** The lower bit of each manager's two. */
export function low(managers: number): number {
  return managers & 0x55555;
}

/** Managers that have committed (10) and that have aborted (11), one bit each. */
export function committed({ managers }: State): number {
  return low(managers >>> 1) & ~managers;
}

export function aborted({ managers }: State): number {
  return low(managers >>> 1) & managers;
}
