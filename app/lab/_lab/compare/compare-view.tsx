'use client';

import type { ReactNode } from 'react';
import type { LinkCompare, Problem } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { LowerSwitch } from '../metrics/lower-switch.tsx';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { Cause } from './cause.tsx';
import styles from './compare-view.module.css';
import { CompareWith } from './compare-with.tsx';
import { MetricsBeside } from './metrics-beside.tsx';
import { Pictures } from './pictures.tsx';
import { SeedBeside } from './seed-beside.tsx';
import { Tables } from './tables.tsx';
import { type ComparisonState, useComparison } from './use-comparison.ts';

/** Two runs, one above the other on one time axis: where they part, because of what, and what came of it. The transport stands in between. */
export function CompareView({ children }: { readonly children: ReactNode }) {
  const beside = useLab((state) => state.beside);
  return beside === undefined ? children : <View beside={beside}>{children}</View>;
}

function View({ beside, children }: { readonly beside: LinkCompare; readonly children: ReactNode }) {
  const result = useComparison(beside);
  const ready = result.kind === 'ready';
  const measures = useLab((state) => state.lower !== 'spaceTime');
  return (
    <>
      <section className={`${pane.pane} ${styles.compare}`} aria-labelledby="compare-head" aria-busy={!ready}>
        <div className={styles.head}>
          <PaneHead id="compare-head" title="Compare" detail={ready ? <Names names={result.compared.names} /> : ' '}>
            <span className={styles.tools}>
              <LowerSwitch />
              <CompareWith />
              {beside.kind === 'seed' && <SeedBeside seed={beside.seed} />}
              <Tools />
            </span>
          </PaneHead>
        </div>
        {ready ? (
          <>
            <Cause compared={result.compared} />
            {measures ? <MetricsBeside compared={result.compared} /> : <Pictures compared={result.compared} />}
          </>
        ) : (
          <Waiting result={result} />
        )}
      </section>
      {children}
      <section className={`${pane.pane} ${styles.tables}`} aria-label="What differs">
        {ready && <Tables compared={result.compared} />}
      </section>
    </>
  );
}

function Names({ names: [a, b] }: { readonly names: readonly [string, string] }) {
  return (
    <>
      <b className={styles.inView}>{a}</b>, {b}
    </>
  );
}

function Tools() {
  const { swapBeside, compareWith, pause } = useActions();
  const act = (deed: () => void) => () => {
    pause();
    deed();
  };
  return (
    <>
      <Button
        className={styles.tool}
        onClick={act(swapBeside)}
        title="The lower run comes into view, the upper beside it"
      >
        Swap
      </Button>
      <Button
        className={styles.tool}
        onClick={act(() => compareWith(undefined))}
        aria-label="End the comparison"
        data-testid="compare-end"
      >
        End
      </Button>
    </>
  );
}

function Waiting({ result }: { readonly result: Exclude<ComparisonState, { kind: 'ready' }> }) {
  switch (result.kind) {
    case 'working':
      return (
        <p className={styles.waiting} role="status">
          Running the other one.
        </p>
      );
    case 'failed':
      return (
        <p className={styles.waiting} role="alert">
          The engine stopped on the other run: {result.message}. It is our mistake; the address of this page describes
          it.
        </p>
      );
    case 'refused':
      return <Refused problems={result.problems} />;
  }
}

function Refused({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className={styles.waiting} role="alert">
      {problems.map(({ field, found, allowed, fix }) => (
        <p key={field}>
          The other run is impossible. {field}: {found}; allowed: {allowed}. {fix}
        </p>
      ))}
    </div>
  );
}
