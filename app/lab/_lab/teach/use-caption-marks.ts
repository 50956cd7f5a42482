import { useMemo } from 'react';
import type { CaptionMark } from '../../../_stage/marks/caption-layer.tsx';
import { useCalm, useLab } from '../state/context.tsx';
import { captionAt, captionsIn, isVeiled } from './teaching.ts';

/** What a diagram marks of the captions of the run in view. Nothing while a prediction is open: they could tell what is asked. */
export function useCaptionMarks(): { readonly captions: readonly CaptionMark[]; readonly caption: number } {
  const { placed } = useLab(captionsIn);
  const veiled = useLab(isVeiled);
  const caption = useCalm((state) => captionAt(captionsIn(state), state) + 1);
  const captions = useMemo(
    () => (veiled ? [] : placed.map(({ step, atUs }, at) => ({ number: at + 1, step, atUs }))),
    [placed, veiled],
  );
  return { captions, caption };
}
