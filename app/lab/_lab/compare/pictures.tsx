'use client';

import { useId, useMemo, useRef, useState } from 'react';
import { type Focus, fieldOf, formatCount, type Run } from '../../../../simulations/index.ts';
import { overallOf } from '../../../_run/verdicts.ts';
import { VerdictMark } from '../../../_shell/verdict-mark.tsx';
import { type Frame, makeFrame } from '../../../_stage/layout/frame.ts';
import { narrowWindow } from '../../../_stage/layout/narrow.ts';
import { Minimap } from '../../../_stage/marks/minimap.tsx';
import { useWidth } from '../../../_stage/marks/use-width.ts';
import { useActions, useLab } from '../state/context.tsx';
import { useMedia } from '../state/hooks.ts';
import { stepInView, type TimeWindow } from '../state/store.ts';
import { type Compared, focusOf } from './comparison.ts';
import { DifferenceStrip } from './difference-strip.tsx';
import styles from './pictures.module.css';
import { SidePicture } from './side-picture.tsx';

/** Both space-time diagrams on one axis, with what they share in between. Time, window and selection are those of the lab. */
export function Pictures({ compared }: { readonly compared: Compared }) {
  const { a, b, names, comparison } = compared;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 836);
  const { frames, shift } = useFrames(compared, width);
  const timeUs = useLab((state) => state.timeUs);
  const selected = useSelected(compared);
  const { pause, select, pointBeside, seek, showWindow } = useActions();
  const { only, moved, counterpart } = comparison.steps;
  const [movedA, movedB] = useMemo(() => [moved.map(([step]) => step), moved.map(([, step]) => step)], [moved]);
  const pausing =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      pause();
      act(...args);
    };
  const selectBeside = (step: number | undefined) => {
    const twin = step === undefined ? undefined : counterpart(step, 'b');
    if (step === undefined || twin !== undefined) select(twin);
    else pointBeside(step, b.timeline!.timeUs(step));
  };
  const common = {
    nowUs: timeUs,
    partUs: comparison.divergence?.atUs,
    onSeek: pausing(seek),
    onWindow: (fromUs: number, toUs: number) => showWindow(shift({ fromUs, toUs })),
  };
  return (
    <div className={styles.pictures}>
      <div ref={box} className={styles.measure} />
      <SideHead run={a} name={names[0]} note="in view" alone={only.a.length} />
      <SidePicture
        {...common}
        frame={frames[0]}
        selected={selected[0]}
        only={only.a}
        moved={movedA}
        label={`${names[0]}, space-time diagram`}
        onSelectStep={pausing(select)}
      />
      <DifferenceStrip compared={compared} frames={frames} selected={selected} />
      <SideHead run={b} name={names[1]} note="beside it" alone={only.b.length} />
      <SidePicture
        {...common}
        frame={frames[1]}
        selected={selected[1]}
        only={only.b}
        moved={movedB}
        label={`${names[1]}, space-time diagram`}
        onSelectStep={pausing(selectBeside)}
      />
      <Strip run={a} />
    </div>
  );
}

interface SideHeadProps {
  readonly run: Run;
  readonly name: string;
  readonly note: string;
  readonly alone: number;
}

function SideHead({ run, name, note, alone }: SideHeadProps) {
  const { status, violated, total } = useMemo(() => overallOf(run, undefined), [run]);
  return (
    <h3 className={styles.head}>
      <VerdictMark status={status} size={14} />
      <span className={styles.name}>{name}</span>
      <span className={`data ${styles.note}`}>
        {note} · {violated} of {total} checks violated · {formatCount(alone)} steps only here
      </span>
      <span className={`data ${styles.digest}`}>{run.digest}</span>
    </h3>
  );
}

/** The whole run as a strip, to move the window of both. */
function Strip({ run }: { readonly run: Run }) {
  const window = useLab((state) => state.window);
  const timeUs = useLab((state) => state.timeUs);
  const { showWindow } = useActions();
  return (
    <div className={styles.strip}>
      <Minimap
        run={run}
        fromUs={window.fromUs}
        toUs={window.toUs}
        nowUs={timeUs}
        onWindow={(fromUs, toUs) => showWindow({ fromUs, toUs })}
      />
    </div>
  );
}

/** The step in view and the same event in the other run; or a step that only the other one has. While time passes only what was pointed at is lit. */
function useSelected({ comparison, a }: Compared): readonly [a: number | undefined, b: number | undefined] {
  const step = useLab((state) => (state.playing ? (state.selected ?? -1) : stepInView(state)));
  const besideStep = useLab((state) => state.besideStep);
  if (besideStep !== undefined) return [undefined, besideStep];
  if (step < 0 || step >= a.timeline!.length) return [undefined, undefined];
  return [step, comparison.steps.counterpart(step, 'a')];
}

/** A window that is narrower than this in px shows less time at the scale of a wide one. */
const LAB_PX = 660;

/**
 * Both diagrams laid out for the same window of time. On a narrow screen they show a part of the lab's window; `shift` turns a part that
 * the reader moved to into a window of the lab.
 */
function useFrames({ a, b }: Compared, width: number) {
  const id = useId();
  const key = useLab((state) => state.focus.key);
  const window = useLab((state) => state.window);
  const timeUs = useLab((state) => state.timeUs);
  const roomy = useMedia('(max-width: 1180px), (min-height: 1060px)');
  const size = roomy && width >= LAB_PX ? 'lab' : 'figure';
  const [shownFromUs, setShown] = useState<number | undefined>(undefined);
  const { left, right } = fieldOf(a, size, width);
  const part = narrowWindow(window, {
    size: 'lab',
    fieldPx: width >= LAB_PX ? 10_000 : right - left,
    anchorUs: timeUs,
    shownFromUs,
  });
  if (part.fromUs !== shownFromUs && part.fromUs !== window.fromUs) setShown(part.fromUs);
  const focuses = useMemo(() => [focusOf(a, key), focusOf(b, key)] as const, [a, b, key]);
  const frames = useMemo(() => {
    const frameOf = (run: Run, focus: Focus, name: string): Frame =>
      makeFrame({
        run,
        focus,
        size,
        fromUs: part.fromUs,
        untilUs: part.toUs,
        width,
        selectedStep: undefined,
        witness: undefined,
        id: `${id}${name}`,
      });
    return [frameOf(a, focuses[0], 'a'), frameOf(b, focuses[1], 'b')] as const;
  }, [a, b, focuses, size, part.fromUs, part.toUs, width, id]);
  const shift = ({ fromUs, toUs }: TimeWindow): TimeWindow => {
    const scale = (window.toUs - window.fromUs) / (part.toUs - part.fromUs);
    const start = fromUs - (part.fromUs - window.fromUs) * ((toUs - fromUs) / (part.toUs - part.fromUs));
    setShown(fromUs);
    return { fromUs: start, toUs: start + (toUs - fromUs) * scale };
  };
  return { frames, shift };
}
