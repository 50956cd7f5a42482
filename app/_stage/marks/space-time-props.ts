import type { ExplainedEvent, Focus, LaneView, Run, SpaceTimeSize, Witness } from '../../../simulations/index.ts';
import type { CaptionMark } from './caption-layer.tsx';

/** A window of a run, to draw. Times in microseconds of simulated time. */
export interface SpaceTimeProps {
  /** A run with its history (`run.timeline`); without one only lanes and operations are drawn. */
  readonly run: Run;
  readonly focus: Focus;
  /** The window. On a narrow screen the picture keeps its scale and shows a part of it, around `nowUs` or the selection. */
  readonly fromUs: number;
  readonly toUs: number;
  /** The moment in view. Undefined: no playhead. */
  readonly nowUs?: number;
  /** Lights the causal cone of this step; arrow keys walk from it. */
  readonly selectedStep?: number;
  /** The step whose cone is lit, where the light follows the selection when the reader's hand rests. Default: `selectedStep`. */
  readonly litStep?: number;
  /** Operations that prove a violation: underlined in vermilion, never dimmed, with the proof boundary. */
  readonly witness?: Witness;
  /** An explanation of the run: its events are lit and numbered, everything else is dimmed. */
  readonly story?: readonly ExplainedEvent[];
  /** Places about which something is said, marked on their lanes. An explanation takes their room. */
  readonly captions?: readonly CaptionMark[];
  /** The number of the caption in view. */
  readonly caption?: number;
  /** Which lanes to show, in which order, which of them as one. Default: every host on a lane of its own. */
  readonly lanes?: LaneView;
  readonly size: SpaceTimeSize;
  /** Height in px that the picture should fit into: its lanes then stand closer together, within reason. Default: any. */
  readonly room?: number;
  /** Height in px. Default: what the lanes need. */
  readonly height?: number;
  /** Spoken name of the picture. Default "Space-time diagram" with the window. */
  readonly label?: string;
  onSelectStep?(step: number | undefined): void;
  onSelectOperation?(operation: number): void;
  onSeek?(us: number): void;
  onWindow?(fromUs: number, toUs: number): void;
  /** Told which signs stand on the picture whenever they change: what a legend must explain. */
  onSigns?(signs: readonly string[]): void;
  /** Asks for the window that matters most: a double click. */
  onFrame?(): void;
}
