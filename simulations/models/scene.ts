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
  /** The whole picture as one paragraph, for a screen reader and the command line. */
  readonly text: string;
}
