import { enqueueActions } from 'xstate';
import type { Context, Effect, Environment, ProcessEvent } from '../kernel/behavior.ts';

/** What a handler gives back: the next context (undefined: unchanged) and its effects, in order. */
export interface Step<C> {
  readonly context?: C;
  readonly effects?: readonly Effect[];
}

/** A handler of a statechart: pure, named in `setup({ actions })`. */
export type Handle<C, E> = (context: C, event: E, environment: Environment) => Step<C>;
/** A guard of a statechart: pure, named in `setup({ guards })`. */
export type Test<C, E> = (context: C, event: E, environment: Environment) => boolean;

/** In the interpreted form the environment travels with the event, under this field. */
export const ENVIRONMENT = 'environment';
/** In the interpreted form an effect is an xstate action of this type, with the effect as its parameters. */
export const EFFECT = 'faultline.effect';

const HANDLE = Symbol('handle');
const TEST = Symbol('test');

type Carried<E> = E & { readonly [ENVIRONMENT]: Environment };

/**
 * Makes an xstate action of a pure handler. xstate runs it as `enqueueActions`; the compiled form finds the handler itself
 * on the action and calls it directly, so both run the same code.
 */
export function handler<C extends Context<unknown, unknown>, E extends ProcessEvent>(handle: Handle<C, E>) {
  const action = enqueueActions<C, E, undefined, E, never, never, never, never, never>(
    ({ context, event, enqueue }) => {
      const step = handle(context, event, (event as Carried<E>)[ENVIRONMENT]);
      if (step.context !== undefined) enqueue.assign(step.context as never);
      for (const effect of step.effects ?? []) enqueue({ type: EFFECT, params: effect } as never);
    },
  );
  return Object.assign(action, { [HANDLE]: handle });
}

/** Makes an xstate guard of a pure test, found again by the compiled form. */
export function guard<C extends Context<unknown, unknown>, E extends ProcessEvent>(test: Test<C, E>) {
  const predicate = ({ context, event }: { context: C; event: E }): boolean =>
    test(context, event, (event as Carried<E>)[ENVIRONMENT]);
  return Object.assign(predicate, { [TEST]: test });
}

/**
 * {@link handler} and {@link guard} for one role. Each of its handlers names the events that it takes, while xstate's types ask for handlers of any
 * event: the machine's transitions say which get which.
 */
export function wiring<C extends Context<unknown, unknown>, Event extends ProcessEvent>() {
  return {
    on: <E extends Event>(handle: Handle<C, E>) => handler<C, Event>(handle as unknown as Handle<C, Event>),
    when: <E extends Event>(test: Test<C, E>) => guard<C, Event>(test as unknown as Test<C, Event>),
  };
}

/** The pure handler inside an action made by {@link handler}; undefined for anything else. */
export function handleOf(action: unknown): Handle<Context, ProcessEvent> | undefined {
  return (action as { [HANDLE]?: Handle<Context, ProcessEvent> } | undefined)?.[HANDLE];
}

/** The pure test inside a guard made by {@link guard}; undefined for anything else. */
export function testOf(predicate: unknown): Test<Context, ProcessEvent> | undefined {
  return (predicate as { [TEST]?: Test<Context, ProcessEvent> } | undefined)?.[TEST];
}
