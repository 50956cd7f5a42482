import type { MessagePin, Schedule } from '../../kernel/schedule.ts';
import { execute, type Run, type RunInput } from '../../run/execute.ts';
import { usual } from '../shrink/pass-schedule.ts';
import type { SentMessage } from '../shrink/recorded.ts';
import { onlyOf } from '../shrink/search.ts';

/**
 * What happens to a violation when something is otherwise: the property is `kept`; it is violated in the `same` operation; or the checker names `other`
 * operations, so that this damage is gone and some other is left.
 */
export type Otherwise = 'kept' | 'same' | 'other';

/** Asks what would have happened otherwise, by running it. */
export class Counterfactuals {
  runs = 0;
  readonly #input: RunInput;
  readonly #property: string;
  readonly #usualUs: number;
  /** The operation that the checker names first, by client and number; undefined when it names none. */
  readonly #named: string | undefined;

  constructor(
    run: Run,
    property: string,
    messages: readonly SentMessage[],
    readonly runsMax: number,
  ) {
    this.#input = { ...run.input, model: onlyOf(run.input.model, property), history: false, digest: false };
    this.#property = property;
    this.#named = namesIn(run, property)?.[0];
    this.#usualUs = run.input.schedule?.messageUs ?? usual(messages);
  }

  /** How long a message usually takes, in microseconds: what the schedule says, or the median of the run. */
  get usualUs(): number {
    return this.#usualUs;
  }

  /** What there would have been without a fault; undefined when the bound on runs is reached. */
  withoutFault(id: string): Otherwise | undefined {
    return this.#outcome({ faults: this.#input.faults.filter((fault) => fault.id !== id) });
  }

  /** … had a message arrived in the usual time. */
  arriving(message: SentMessage): Otherwise | undefined {
    return this.#outcome({ schedule: this.#with({ ...channelOf(message), delayUs: this.#usualUs }) });
  }

  /** … had a message been lost. */
  losing(message: SentMessage): Otherwise | undefined {
    return this.#outcome({ schedule: this.#with({ ...channelOf(message), delayUs: this.#usualUs, lost: true }) });
  }

  #with(pin: MessagePin): Schedule {
    const { schedule = {} } = this.#input;
    const others = (schedule.messages ?? []).filter(
      ({ from, to, type, nth }) => from !== pin.from || to !== pin.to || type !== pin.type || nth !== pin.nth,
    );
    return { ...schedule, messages: [...others, pin] };
  }

  #outcome(change: Partial<RunInput>): Otherwise | undefined {
    if (this.runs >= this.runsMax) return undefined;
    this.runs++;
    const names = namesIn(execute({ ...this.#input, ...change }), this.#property);
    if (names === undefined) return 'kept';
    return this.#named === undefined || names.includes(this.#named) ? 'same' : 'other';
  }
}

/** The operations of a violation by client and number: without an event others may begin before them. Undefined when the run keeps the property. */
function namesIn({ verdicts, record }: Run, property: string): readonly string[] | undefined {
  const verdict = verdicts.find(({ id }) => id === property)?.verdict;
  if (verdict?.status !== 'violated') return undefined;
  const counts = new Map<string, number>();
  const names = record.operations.map(({ client }) => {
    const number = counts.get(client) ?? 0;
    counts.set(client, number + 1);
    return `${client} ${number}`;
  });
  return verdict.witness.operations.map((id) => names[id]!);
}

function channelOf({ from, to, type, nth }: SentMessage): Omit<MessagePin, 'delayUs'> {
  return { from, to, type, nth };
}
