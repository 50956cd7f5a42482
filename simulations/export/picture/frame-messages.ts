import { isBetweenLanes } from './arrows.ts';
import type { DiagramFrame } from './frame.ts';
import { type Messages, messagesIn } from './messages.ts';

const known = new WeakMap<DiagramFrame, Messages>();

/** The messages of a frame's window, found once for all layers that ask. */
export function messagesOf(frame: DiagramFrame): Messages {
  const ready = known.get(frame) ?? messagesIn(frame.run, frame.fromUs, frame.untilUs, frame.arrowsMax);
  known.set(frame, ready);
  return ready;
}

/** By index of the host: where on its lane glyphs of what it sent stand, in px, rising. None where messages are drawn as a density. */
export function glyphPlaces(frame: DiagramFrame): readonly (readonly number[])[] {
  const places = frame.run.topology.hosts.map(() => new Set<number>());
  for (const { from, to, sentUs } of messagesOf(frame).flights)
    if (isBetweenLanes(frame.lanes, from, to)) places[from]!.add(frame.x(sentUs));
  return places.map((of) => [...of].sort((a, b) => a - b));
}
