import { memo } from 'react';
import { tenth } from '../../../simulations/index.ts';
import type { Frame } from '../layout/frame.ts';
import { stepPoint } from '../layout/hit.ts';
import { StoryMark } from './story-mark.tsx';

/** Width and height that one mark takes, in px. */
const PLACE = 18;

/** The events of an explanation by their numbers, over their lanes, those of the whole system on the axis; those of one moment side by side. */
export const StoryLayer = memo(function StoryLayer({ frame }: { frame: Frame }) {
  const { story, cone, run } = frame;
  if (story === undefined) return null;
  const taken = new Map<number, number>();
  return story.map((event, index) => {
    const at = stepPoint(frame, event.step) ?? [frame.x(event.atUs), frame.axisY];
    const host = run.timeline!.trace.host(event.step);
    const row = host < 0 ? frame.axisY : at[1] - frame.lanes.pitch / 2 + 1;
    const lane = Math.round(row);
    const x = Math.max(at[0], (taken.get(lane) ?? Number.NEGATIVE_INFINITY) + PLACE);
    taken.set(lane, x);
    return (
      <g key={`${event.step} ${event.host}`} transform={`translate(${tenth(x)} ${tenth(row)})`}>
        <StoryMark number={index + 1} event={event} current={event.step === cone?.step} />
      </g>
    );
  });
});
