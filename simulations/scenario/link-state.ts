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
  /** The tree that the run stands in, the run that all others come from first; undefined: it stands alone. At most 32. */
  readonly branches?: readonly LinkBranch[];
  /** Which of the branches is the run that the fields above describe. Only with `branches`. */
  readonly branch?: number;
  readonly view: LinkView;
}

/** A run in a link's tree. What it decides stands here in full; for the branch in view it stands in the link itself and is left out here. */
export interface LinkBranch {
  /** Position of the branch that it left; undefined for the first. */
  readonly parent?: number;
  /** The moment at which it left, in microseconds: what was in view when the change was made. */
  readonly atUs?: number;
  /** A name that somebody gave it; undefined: it is called after what was changed. */
  readonly title?: string;
  readonly variant?: string;
  readonly seed?: number;
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  readonly faults?: readonly Fault[];
}

/** What stands beside the run in view: a variant or another seed of the same setup, or a branch of the link. */
export type LinkCompare =
  | { readonly kind: 'variant'; readonly variant: string }
  | { readonly kind: 'branch'; readonly branch: number }
  | { readonly kind: 'seed'; readonly seed: number };

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
  readonly compare?: LinkCompare;
  /** Opens the question before the run, or the challenge. */
  readonly teach?: 'predict' | 'challenge';
  /** Opens for an audience: stage, diagram and captions alone. */
  readonly present?: true;
  /** What the lower pane measures, in the place of the space-time diagram. */
  readonly lower?: 'metrics' | 'seeds';
  readonly lanes?: LinkLanes;
}

/** Which lanes the space-time diagram shows, and how: hosts from the top, hosts that are hidden, roles whose hosts share a lane. By their ids. */
export interface LinkLanes {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly folded: readonly string[];
}
