import { type CompiledStep, type Program, Step } from './program.ts';
import { SeenConfigurations } from './seen-configurations.ts';

/** How a search ended. `furthest`: how many completions, in order, the longest explanation got past. */
export interface SearchResult {
  readonly status: 'ok' | 'violated' | 'unknown';
  readonly spent: number;
  readonly furthest: number;
}

/** How many candidates looked at cost as much as one configuration visited. */
const CANDIDATES_PER_UNIT = 8;

/** Characters that appends may build: a search that joins more is out of memory, whatever its budget. */
const JOINED_LENGTH_MAX = 64_000_000;

/** Stands for every value that nobody will look for any more. */
const UNWATCHED = -2;

/** Operations looked at for the read that must come next. */
const LOOKAHEAD_MAX = 32;

const Choice = { operation: 0, unknown: 1, forced: 2 } as const;

/**
 * Searches for an order of operations that explains what they returned (Wing & Gong 1993, as improved by Lowe,
 * "Testing for linearizability", 2016, and Horn & Kroening 2015). A configuration is the first completion that has not
 * been passed, the overlapping operations already placed, the unknown outcomes already used, and the state; one that
 * was searched in vain is never searched again. Three shortcuts keep the answer and lose the branching:
 *
 * - A read that fits the state is placed at once: it changes nothing, so waiting never helps.
 * - Before a write, every other write is placed whose value nobody will look for: it is overwritten unseen.
 * - An unknown outcome is used only when somebody who is waiting wants its value, the earliest of its kind first, and
 *   never when a configuration that used fewer of them was searched in vain.
 */
class LinearizationSearch {
  private readonly program: Program;
  private readonly count: number;
  /** Words: first completion not passed, state, bits of slots, bits of unknown outcomes. */
  private readonly configuration: Int32Array;
  private readonly unknownWord: number;
  /** Operations not yet placed, a circular list in order of invocation that starts and ends at `count`. */
  private readonly next: number[] = [];
  private readonly previous: number[] = [];
  private readonly placed: boolean[] = [];
  private readonly unknownsUsed: number[];
  /** Per value: how many operations not yet placed look for it. */
  private readonly watchers: number[];
  private readonly frames: number[] = [];
  private seen: SeenConfigurations | undefined;
  private returned = 0;
  private state: number;
  private cursor = 0;
  /** The class of unknown outcomes to try next; -1 while there are operations to try. */
  private classCursor = -1;
  private examined = 0;
  private visited = 0;

  constructor(program: Program) {
    this.program = program;
    this.count = program.steps.length;
    this.unknownWord = 2 + ((program.slotCount + 31) >>> 5);
    this.configuration = new Int32Array(this.unknownWord + ((program.unknownCount + 31) >>> 5));
    for (let index = 0; index <= this.count; index += 1) {
      this.next.push(index + 1);
      this.previous.push(index - 1);
      this.placed.push(false);
    }
    this.next[this.count] = 0;
    this.previous[0] = this.count;
    this.state = program.initial;
    this.unknownsUsed = program.unknowns.map(() => 0);
    this.watchers = new Array<number>(program.values.size).fill(0);
    for (const step of program.steps) this.watch(step, 1);
    for (const { step } of program.unknowns) this.watch(step, 1);
  }

  run(budget: number): SearchResult {
    let furthest = 0;
    let fresh = true;
    for (;;) {
      if (fresh) {
        this.visited += 1;
        this.placeReads();
        if (this.returned > furthest) furthest = this.returned;
        if (this.returned === this.count) return { status: 'ok', spent: this.spent(), furthest };
        fresh = !this.searchedInVain();
      }
      if (this.spent() > budget || this.full()) return { status: 'unknown', spent: this.spent(), furthest };
      if (fresh) this.standAtStart();
      else if (!this.retreat()) return { status: 'violated', spent: this.spent(), furthest };
      fresh = this.advance();
    }
  }

  private spent(): number {
    return this.visited + Math.floor((this.examined + (this.seen?.compared ?? 0)) / CANDIDATES_PER_UNIT);
  }

  private full(): boolean {
    return this.seen?.full === true || this.program.values.joinedLength > JOINED_LENGTH_MAX;
  }

  private standAtStart(): void {
    this.cursor = this.next[this.count]!;
    this.classCursor = -1;
  }

