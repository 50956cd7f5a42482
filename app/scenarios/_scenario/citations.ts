import { engineVersion, formatCount, type Scenario, type Variant } from '../../../simulations/index.ts';
import { embedAddress, pinnedLab } from '../../_embed/embed-address.ts';
import { iframeSnippet, markdownPicture } from '../../_embed/snippets.ts';
import { formatInterval } from '../../_stage/layout/rate-words.ts';
import type { CounterpartRun } from '../../_static/counterpart.ts';
import { violationsOf } from '../../_static/evidence.ts';
import { type Measured, rateIn } from '../../_static/measured.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { ends } from './names.ts';

/** Stands for the site's origin in a citation until the reader's browser knows it. */
export const ORIGIN = '{origin}';

/** The command that makes a variant's pinned run again. */
export function replayCommand({ id, seed }: Scenario, variant: Variant): string {
  return `npx faultline run ${id} --variant ${variant.id} --seed ${seed}`;
}

/** The command that holds the scenario to its claims. */
export function verifyCommand({ id }: Scenario): string {
  return `npx faultline verify content/scenarios/${id}.yaml`;
}

export interface Evidence {
  readonly scenario: Scenario;
  readonly runs: readonly PinnedRun[];
  readonly measured: Measured | undefined;
  /** The run of another scenario that meets what no variant of this one does. Default: none. */
  readonly counterpart?: CounterpartRun | undefined;
}

/** One line for a document in Markdown: what was shown, where, and the run's identity. */
export function markdownCitation({ scenario, runs }: Evidence): string {
  const { broken } = ends(scenario);
  const pinned = runs.find(({ variant }) => variant.id === broken.id)!;
  const [violation] = violationsOf(pinned);
  const link = `[${scenario.title}](${ORIGIN}/scenarios/${scenario.id})`;
  return `${link}: ${violation?.sentence ?? scenario.finding} (Faultline ${engineVersion}, variant ${broken.id}, seed ${scenario.seed}, digest ${pinned.run.digest})`;
}

/** The card of the scenario, leading to it, and the citation. */
export function markdownWithPicture(evidence: Evidence): string {
  const { id, title } = evidence.scenario;
  const address = `${ORIGIN}/scenarios/${id}`;
  return `${markdownPicture({ alt: title, picture: `${address}/picture.png`, address })}\n\n${markdownCitation(evidence)}`;
}

/** The markup that embeds the variant that shows the damage and the one that takes it away, in step; where no variant does, the last one. */
export function pairSnippet({ scenario }: Pick<Evidence, 'scenario'>): string {
  const { broken, fixed } = ends(scenario);
  // An embed knows the fix by itself; what stands beside the damage in its place, the address has to say.
  const beside = fixed.part === 'fixed' ? undefined : fixed.id;
  const src = ORIGIN + embedAddress(pinnedLab(scenario, broken.id, beside), { show: 'pair' });
  return iframeSnippet({ src, title: scenario.title, width: 960, height: 560 });
}

/** The Confirmation section of a MADR decision record: the evidence, and how to make it again. */
export function madrConfirmation(evidence: Evidence): string {
  const { scenario, runs, measured, counterpart } = evidence;
  const { broken, fixed } = ends(scenario);
  const [before, after] = [broken, fixed].map((end) => runs.find(({ variant }) => variant.id === end.id)!);
  const [violation] = violationsOf(before!);
  const property = violation?.id ?? Object.keys(broken.expect)[0] ?? '';
  return [
    '### Confirmation',
    '',
    `The claim "${scenario.claim}" was refuted by the Faultline scenario ${scenario.id}.`,
    '',
    `* ${broken.title} (${broken.id}): ${outcome({ measured, variant: broken.id, property, fallback: `${property} is violated on seed ${scenario.seed}` })}`,
    `* ${fixed.title} (${fixed.id}): ${outcome({ measured, variant: fixed.id, property, fallback: `${property} ${statusOn(after!, property)} on seed ${scenario.seed}` })}`,
    ...(counterpart === undefined ? [] : [`* ${inOtherScenario(counterpart, property)}`]),
    `* Witness, seed ${scenario.seed}: ${violation?.sentence ?? 'none'}`,
    `* Cost of the fix: ${scenario.cost.text}`,
    `* Replay: \`${replayCommand(scenario, broken)}\``,
    `* Identity: engine ${engineVersion}, digests ${runs.map(({ variant, run }) => `${variant.id} ${run.digest}`).join(', ')}`,
    `* Evidence: ${ORIGIN}/scenarios/${scenario.id}`,
  ].join('\n');
}

/** What the counterpart's run says about a property that it is held to as well. */
function inOtherScenario(counterpart: CounterpartRun, property: string): string {
  const { scenario, variant } = counterpart;
  const { seed, id } = scenario;
  return `${variant.title} (${id}, ${variant.id}): ${property} ${statusOn(counterpart, property)} on seed ${seed}, digest ${counterpart.run.digest}`;
}

function outcome(options: {
  measured: Measured | undefined;
  variant: string;
  property: string;
  fallback: string;
}): string {
  const { measured, variant, property, fallback } = options;
  const rate = measured === undefined ? undefined : rateIn(measured, variant, property);
  if (rate === undefined) return fallback;
  return `${property} violated in ${formatCount(rate.count)} of ${formatCount(rate.of)} seeds (95 %: ${formatInterval(rate)})`;
}

function statusOn({ run }: PinnedRun, property: string): string {
  const status = run.verdicts.find(({ id }) => id === property)?.verdict.status;
  return status === 'ok' ? 'holds' : status === 'violated' ? 'is violated' : 'is unknown';
}
