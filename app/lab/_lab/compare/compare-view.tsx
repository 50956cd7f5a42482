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
import type { ComparisonState } from './comparison.ts';
import { MetricsBeside } from './metrics-beside.tsx';
import { Pictures } from './pictures.tsx';
import { SeedBeside } from './seed-beside.tsx';
import { Tables } from './tables.tsx';
import { useComparison } from './use-comparison.ts';

/** Two runs, one above the other on one time axis: where they part, because of what, and what came of it. The transport stands in between. */
export function CompareView({ children }: { readonly children: ReactNode }) {
  const beside = useLab((state) => state.beside);
  return beside === undefined ? children : <View beside={beside}>{children}</View>;
}

function View({ beside, children }: { readonly beside: LinkCompare; readonly children: ReactNode }) {
  const { result, share } = useComparison(beside);
  const ready = result.kind === 'ready';
  const working = share !== undefined || result.kind === 'working';
  const measures = useLab((state) => state.lower !== 'spaceTime');
  return (
    <>
      <section className={`${pane.pane} ${styles.compare}`} aria-labelledby="compare-head" aria-busy={working}>
        <div className={styles.head}>
          <PaneHead id="compare-head" title="Compare" detail={<Detail result={result} share={share} />}>
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
          <Waiting result={result} share={share} />
        )}
      </section>
      {children}
      <section className={`${pane.pane} ${styles.tables}`} aria-label="What differs">
        {ready && <Tables compared={result.compared} />}
      </section>
    </>
  );
}

/** What is compared; or, while another result is on its way, how far that is. */
function Detail({ result, share }: { readonly result: ComparisonState; readonly share: number | undefined }) {
  if (result.kind !== 'ready') return '\u00a0';
  if (share === undefined) return <Names names={result.compared.names} />;
  return <span data-testid="comparing">comparing anew, {Math.floor(share * 100)} %</span>;
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
    <span className={styles.acts}>
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
    </span>
  );
}

interface WaitingProps {
  readonly result: Exclude<ComparisonState, { kind: 'ready' }>;
  readonly share: number | undefined;
}

function Waiting({ result, share = 0 }: WaitingProps) {
  switch (result.kind) {
    case 'working':
      return (
        <div className={styles.waiting}>
          <p role="status">Running the other one, and comparing.</p>
          <progress className={styles.progress} max={1} value={share} aria-label="How much of it is done" />
          <span className="data" data-testid="comparing">
            {Math.floor(share * 100)} %
          </span>
        </div>
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
