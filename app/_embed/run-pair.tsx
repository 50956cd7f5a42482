import type { Scenario } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';
import { verticalLayout } from '../_stage/layout/frame.ts';
import { StaticSpaceTime } from '../_static/static-space-time.tsx';
import { PairPlayer, type SideWords } from './pair-player.tsx';
import { labLinkOf, type PairOptions, type PairSide, runPair } from './pair-sides.ts';

/** Two variants of a scenario, to play side by side. Strings and numbers only, so that MDX can write it. */
export interface RunPairProps {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Id of the variant that shows the damage. */
  readonly broken: string;
  /** Id of the variant that differs from it in one decision and takes the damage away. */
  readonly fixed: string;
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
  const { scenario, variants, fromUs, toUs } = options;
  const pair = runPair(options);
  const words = pair.sides.map((side, at) => wordsOf(side, variants[at]!, options));
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
      id={`${scenario.id}-${variants[at]}`}
    />
  ));
  return (
    <PairPlayer
      options={{ scenario: plain(scenario), variants, property: props.property, fromUs, toUs }}
      words={[words[0]!, words[1]!]}
      stopsUs={pair.stopsUs}
      predict={props.predict}
      stacked={props.stacked ?? false}
      pictures={[pictures[0]!, pictures[1]!]}
      heightPx={verticalLayout(pair.sides[0].run, 'figure').height}
    />
  );
}

function optionsOf(props: RunPairProps): PairOptions {
  const scenario = loadScenarios().find(({ id }) => id === props.scenario);
  if (scenario === undefined) throw new Error(`<RunPair scenario="${props.scenario}">: there is no such scenario.`);
  const { fromUs = 0, toUs = scenario.durationUs } = scenario.view;
  return {
    scenario,
    variants: [props.broken, props.fixed],
    property: props.property,
    fromUs: props.fromMs === undefined ? fromUs : Math.round(props.fromMs * 1000),
    toUs: props.toMs === undefined ? toUs : Math.round(props.toMs * 1000),
  };
}

/** What travels to the page must be plain data. */
function plain(scenario: Scenario): Scenario {
  return JSON.parse(JSON.stringify(scenario)) as Scenario;
}

function wordsOf(side: PairSide, id: string, options: PairOptions): SideWords {
  const variant = options.scenario.variants.find((candidate) => candidate.id === id);
  if (variant === undefined) throw new Error(`${options.scenario.id} has no variant "${id}".`);
  const part = variant.part === 'broken' ? 'Broken' : variant.part === 'fixed' ? 'Fixed' : 'Compared';
  return { part, title: variant.title, link: labLinkOf(side, id, options), digest: side.run.digest };
}
