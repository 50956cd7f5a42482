import { useId, useMemo, useState } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { narrowWindow } from '../../../_stage/layout/narrow.ts';
import { makeSeriesFrame, seriesField } from '../../../_stage/layout/series-frame.ts';
import { useLab } from '../state/context.tsx';

/** The rows laid out for the lab's window; on a narrow screen for a part of it. */
export function useSeriesFrame(run: Run, width: number) {
  const id = useId();
  const window = useLab((state) => state.window);
  const { left, right } = seriesField(run, width);
  const [shownFromUs, setShown] = useState<number | undefined>(undefined);
  // Only on a narrow screen does the part in view depend on the moment.
  const anchorUs = useLab((state) => (right - left < 600 ? state.timeUs : 0));
  const { fromUs, toUs } = narrowWindow(window, { size: 'lab', fieldPx: right - left, anchorUs, shownFromUs });
  if (fromUs !== shownFromUs && fromUs !== window.fromUs) setShown(fromUs);
  const frame = useMemo(
    () => makeSeriesFrame({ run, fromUs, untilUs: toUs, width, id }),
    [run, fromUs, toUs, width, id],
  );
  return { frame, shift: (byUs: number) => setShown((from) => (from === undefined ? undefined : from + byUs)) };
}
