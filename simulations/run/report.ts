import type { Verdict, Witness } from '../checkers/verdict.ts';
import { formatLink } from '../scenario/link.ts';
import { carriedBy } from './carry.ts';
import type { Run } from './execute.ts';
import type { RunRequest } from './resolve.ts';
import { engineVersion } from './version.ts';

/** A run as JSON: what `faultline run --json` prints. */
export interface RunReport {
  readonly scenario: string | null;
  readonly model: string;
  readonly variant: string | null;
  readonly seed: number;
  readonly engine: string;
  readonly digest: string;
  readonly events: number;
  readonly simulatedUs: number;
  readonly stopped: string;
  readonly verdicts: Readonly<Record<string, { status: Verdict['status']; sentence: string; witness: Witness | null }>>;
  readonly metrics: Readonly<Record<string, number>>;
  readonly witnessed: Readonly<Record<string, boolean>>;
  /** Opens this run in the lab. */
  readonly link: string;
}

/** The report of a run. `origin` is where the site is served; `carried`: the site does not have the scenario, so the link carries it. */
export function reportOf(
  run: Run,
  request: RunRequest & { readonly variantId: string | undefined; readonly carried?: boolean },
  origin: string,
): RunReport {
  const scenario = request.scenario?.id;
  return {
    scenario: scenario ?? null,
    model: run.input.model.id,
    variant: request.variantId ?? null,
    seed: run.input.seed,
    engine: engineVersion,
    digest: run.digest,
    events: run.events,
    simulatedUs: run.simulatedUs,
    stopped: run.stopped,
    verdicts: Object.fromEntries(
      run.verdicts.map(({ id, verdict }) => [
        id,
        {
          status: verdict.status,
          sentence: verdict.sentence,
          witness: verdict.status === 'violated' ? verdict.witness : null,
        },
      ]),
    ),
    metrics: Object.fromEntries(run.metrics.map((metric) => [metric.id, metric.value])),
    witnessed: run.witnessed,
    link:
      origin +
      formatLink({
        model: run.input.model.id,
        ...(scenario !== undefined && { scenario }),
        ...(request.scenario !== undefined && request.carried === true && { file: carriedBy(request.scenario) }),
        ...(request.variantId !== undefined && { variant: request.variantId }),
        seed: run.input.seed,
        set: request.set ?? {},
        ...(request.faults !== undefined && { faults: request.faults }),
        view: {},
      }),
  };
}
