'use client';

import type { ReactNode } from 'react';
import type { Problem } from '../../../../simulations/index.ts';
import { ProblemList } from '../../../_run/problem-list.tsx';
import { Button } from '../../../_shell/button.tsx';
import { useActions, useLab } from '../state/context.tsx';
import styles from './problem-panel.module.css';

export interface RefusalPanelProps {
  readonly problems: readonly Problem[];
  /** The scenario that the link names, if any. */
  readonly scenario: string | undefined;
}

/** A link that cannot be opened: each problem, and the ways on. */
export function RefusalPanel({ problems, scenario }: RefusalPanelProps) {
  return (
    <Panel title="This link does not describe a run">
      <p className={styles.lead}>
        {problems.length === 1 ? 'One thing in it is wrong.' : `${problems.length} things in it are wrong.`} Nothing was
        changed or guessed.
      </p>
      <div className={styles.problems}>
        <ProblemList problems={problems} />
      </div>
      <WaysOn scenario={scenario} />
    </Panel>
  );
}

/** Our own mistake while running a setup. */
export function FailurePanel({ message }: { readonly message: string }) {
  const scenario = useLab((state) => state.setup.scenario);
  return (
    <Panel title="The engine stopped on this run">
      <p className={styles.lead}>
        It is our mistake, not yours. The address of this page describes the run: copy it before you go on, and report
        it with the message below.
      </p>
      <p className={styles.message}>
        <code>{message}</code>
      </p>
      <WaysOn scenario={scenario} />
    </Panel>
  );
}

function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.panel} aria-labelledby="problem-title" role="alert">
      <h2 id="problem-title">{title}</h2>
      {children}
    </section>
  );
}

function WaysOn({ scenario }: { readonly scenario: string | undefined }) {
  const { chooseScenario } = useActions();
  const known = useLab((state) => state.scenarios.find(({ id }) => id === scenario) ?? state.scenarios[0]);
  const model = useLab((state) => state.model);
  return (
    <p className={styles.ways}>
      {known !== undefined && (
        <Button look="primary" size="large" onClick={() => chooseScenario(known.id)}>
          {known.id === scenario ? 'Open the scenario as it is' : `Open “${known.title}”`}
        </Button>
      )}
      <Button size="large" onClick={() => chooseScenario(undefined)}>
        Open the defaults of {model.title}
      </Button>
    </p>
  );
}
