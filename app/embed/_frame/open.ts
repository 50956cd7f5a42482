import {
  type Focus,
  type LinkState,
  type NamedVerdict,
  type Problem,
  progressOf,
  type Run,
  type Scenario,
  type Variant,
} from '../../../simulations/index.ts';
import { type EmbedTheme, readEmbedAddress, type Show } from '../../_embed/embed-address.ts';
import { type Lab, plainSetup, runSetup, type Setup, scenarioOf, setupOfLink } from '../../_run/setup.ts';
import { lastStepOf, overallOf, variantOf } from '../../_run/verdicts.ts';
import { violationIn } from '../../_static/evidence.ts';
import { pictureWindow } from '../../scenarios/_scenario/picture-window.ts';

/** One run of an embedded page. */
export interface EmbedSide {
  readonly setup: Setup;
  readonly variant: Variant | undefined;
  readonly run: Run;
  readonly focus: Focus;
  /** The verdict that the page is about; undefined when the model has no property. */
  readonly verdict: NamedVerdict | undefined;
  /** When the verdict is known, in microseconds: at the step that completes its witness, else at the end of the window. */
  readonly decidedUs: number;
}

/** Everything that an embedded page shows. */
export interface EmbedView {
  readonly title: string;
  readonly modelId: string;
  readonly scenario: Scenario | undefined;
  readonly show: Show;
  readonly theme: EmbedTheme;
  /** One run; two for a pair. */
  readonly sides: readonly EmbedSide[];
  readonly fromUs: number;
  readonly toUs: number;
  /** Every instant of the window at which something happens in a run, rising. */
  readonly stopsUs: readonly number[];
  /** The moment at which the page opens. */
  readonly restUs: number;
  /** The same in the lab. */
  readonly lab: string;
}

/** What came of an address: a page; problems of the link; a failure, which is our own mistake; or the engine did not come. */
export type Opened =
  | { readonly kind: 'ready'; readonly view: EmbedView }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unloaded' };

/** The first window of a run that nothing frames, in microseconds. */
const WINDOW_US = 400_000;

/** Opens the address of an embedded run: makes the run, or two, and decides what to show. Pure. */
export function openEmbed(address: string, lab: Lab): Opened {
  const read = readEmbedAddress(address);
  if (!read.ok) return { kind: 'refused', problems: read.problems };
  const { link, show, theme } = read;
  const bare = link.scenario === undefined && link.file === undefined && Object.keys(link.set).length === 0;
  const setup = bare && link.seed === undefined ? plainSetup(lab.scenarios[0]) : setupOfLink(link);
  if ('problems' in setup) return { kind: 'refused', problems: setup.problems };
  const setups = show === 'pair' ? pairOf(lab, setup, link) : [setup];
  if ('problems' in setups) return { kind: 'refused', problems: setups.problems };
  const outcomes = setups.map((one) => runSetup(lab, one));
  const runs: Run[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind !== 'run') return outcome;
    runs.push(outcome.run);
  }
  const view = viewOf(lab, { runs, setups, link });
  return { kind: 'ready', view: { ...view, show, theme, lab: read.lab } };
}

/** The run of the link and the one beside it: what the link compares, or the scenario's other end. */
function pairOf(lab: Lab, setup: Setup, { view: { compare } }: LinkState) {
  if (compare?.kind === 'seed') return [setup, { ...setup, seed: compare.seed }];
  const scenario = scenarioOf(lab, setup);
  const own = variantOf(scenario, setup.variant);
  const wanted = own?.part === 'fixed' ? 'broken' : 'fixed';
  const other =
    compare?.kind === 'variant'
      ? scenario?.variants.find(({ id }) => id === compare.variant)
      : scenario?.variants.find(({ id, part }) => part === wanted && id !== own?.id);
  if (compare?.kind !== 'branch' && other !== undefined) return [setup, { ...setup, variant: other.id }];
  const problem: Problem =
    compare === undefined
      ? {
          field: 'show',
          found: '"pair", and nothing to stand beside the run',
          allowed: 'pair for a scenario of two variants, or with compare=variant.<id> or compare=seed.<number>',
          fix: 'Add compare to the address, or write show=space-time.',
        }
      : {
          field: 'compare',
          found: compare.kind === 'variant' ? `variant.${compare.variant}` : `branch.${compare.branch}`,
          allowed: ['seed.<number>', ...(scenario?.variants ?? []).map(({ id }) => `variant.${id}`)].join(', '),
          fix: 'Write one of these, or open the link in the lab, which shows branches too.',
        };
  return { problems: [problem] };
}

interface Executed {
  readonly runs: readonly Run[];
  readonly setups: readonly Setup[];
  readonly link: LinkState;
}

