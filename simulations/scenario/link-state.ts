import type { Fault } from '../kernel/faults.ts';
import type { ScenarioData } from './scenario.ts';

/** Everything that the lab's address holds: the run, and how it is looked at. */
export interface LinkState {
  readonly model: string;
  /** Without a scenario: the model's own defaults. */
  readonly scenario?: string;
  /** A whole scenario that the link carries with it, in the form of a scenario file; `scenario` is then its id. */
  readonly file?: ScenarioData;
  readonly variant?: string;
  readonly seed?: number;
  /** Knobs turned away from what scenario and variant say. */
  readonly set: Readonly<Record<string, string | number | boolean>>;
  /** The edited fault script; undefined: as the scenario says. */
  readonly faults?: readonly Fault[];
  readonly view: LinkView;
}

/** How a run is looked at. None of it changes the run. */
export interface LinkView {
  /** Steps executed at the moment in view. */
  readonly step?: number;
  /** The selected step. */
  readonly select?: number;
  readonly key?: string;
  readonly fromUs?: number;
  readonly toUs?: number;
  /** The verdict in view, by property id. */
  readonly verdict?: string;
}
