import { formatCount, formatMs, formatMsShort, type MessagePaths } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';

/** What the keys of a diagram do, for its spoken name. */
export const KEYS =
  'Arrow keys: left and right along a lane, up to the cause, down to the effect; with shift they move the window. Plus and minus zoom, zero shows the whole run, escape deselects.';

/** The spoken name of a diagram: its window. */
export function labelOf({ fromUs, untilUs }: Frame): string {
  return `Space-time diagram, ${formatMsShort(fromUs)} to ${formatMsShort(untilUs)} ms`;
}

/** What a diagram shows, in a few sentences. */
export function describe(
  { lanes, run, cone, story, fromUs, untilUs }: Frame,
  { count, density }: MessagePaths,
): string {
  const names = lanes.lanes.map(({ id }) => id).join(', ');
  const messages =
    density === undefined
      ? `${formatCount(count)} messages.`
      : 'More messages than can be drawn one by one: traffic is hatched between the lanes, events are counted on them, losses are crosses.';
  const faults = run.record.faults
    .filter(({ sinceUs, untilUs: endUs }) => sinceUs < untilUs && endUs > fromUs)
    .map(({ fault, sinceUs }) => `Fault ${fault.id} from ${formatMs(sinceUs)} ms.`);
  return [`Lanes ${names}.`, messages, ...faults, litWords(cone, story)].join(' ').trim();
}

function litWords(cone: Frame['cone'], story: Frame['story']): string {
  if (story !== undefined) return `Lit: the ${story.length} events of the explanation.`;
  return cone === undefined
    ? ''
    : `Step ${cone.step + 1} is selected: ${cone.past} before it, ${cone.future} after it.`;
}
