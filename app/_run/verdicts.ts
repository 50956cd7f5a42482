import type { NamedVerdict, Run, Scenario, Variant, Witness } from '../../simulations/index.ts';

/** What the checks of a run come to. */
export interface Overall {
  readonly status: 'ok' | 'violated' | 'unknown';
  /** The verdict to show first. */
  readonly first: NamedVerdict | undefined;
  /** Among the claims: what merely happened or not is no check. */
  readonly violated: number;
  readonly unknown: number;
  readonly total: number;
}

/** The verdict that matters most: a violation that the variant was expected to show, then any other, then what is unknown. */
export function overallOf(run: Run, variant: Variant | undefined): Overall {
  const claims = run.verdicts.filter(({ kind }) => kind !== 'sometimes');
  const violated = claims.filter(({ verdict }) => verdict.status === 'violated');
  const unknown = claims.filter(({ verdict }) => verdict.status === 'unknown');
  const expected = violated.find(({ id }) => variant?.expect[id] === 'violated');
  const first =
    expected ?? violated[0] ?? run.verdicts.find(({ id }) => variant?.expect[id] !== undefined) ?? claims[0];
  const status =
    violated.length > 0 ? 'violated' : unknown.length === claims.length && claims.length > 0 ? 'unknown' : 'ok';
  return { status, first, violated: violated.length, unknown: unknown.length, total: claims.length };
}

export function variantOf(scenario: Scenario | undefined, id: string | undefined): Variant | undefined {
  return scenario?.variants.find((variant) => variant.id === id) ?? scenario?.variants[0];
}

/** The last step of a witness: the one that completes the violation. */
export function lastStepOf(run: Run, witness: Witness): number | undefined {
  return Math.max(-1, ...stepsOf(run, witness)) === -1 ? undefined : Math.max(...stepsOf(run, witness));
}

/** The stretch of time that shows a witness, with room at both sides; undefined when it names no moment. */
export function frameOf(run: Run, witness: Witness): { readonly fromUs: number; readonly toUs: number } | undefined {
  const steps = stepsOf(run, witness);
  const { timeline } = run;
  if (steps.length === 0 || timeline === undefined) return undefined;
  const times = steps.map((step) => timeline.timeUs(step));
  const [fromUs, toUs] = [Math.min(...times), Math.max(...times)];
  const room = Math.max((toUs - fromUs) * 0.25, 20_000);
  return { fromUs: Math.max(0, Math.round(fromUs - room)), toUs: Math.min(run.simulatedUs, Math.round(toUs + room)) };
}

function stepsOf(run: Run, witness: Witness): readonly number[] {
  const moments = witness.operations.flatMap((id) => {
    const operation = run.record.operations[id];
    return [operation?.invokedStep, operation?.completedStep];
  });
  return [...witness.steps, ...moments].filter((step): step is number => step !== undefined && step >= 0);
}

/** The knobs in which the variants of a scenario differ. */
export function decidedBy(scenario: Scenario): readonly string[] {
  const named = new Set(scenario.variants.flatMap(({ decision }) => decision ?? []));
  const knobs = scenario.decisions.filter(({ id }) => named.has(id)).flatMap((decision) => decision.knobs);
  return [...new Set(knobs)];
}