function viewOf(lab: Lab, { runs, setups, link }: Executed): Omit<EmbedView, 'show' | 'theme' | 'lab'> {
  const scenario = scenarioOf(lab, setups[0]!);
  const ran = runs.map((run, at) => {
    const variant = variantOf(scenario, setups[at]!.variant);
    return { run, variant, setup: { ...setups[at]!, variant: variant?.id } };
  });
  const window = windowOf(lab, { ran, link, scenario });
  const about = aboutOf(lab, ran[0]!, { link, window });
  const key = link.view.key ?? keyOf(about) ?? scenario?.view.key;
  const sides = ran.map(({ run, variant, setup }) => {
    const verdict = run.verdicts.find(({ id }) => id === about?.id);
    return { setup, variant, run, focus: focusOf(lab, run, key), verdict };
  });
  const stopsUs = [...new Set(runs.flatMap((run) => timesOf(run, window)))].sort((a, b) => a - b);
  const stepUs = link.view.step === undefined ? undefined : timeAfter(runs[0]!, link.view.step);
  const inside = stepUs !== undefined && stepUs >= window.fromUs && stepUs <= window.toUs;
  return {
    title: scenario?.title ?? lab.model.title,
    modelId: lab.model.id,
    scenario,
    sides: sides.map((side) => ({ ...side, decidedUs: decidedOf(side, stopsUs.at(-1) ?? window.toUs) })),
    ...window,
    stopsUs,
    restUs: inside ? stepUs : window.toUs,
  };
}

type Ran = Pick<EmbedSide, 'run' | 'variant' | 'setup'>;

/** A run as the pictures of scenarios take it. */
function pinnedOf(lab: Lab, { run, variant }: Ran) {
  if (variant === undefined) return [];
  return [{ run, variant, focus: focusOf(lab, run, undefined), progress: progressOf(run.record) }];
}

/** The verdict that the link names; else the violation that the window shows; else the one that matters most. */
function aboutOf(lab: Lab, ran: Ran, { link, window }: { link: LinkState; window: Stretch }): NamedVerdict | undefined {
  const { run, variant } = ran;
  const shown = pinnedOf(lab, ran).map((pinned) => violationIn(pinned, window)?.id)[0];
  const wanted = link.view.verdict ?? shown;
  return run.verdicts.find(({ id }) => id === wanted) ?? overallOf(run, variant).first;
}

/** The key asked for, or the most used where no operation is on that one. */
function focusOf({ model }: Lab, { record: { operations } }: Run, key: string | undefined): Focus {
  const keys = model.keys(operations);
  return model.focus(operations, key !== undefined && keys.includes(key) ? key : (keys[0] ?? ''));
}

type Side = Omit<EmbedSide, 'decidedUs'>;

function keyOf(named: NamedVerdict | undefined): string | undefined {
  return named?.verdict.status === 'violated' ? named.verdict.witness.key : undefined;
}

/** A stretch of simulated time, in microseconds. */
interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
}

interface Framed {
  readonly ran: readonly Ran[];
  readonly link: LinkState;
  readonly scenario: Scenario | undefined;
}

/** What the link frames; else what shows the scenario, its violation included; else the beginning. */
function windowOf(lab: Lab, { ran, link, scenario }: Framed): Stretch {
  const { fromUs, toUs } = link.view;
  const endUs = Math.max(...ran.map(({ run }) => run.simulatedUs));
  if (fromUs !== undefined && toUs !== undefined)
    return { fromUs: Math.min(fromUs, endUs - 1), toUs: Math.min(toUs, endUs) };
  if (scenario === undefined) return { fromUs: 0, toUs: Math.min(WINDOW_US, endUs) };
  const { wanted } = pictureWindow(
    scenario,
    ran.flatMap((one) => pinnedOf(lab, one)),
  );
  return { fromUs: wanted.fromUs, toUs: Math.min(wanted.toUs, endUs) };
}

function timesOf({ timeline }: Run, { fromUs, toUs }: Stretch): readonly number[] {
  if (timeline === undefined) return [];
  // What happens at the first instant has happened when the window opens.
  const first = timeline.stepsUntil(fromUs);
  return Array.from({ length: timeline.stepsUntil(toUs) - first }, (_, at) => timeline.timeUs(first + at));
}

/** The instant after so many steps. */
function timeAfter({ timeline }: Run, steps: number): number | undefined {
  if (timeline === undefined || steps < 1 || steps > timeline.length) return undefined;
  return timeline.timeUs(steps - 1);
}

function decidedOf({ run, verdict }: Side, lastUs: number): number {
  if (verdict?.verdict.status !== 'violated') return lastUs;
  const step = lastStepOf(run, verdict.verdict.witness);
  return step === undefined ? lastUs : Math.min(lastUs, run.timeline?.timeUs(step) ?? lastUs);
}