  /** Moves to the next configuration from here; false when there is none left, after recording this one. */
  private advance(): boolean {
    const { callAt, returnAt, steps } = this.program;
    if (this.classCursor < 0) {
      const limit = returnAt[this.returned]!;
      for (let index = this.cursor; index !== this.count && callAt[index]! <= limit; index = this.next[index]!) {
        this.examined += 1;
        const state = this.step(steps[index]!);
        if (state < 0 || this.contradictsNextRead(state, index)) continue;
        if (steps[index]!.kind === Step.write) this.placeUnwatchedWrites(index);
        this.place(index, Choice.operation);
        this.state = state;
        return true;
      }
      this.record();
      this.classCursor = 0;
    }
    return this.tryUnknown();
  }

  private tryUnknown(): boolean {
    const { unknowns, returnAt } = this.program;
    const limit = returnAt[this.returned]!;
    for (let index = this.classCursor; index < unknowns.length; index += 1) {
      const { step, callAt, firstBit } = unknowns[index]!;
      const used = this.unknownsUsed[index]!;
      this.examined += 1;
      if (used === callAt.length || callAt[used]! > limit) continue;
      const state = this.step(step);
      if (state < 0 || state === this.state || !this.wanted(state) || this.contradictsNextRead(state, -1)) continue;
      if (step.kind === Step.write) this.placeUnwatchedWrites(-1);
      this.frames.push(index, this.state, this.returned, Choice.unknown);
      this.unknownsUsed[index] = used + 1;
      this.flip(this.unknownWord, firstBit + used);
      this.state = state;
      return true;
    }
    return false;
  }

  private step(step: CompiledStep): number {
    switch (step.kind) {
      case Step.read:
        return step.first === this.state ? this.state : -1;
      case Step.write:
        return step.first;
      case Step.cas:
        return step.first === this.state ? step.second : -1;
      case Step.append:
        return this.program.values.append(this.state, step.first);
    }
  }

  /** Whether an operation that may come next looks for this value. With appends, anybody may. */
  private wanted(state: number): boolean {
    if (this.program.appends) return true;
    const { callAt, returnAt, steps, unknowns } = this.program;
    const limit = returnAt[this.returned]!;
    for (
      let index = this.next[this.count]!;
      index !== this.count && callAt[index]! <= limit;
      index = this.next[index]!
    ) {
      this.examined += 1;
      const { kind, first } = steps[index]!;
      if (kind !== Step.write && first === state) return true;
    }
    for (let index = 0; index < unknowns.length; index += 1) {
      this.examined += 1;
      const { step, callAt: calls } = unknowns[index]!;
      const used = this.unknownsUsed[index]!;
      if (step.kind === Step.cas && step.first === state && used < calls.length && calls[used]! <= limit) return true;
    }
    return false;
  }

  /**
   * With appends a text only grows until it is overwritten. So a read that must come before the next overwriting write
   * must begin with what is there now; that shows a wrong order of appends long before the read's turn.
   */
  private contradictsNextRead(state: number, candidate: number): boolean {
    const { appends, callAt, operations, steps, values, unknownOverwriteAt } = this.program;
    if (!appends) return false;
    let read = -1;
    let overwriteAt = unknownOverwriteAt;
    let index = this.next[this.count]!;
    for (let looked = 0; index !== this.count; index = this.next[index]!, looked += 1) {
      this.examined += 1;
      if (looked === LOOKAHEAD_MAX || (index !== candidate && steps[index]!.kind === Step.write)) {
        overwriteAt = Math.min(overwriteAt, callAt[index]!);
        break;
      }
      if (steps[index]!.kind !== Step.read) continue;
      if (read < 0 || operations[index]!.completedOrder < operations[read]!.completedOrder) read = index;
    }
    if (read < 0 || operations[read]!.completedOrder >= overwriteAt) return false;
    return !values.startsWith(steps[read]!.first, state);
  }

  private placeReads(): void {
    const { callAt, returnAt, steps } = this.program;
    let index = this.next[this.count]!;
    while (index !== this.count && callAt[index]! <= returnAt[this.returned]!) {
      this.examined += 1;
      const { kind, first } = steps[index]!;
      if (kind === Step.read && first === this.state) this.place(index, Choice.forced);
      index = this.next[index]!;
    }
    if (!this.program.appends && this.state >= 0 && this.watchers[this.state] === 0) this.state = UNWATCHED;
  }

