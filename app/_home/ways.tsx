import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Scenario } from '../../simulations/index.ts';
import { Verdict } from '../_shell/verdict-mark.tsx';
import { Ranges } from '../_stage/marks/ranges.tsx';
import { verdictOn, violationsOf } from '../_static/evidence.ts';
import { loadMeasured, rateIn } from '../_static/measured.ts';
import type { PinnedRun } from '../_static/pinned.ts';
import { Terminal } from './terminal.tsx';
import styles from './ways.module.css';

/** Three ways to use what is there: learn from a guide, cite a scenario, check from a terminal. */
export function Ways({ scenario, runs }: { scenario: Scenario; runs: readonly PinnedRun[] }) {
  return (
    <section className={styles.ways} aria-label="Three ways to use it">
      <Way title="Learn">
        <p>Predict, run, explain, change. A guide opens with its rule, asks what you expect, then lets you run it.</p>
        <ol className={styles.guide}>
          {[
            'Predict what two overlapping quorums return',
            'Run it, step by step, until a read goes back',
            'Change one decision and run it again',
          ].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className={styles.on}>
          <Link href="/guides/measure-quorum-tradeoffs" prefetch={false}>
            Measure the consistency you buy
          </Link>
        </p>
      </Way>
      <Review scenario={scenario} runs={runs} />
      <Way title="Use">
        <p>
          Hold your own histories and scenarios to the same checkers, from a terminal or in CI. The exit status says
          whether they hold.
        </p>
        <Terminal />
      </Way>
    </section>
  );
}

function Way({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.way}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

function Review({ scenario, runs }: { scenario: Scenario; runs: readonly PinnedRun[] }) {
  const cited = runs.find(({ variant }) => variant.part === 'broken') ?? runs[0]!;
  const [violation] = violationsOf(cited);
  const measured = loadMeasured(scenario.id);
  const rates = runs.flatMap(({ variant }) => {
    const rate =
      measured === undefined || violation === undefined ? undefined : rateIn(measured, variant.id, violation.id);
    return rate === undefined ? [] : [{ name: variant.id, ...rate }];
  });
  return (
    <Way title="Review">
      <p>
        Cite a scenario as evidence: variants on the same seed, a witness
        {rates.length > 0 && ', the rate over many seeds'} and what the fix costs.
      </p>
      {rates.length > 0 && (
        <Ranges
          rates={rates}
          axis="seeds that violate, 95 % interval"
          label={`${scenario.title}: rates of violation`}
        />
      )}
      <ul className={styles.verdicts} aria-label={`Verdicts on seed ${scenario.seed}`}>
        {runs.map((pinned) => {
          const verdict = verdictOn(pinned, violation?.id ?? '')?.verdict;
          return (
            <li key={pinned.variant.id}>
              <span>{pinned.variant.title}</span>
              {verdict !== undefined && <Verdict status={verdict.status} />}
            </li>
          );
        })}
      </ul>
      <blockquote className={styles.cite}>
        {violation?.sentence} <span className="data quiet">{cited.run.digest}</span>
      </blockquote>
      <p className={styles.on}>
        <Link href={`/scenarios/${scenario.id}`} prefetch={false}>
          {scenario.title}
        </Link>
      </p>
    </Way>
  );
}
