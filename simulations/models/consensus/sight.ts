import type { ProcessView } from '../../kernel/view.ts';
import type { SceneNode } from '../scene.ts';
import type { Machine } from './messages.ts';
import type { Slots } from './slots.ts';

/** What every protocol keeps on disk, whatever else it keeps there. */
export type Disk = Slots;

/** What any protocol shows of one of its servers. */
export interface Sight {
  /** What it is, in the protocol's word: `follower`, `phase 1`, `leading`. */
  readonly part: string;
  readonly leads: boolean;
  /** Its term, ballot or epoch. */
  readonly number: number;
  /** Its log in memory, which its disk may lack the end of. */
  readonly log: Slots;
  /** How far it knows entries to be committed; `machine` has them applied. */
  readonly commit: number;
  readonly machine: Machine;
  /** Who decides with it, as far as it knows. */
  readonly voters: readonly string[];
  /** Votes that it counts at the moment, in an election or for its oldest open entry. */
  readonly gauge: SceneNode['gauge'];
}

/** A protocol as everything around it knows it. */
export interface Protocol {
  /** What the numbers of its leaders are called. */
  readonly numberWord: 'term' | 'ballot' | 'epoch';
  sight(process: ProcessView): Sight;
  /** The state machine that these servers, all of a group, will end with: all that was ever acknowledged is carried out. */
  outcome(servers: readonly ProcessView[], leader: ProcessView | undefined): Machine;
}
