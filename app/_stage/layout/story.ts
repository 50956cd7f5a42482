import { type ExplainedEvent, flightOf, type Run, runIndex } from '../../../simulations/index.ts';
import type { Cone } from './causality.ts';

/** The events of an explanation as a cone: lit are they and the messages that they tell of; the chain is what the selected one tells of. */
export function storyCone(run: Run, events: readonly ExplainedEvent[], step: number | undefined): Cone {
  const relation = new Uint8Array(run.timeline!.length);
  let chain: readonly number[] = [];
  for (const event of events) {
    const steps = stepsOf(run, event);
    for (const one of steps) relation[one] = 1;
    if (event.step === step) chain = [...chain, ...steps];
  }
  if (step !== undefined) relation[step] = 1;
  return { step: step ?? -1, relation, past: events.length, future: 0, chain };
}

/** The step of an event and, where a message arrived, was lost or was late, both ends of that message. */
function stepsOf(run: Run, { step, host, role }: ExplainedEvent): readonly number[] {
  const { trace } = run.timeline!;
  const flight = flightOf(trace, step);
  if (flight !== undefined) return [flight.sentStep, step];
  if (role !== 'absence') return [step];
  // What was late is told by the step that sent it, with the host that waited.
  const { flights, hosts } = runIndex(run);
  const arrivals = flights.filter((end) => trace.cause(end) === step && hosts[trace.host(end)]?.id === host);
  return [step, ...arrivals];
}
