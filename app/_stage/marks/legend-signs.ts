import {
  clockSpans,
  type MessagePaths,
  type OperationPaths,
  type SeamPaths,
  type StrataPaths,
} from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import type { CaptionMark } from './caption-layer.tsx';

/** A sign that a legend can explain. */
export type Sign =
  | 'lost'
  | 'stopped'
  | 'delayed'
  | 'duplicate'
  | 'cut'
  | 'oneWay'
  | 'down'
  | 'paused'
  | 'clock'
  | 'events'
  | 'traffic'
  | 'load'
  | 'caption';

/** The signs that stand on a picture, and the families of its messages as `family:<name>`, sorted: equal pictures give equal lists. */
export function signsOf(
  frame: Frame,
  drawn: {
    readonly strata: StrataPaths;
    readonly seams: readonly SeamPaths[];
    readonly messages: MessagePaths;
    readonly operations: OperationPaths;
    readonly captions: readonly CaptionMark[];
  },
): readonly string[] {
  const { strata, seams, messages } = drawn;
  const { density } = messages;
  const { fromUs, untilUs, lanes, run } = frame;
  const own: readonly (readonly [Sign, boolean])[] = [
    ['cut', seams.some(({ barbs }) => barbs === '')],
    ['oneWay', seams.some(({ barbs }) => barbs !== '')],
    ['down', strata.down !== ''],
    ['paused', strata.paused !== ''],
    [
      'clock',
      clockSpans(run).some(
        (span) => span.fromUs < untilUs && span.untilUs > fromUs && lanes.positionOf[span.host]! >= 0,
      ),
    ],
    ['lost', density !== undefined && density.lost !== ''],
    ['stopped', density !== undefined && density.stopped !== ''],
    ['events', density !== undefined && density.events !== ''],
    ['traffic', density !== undefined],
    ['load', drawn.operations.load !== ''],
    ['caption', drawn.captions.some(({ atUs }) => atUs >= fromUs && atUs <= untilUs)],
  ];
  const found = own.flatMap(([sign, is]) => (is ? [sign] : []));
  return [...new Set([...found, ...messages.signs])].sort();
}
