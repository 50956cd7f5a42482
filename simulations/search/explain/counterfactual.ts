import type { MessagePin, Schedule } from '../../kernel/schedule.ts';
import { execute, type Run, type RunInput } from '../../run/execute.ts';
import { usual } from '../shrink/pass-schedule.ts';
import type { SentMessage } from '../shrink/recorded.ts';
import { onlyOf, statusOf } from '../shrink/search.ts';

/** Asks what would have happened otherwise, by running it. */
export class Counterfactuals {
  runs = 0;
  readonly #input: RunInput;
  readonly #property: string;
  readonly #usualUs: number;

  constructor(
    run: Run,
    property: string,
    messages: readonly SentMessage[],
    readonly runsMax: number,
  ) {
    this.#input = { ...run.input, model: onlyOf(run.input.model, property), history: false, digest: false };
    this.#property = property;
    this.#usualUs = run.input.schedule?.messageUs ?? usual(messages);
  }

  /** How long a message usually takes, in microseconds: what the schedule says, or the median of the run. */
  get usualUs(): number {
    return this.#usualUs;
  }

  /** Whether the run would have kept the property without a fault; undefined when the bound on runs is reached. */
  withoutFault(id: string): boolean | undefined {
    return this.#mends({ faults: this.#input.faults.filter((fault) => fault.id !== id) });
  }

  /** … had a message arrived in the usual time. */
  arriving(message: SentMessage): boolean | undefined {
    return this.#mends({ schedule: this.#with({ ...channelOf(message), delayUs: this.#usualUs }) });
  }

  /** … had a message been lost. */
  losing(message: SentMessage): boolean | undefined {
    return this.#mends({ schedule: this.#with({ ...channelOf(message), delayUs: this.#usualUs, lost: true }) });
  }

  #with(pin: MessagePin): Schedule {
    const { schedule = {} } = this.#input;
    const others = (schedule.messages ?? []).filter(
      ({ from, to, type, nth }) => from !== pin.from || to !== pin.to || type !== pin.type || nth !== pin.nth,
    );
    return { ...schedule, messages: [...others, pin] };
  }

  #mends(change: Partial<RunInput>): boolean | undefined {
    if (this.runs >= this.runsMax) return undefined;
    this.runs++;
    return statusOf(execute({ ...this.#input, ...change }), this.#property) !== 'violated';
  }
}

function channelOf({ from, to, type, nth }: SentMessage): Omit<MessagePin, 'delayUs'> {
  return { from, to, type, nth };
}
