'use client';

import { useState } from 'react';
import type { ProcessView, Run } from '../../../../simulations/index.ts';
import inspector from './inspector.module.css';
import { ProcessChart } from './process-chart.tsx';
import styles from './statecharts.module.css';

export interface StatechartsProps {
  readonly run: Run;
  /** The moment: how many steps have happened. */
  readonly at: number;
  readonly host: string;
  /** Those on the host now, and one that has just ended. */
  readonly processes: readonly ProcessView[];
  /** The process whose step is in view. */
  readonly subject: string | undefined;
}

/** Processes that can be chosen; a host that coordinates may run many at once. */
const CHOICE_MAX = 6;

/** The charts of a host's processes, one in view: that of the step, until the reader chooses another. */
export function Statecharts({ run, at, host, processes, subject }: StatechartsProps) {
  const [choice, choose] = useState({ subject, process: subject });
  // A choice holds for as long as the steps in view are those of the same process.
  const chosen = choice.subject === subject ? choice.process : subject;
  const shown = processes.find(({ id }) => id === chosen) ?? processes.find(({ id }) => id === subject) ?? processes[0];
  if (shown === undefined) return null;
  const order = [...processes].sort((a, b) => rank(a, subject) - rank(b, subject));
  const offered = order.slice(0, CHOICE_MAX);
  return (
    <section className={styles.charts} aria-label={`Statechart of ${host}`}>
      <div className={inspector.head}>
        <h3>Statechart of {host}</h3>
        <span className="data">{shown.id === host ? shown.role : shown.id}</span>
      </div>
      <div className={styles.choice}>
        {offered.length > 1 &&
          offered.map((process) => (
            <button
              key={process.id}
              type="button"
              aria-pressed={process.id === shown.id}
              onClick={() => choose({ subject, process: process.id })}
            >
              {titleOf(process)}
            </button>
          ))}
        {offered.length < order.length && <span className="data">and {order.length - offered.length} more</span>}
      </div>
      <ProcessChart key={shown.id} run={run} at={at} process={shown} />
    </section>
  );
}

/** First the process of the step, then those that are always there. */
function rank({ id, host }: ProcessView, subject: string | undefined): number {
  if (id === subject) return 0;
  return id === host ? 1 : 2;
}

/** `replica`, `coordinator read17`. */
function titleOf({ id, host, role }: ProcessView): string {
  const name = id.slice(host.length + 1);
  return name === '' || name === role ? role : `${role} ${name}`;
}
