'use client';

import { lazy, Suspense, useMemo } from 'react';
import { formatCount, type ProcessView, type Run, type StepView } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { momentAt } from '../../../_run/moment.ts';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useCalm, useLab } from '../state/context.tsx';
import { formatTimeUnit, unitOf } from '../state/format.ts';
import { narrationOf, useStepInView } from '../state/hooks.ts';
import { CausesList } from './causes-list.tsx';
import { ClockRow, TimerList } from './clocks.tsx';
import styles from './inspector.module.css';
import { MessageView } from './message-view.tsx';
import { ProcessState } from './process-state.tsx';

// The layout of charts is a library of its own: the rest of the lab does not wait for it.
const Statecharts = lazy(() => import('./statecharts.tsx').then((module) => ({ default: module.Statecharts })));

/** The step in view and the process where it happened: what, why, and what it changed. */
export function Inspector() {
  const run = useLab((state) => state.run);
  const step = useStepInView();
  const valid = run?.timeline !== undefined && step < run.timeline.length;
  return (
    <aside className={`${pane.pane} ${styles.inspector}`} aria-labelledby="inspector-head">
      {run !== undefined && valid ? (
        <Inspected run={run} step={step} />
      ) : (
        <PaneHead id="inspector-head" title="Inspector" />
      )}
    </aside>
  );
}

function Inspected({ run, step }: { readonly run: Run; readonly step: number }) {
  const model = useLab((state) => state.model);
  const focus = useLab((state) => state.focus);
  const followed = useLab((state) => state.host);
  const timeline = run.timeline!;
  const view = step < 0 ? undefined : timeline.step(step);
  const unit = unitOf(run.simulatedUs);
  const sentence = useMemo(() => narrationOf(model, run, focus, step), [model, run, focus, step]);
  const where =
    view === undefined ? '' : ` · ${formatTimeUnit(view.atUs, unit)}${view.process === '' ? '' : ` · ${view.process}`}`;
  return (
    <>
      <div>
        <PaneHead id="inspector-head" title="Inspector">
          <span className={`data ${styles.quiet}`}>
            step {formatCount(step + 1)}
            {where}
          </span>
        </PaneHead>
        <p className={styles.sentence}>{unbroken(sentence)}</p>
        {view?.message !== undefined && <MessageView step={view} unit={unit} />}
      </div>
      {view !== undefined && <CausesList run={run} step={step} />}
      <Subject run={run} step={view} followed={followed} />
    </>
  );
}

interface SubjectProps {
  readonly run: Run;
  readonly step: StepView | undefined;
  readonly followed: string | undefined;
}

/** The host that the rest of the inspector is about, as it is at the moment in view. */
function Subject({ run, step, followed }: SubjectProps) {
  const steps = useCalm((state) => state.steps);
  const { follow } = useActions();
  const timeline = run.timeline!;
  // A selected step shows the world just after it; a followed host shows the moment in view.
  const at = followed === undefined && step !== undefined ? step.index + 1 : Math.min(steps, timeline.length);
  const after = momentAt(timeline, at);
  const before = at > 0 ? momentAt(timeline, at - 1) : after;
  const host = followed ?? (step?.host === undefined || step.host === '' ? after.hosts[0]?.id : step.host) ?? '';
  const processes = processesOf([...after.processes, ...before.processes], host);
  const subject = processes.find(({ id }) => followed === undefined && id === step?.process) ?? processes[0];
  const hostView = after.host(host);
  return (
    <>
      {followed !== undefined && (
        <p className={styles.follow}>
          <span>Following {followed}</span>
          <button type="button" className={styles.plain} onClick={() => follow(undefined)}>
            back to the step
          </button>
        </p>
      )}
      <Suspense fallback={<div className={styles.charts} />}>
        <Statecharts run={run} at={at} host={host} processes={processes} subject={subject?.id} />
      </Suspense>
      {subject !== undefined && (
        <ProcessState
          run={run}
          after={after.process(subject.id) ?? subject}
          before={before.process(subject.id)}
          nowUs={after.nowUs}
        />
      )}
      <TimerList
        processes={processes.filter(({ id }) => after.process(id) !== undefined)}
        nowUs={after.nowUs}
        unit={unitOf(run.simulatedUs)}
      />
      {hostView !== undefined && (
        <div>
          <ClockRow host={hostView} nowUs={after.nowUs} unit={unitOf(run.simulatedUs)} />
        </div>
      )}
    </>
  );
}

/** The processes of a host, each once, the newest view of it first. A process that has just ended is still among them. */
function processesOf(views: readonly ProcessView[], host: string): readonly ProcessView[] {
  const seen = new Map<string, ProcessView>();
  for (const process of views) if (process.host === host && !seen.has(process.id)) seen.set(process.id, process);
  return [...seen.values()];
}