  private placeUnwatchedWrites(except: number): void {
    if (this.program.appends) return;
    const { callAt, returnAt, steps } = this.program;
    let index = this.next[this.count]!;
    while (index !== this.count && this.returned < this.count && callAt[index]! <= returnAt[this.returned]!) {
      this.examined += 1;
      const { kind, first } = steps[index]!;
      if (kind === Step.write && index !== except && this.watchers[first] === 0) this.place(index, Choice.forced);
      index = this.next[index]!;
    }
  }

  /** Places an operation, which keeps the state, and passes every completion that nobody holds back any more. */
  private place(index: number, choice: number): void {
    const { returns, slots, steps } = this.program;
    this.frames.push(index, this.state, this.returned, choice);
    this.next[this.previous[index]!] = this.next[index]!;
    this.previous[this.next[index]!] = this.previous[index]!;
    this.placed[index] = true;
    this.watch(steps[index]!, -1);
    this.flip(2, slots[index]!);
    while (this.returned < this.count && this.placed[returns[this.returned]!]) {
      this.flip(2, slots[returns[this.returned]!]!);
      this.returned += 1;
    }
  }

  /** Takes back the last choice and what was placed along with it, and stands before the choice after it; false at the start. */
  private retreat(): boolean {
    let chosen: { choice: number; index: number } | undefined;
    for (let top = this.frames.length; top > 0; top = this.frames.length) {
      const forced = this.frames[top - 1] === Choice.forced;
      // Writes placed just before the choice belong to it; reads placed before it belong to its configuration.
      if (chosen !== undefined && !(forced && this.program.steps[this.frames[top - 4]!]!.kind === Step.write)) break;
      const frame = this.takeBackFrame();
      if (!forced) chosen = frame;
    }
    if (chosen === undefined) return false;
    const unknown = chosen.choice === Choice.unknown;
    this.classCursor = unknown ? chosen.index + 1 : -1;
    if (!unknown) this.cursor = this.next[chosen.index]!;
    return true;
  }

  private takeBackFrame(): { choice: number; index: number } {
    const choice = this.frames.pop()!;
    const returned = this.frames.pop()!;
    this.state = this.frames.pop()!;
    const index = this.frames.pop()!;
    if (choice === Choice.unknown) this.returnUnknown(index);
    else this.takeBack(index, returned);
    return { choice, index };
  }

  private returnUnknown(index: number): void {
    this.unknownsUsed[index] = this.unknownsUsed[index]! - 1;
    this.flip(this.unknownWord, this.program.unknowns[index]!.firstBit + this.unknownsUsed[index]!);
  }

  private takeBack(index: number, returned: number): void {
    const { returns, slots, steps } = this.program;
    while (this.returned > returned) {
      this.returned -= 1;
      this.flip(2, slots[returns[this.returned]!]!);
    }
    this.flip(2, slots[index]!);
    this.watch(steps[index]!, 1);
    this.placed[index] = false;
    this.next[this.previous[index]!] = index;
    this.previous[this.next[index]!] = index;
  }

  private watch(step: CompiledStep, change: number): void {
    if (step.kind === Step.read || step.kind === Step.cas) {
      this.watchers[step.first] = this.watchers[step.first]! + change;
    }
  }

  private flip(firstWord: number, bit: number): void {
    const word = firstWord + (bit >>> 5);
    this.configuration[word] = this.configuration[word]! ^ (1 << (bit & 31));
  }

  private searchedInVain(): boolean {
    if (this.seen === undefined) return false;
    this.configuration[0] = this.returned;
    this.configuration[1] = this.state;
    return this.seen.covers(this.configuration);
  }

  private record(): void {
    const { configuration, unknownWord } = this;
    this.seen ??= new SeenConfigurations({
      exactWords: unknownWord,
      subsetWords: configuration.length - unknownWord,
    });
    configuration[0] = this.returned;
    configuration[1] = this.state;
    this.seen.add(configuration);
  }
}

/**
 * Decides one key within a budget. The unit is a configuration visited, or 8 candidates looked at; reaching the
 * budget, or 32 MB of remembered configurations, gives `unknown`.
 */
export function searchLinearization(program: Program, budget: number): SearchResult {
  return new LinearizationSearch(program).run(budget);
}
