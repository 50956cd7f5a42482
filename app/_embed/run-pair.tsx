import { cache } from 'react';
import type { Run, Scenario } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { verticalLayout } from '../_stage/layout/frame.ts';
import { StaticSpaceTime } from '../_static/static-space-time.tsx';
import { PairPlayer, type SideWords } from './pair-player.tsx';
import { labLinkOf, type Pair, type PairOptions, runPair, scenarioAt } from './pair-sides.ts';

/** Two variants of a scenario, to play side by side. Strings and numbers only, so that MDX can write it. */
export interface RunPairProps {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the variant that shows the damage. */
  readonly broken: string;
  /** Id of the variant that differs from it in one decision and takes the damage away. */
  readonly fixed: string;
  /** Id of the scenario that `fixed` belongs to, where it is another one. Default: `scenario`. */
  readonly fixedScenario?: string;
  /** Id of the property that both are held to, such as "linearizable". */
  readonly property: string;
  /** Id of the prediction whose commit starts the run. Default: none, the reader presses play. */
  readonly predict?: string;
  /** The stretch of time to show, in milliseconds of simulated time. Default: the scenario's own view. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** One above the other, over the whole width: for operations that are short beside their window. Default false. */
  readonly stacked?: boolean;
}

/**
 * Broken and fixed on the same seed, the same window of time, one transport. The pictures are drawn by the server; the engine is
 * loaded, and both variants run in the page, only once the reader plays, steps, scrubs or commits the prediction.
 */
export function RunPair(props: RunPairProps) {
  const options = optionsOf(props);
  const { scenario, other, variants, fromUs, toUs } = options;
  const pair = runPair(options);
  const words = ([0, 1] as const).map((at) => wordsOf(pair, at, options));
  const pictures = pair.sides.map((side, at) => (
    <StaticSpaceTime
      key={variants[at]}
      run={side.run}
      focus={side.focus}
      fromUs={fromUs}
      toUs={toUs}
      windowAt={() => ({ fromUs, toUs })}
      size="figure"
      widths={props.stacked ? [328, 600, 920] : [264, 328, 440]}
      label={`${words[at]!.part}, ${words[at]!.title}`}
      id={`${scenario.id}-${variants.join('-')}-${at}`}
    />
  ));
  return (
    <PairPlayer
      options={{
        scenario: plain(scenario.id),
        ...(other !== undefined && { other: plain(other.id) }),
        variants,
        property: props.property,
        fromUs,
        toUs,
      }}
      words={[words[0]!, words[1]!]}
      stopsUs={pair.stopsUs}
      predict={props.predict}
      stacked={props.stacked ?? false}
      pictures={[pictures[0]!, pictures[1]!]}
      heightsPx={[heightOf(pair.sides[0].run), heightOf(pair.sides[1].run)]}
    />
  );
}

const heightOf = (run: Run): number => verticalLayout(run, 'figure').height;

function optionsOf(props: RunPairProps): PairOptions {
  const scenario = scenarioOf(props.scenario);
  const { fromUs = 0, toUs = scenario.durationUs } = scenario.view;
  return {
    scenario,
    ...(props.fixedScenario !== undefined && { other: scenarioOf(props.fixedScenario) }),
    variants: [props.broken, props.fixed],
    property: props.property,
    fromUs: props.fromMs === undefined ? fromUs : Math.round(props.fromMs * 1000),
    toUs: props.toMs === undefined ? toUs : Math.round(props.toMs * 1000),
  };
}

function scenarioOf(id: string): Scenario {
  const scenario = loadScenarios().find((candidate) => candidate.id === id);
  if (scenario === undefined) throw new Error(`<RunPair scenario="${id}">: there is no such scenario.`);
  return scenario;
}

/** What travels to the page must be plain data. One object for a scenario, however many figures of the page show it: then it travels once. */
const plain = cache((id: string) => JSON.parse(JSON.stringify(scenarioOf(id))) as Scenario);

function wordsOf(pair: Pair, at: 0 | 1, options: PairOptions): SideWords {
  const scenario = scenarioAt(options, at);
  const variant = scenario.variants.find(({ id }) => id === options.variants[at]);
  if (variant === undefined) throw new Error(`${scenario.id} has no variant "${options.variants[at]}".`);
  // A variant of another scenario stands here as the repair, whatever it is at home.
  const repairs = variant.part === 'fixed' || (at === 1 && options.other !== undefined);
  const part = repairs ? 'Fixed' : variant.part === 'broken' ? 'Broken' : 'Compared';
  return { part, title: variant.title, link: labLinkOf(pair, at, options), digest: pair.sides[at].run.digest };
}
