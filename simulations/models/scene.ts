import type { HostId } from '../kernel/behavior.ts';
import type { HostStatus } from '../kernel/view.ts';

/** Which glyph a message is drawn with: circle reads, square writes, diamond repairs, triangle controls. Solid carries a value. */
export interface MessageMark {
  readonly glyph: 'circle' | 'square' | 'diamond' | 'triangle';
  readonly solid: boolean;
  /** What the legend calls it: read, value, write, ack, repair, tree, control. */
  readonly family: string;
}

/** A version of a value on a replica: `label` is what the chip says (`v5`), `rank` orders versions from old to new. */
export interface Version {
  readonly label: string;
  readonly rank: number;
  /** The value in words, for the text form and the inspector. */
  readonly value: string;
  /** True for a tombstone. */
  readonly deleted: boolean;
  /** More than one label when the replica holds siblings. */
  readonly siblings: number;
}

/** A node of the topology: replicas are circles, clients squares. */
export interface SceneNode {
  readonly host: HostId;
  readonly shape: 'replica' | 'client';
  readonly status: HostStatus;
  /** What it has on disk for the key in focus; undefined where that makes no sense. */
  readonly version?: Version;
  /** Votes counted for the request it coordinates: `have` of `need`. */
  readonly gauge?: { readonly have: number; readonly need: number; readonly label: string };
  /** A few words beside the node: "3 hints", "rejoining". */
  readonly remark?: string;
}

/** What to draw of one moment. A new model emits these and needs no React. */
export type Scene = TopologyScene;

/** Nodes on a ring or in a row; packets and cuts come from the kernel and are drawn over it. */
export interface TopologyScene {
  readonly kind: 'topology';
  readonly layout: 'ring';
  readonly nodes: readonly SceneNode[];
  /** What each message of `world.inFlight` carries, in its order, as short as a chip: `v5`. Undefined, or left out: nothing worth a word. */
  readonly packetLabels?: readonly (string | undefined)[];
  /** What the disks hold, drawn beside the nodes. Undefined: the bands of the lanes say it all. */
  readonly panels?: readonly Panel[];
  /** The whole picture as one paragraph, for a screen reader and the command line. */
  readonly text: string;
}

/** A picture beside the nodes. */
export type Panel = LogMatrix | Sheet;

/** An entry at one place of a log on one host. */
export interface LogCell {
  /** What the entry does, as short as a chip: `x3`, `+1`, `config`. */
  readonly label: string;
  /** The term, epoch or ballot in which it was made: the texture tells newer from older. */
  readonly epoch: number;
  /** False: received, and lost by a crash. */
  readonly durable: boolean;
  /** True where another entry is or will be chosen for this place: drawn struck. */
  readonly doomed: boolean;
}

/** The log of one host from its first kept place on. */
export interface LogLane {
  readonly host: HostId;
  /** The index of the first cell; entries before it lie in a snapshot. */
  readonly firstIndex: number;
  /** Null: nothing stands at this place yet, while something does at a later one. */
  readonly cells: readonly (LogCell | null)[];
  /** Places that this host knows, such as `commit` or `applied`: the line stands after the entry with that index. */
  readonly cursors: readonly { readonly label: string; readonly index: number }[];
  /** A double ring around the name: it leads, by its own account. */
  readonly leads: boolean;
}

/** Logs under each other on one index axis: what each disk holds at the moment. */
export interface LogMatrix {
  readonly kind: 'log-matrix';
  readonly title: string;
  /** What the numbers of the cells' epochs are called: `term`, `epoch`, `ballot`. */
  readonly epochWord: string;
  readonly lanes: readonly LogLane[];
  /** The last index that is chosen for good, as the whole system knows it; 0: none. */
  readonly committed: number;
}

/** A table of what hosts hold: stores side by side, a matrix of version vectors, shares of a budget. */
export interface Sheet {
  readonly kind: 'sheet';
  readonly title: string;
  /** Above the columns; the first column is the row's name. */
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** One for each column. `rank` gives the texture as for versions; `marked`: it changed at the step in view or conflicts. */
    readonly cells: readonly { readonly text: string; readonly rank?: number; readonly marked?: boolean }[];
  }[];
}
