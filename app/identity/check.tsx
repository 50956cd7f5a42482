'use client';

import { useEffect, useRef, useState } from 'react';
import type { Scenario } from '../../simulations/index.ts';
import { Button } from '../_shell/button.tsx';
import { Verdict } from '../_shell/verdict-mark.tsx';
import type { DigestAnswer, DigestTask } from './digest.worker.ts';
import styles from './identity.module.css';

/** A run with the digest that it got when the site was built. */
export interface ExpectedDigest {
  readonly scenario: string;
  readonly variant: string;
  readonly digest: string;
}

type Answers = Readonly<Record<string, DigestAnswer>>;

const nameOf = ({ scenario, variant }: { scenario: string; variant: string }) => `${scenario}/${variant}`;

/** Runs every pinned run in a worker of this browser and holds its digests against those of the build. */
export function Check({
  scenarios,
  expected,
}: {
  scenarios: readonly Scenario[];
  expected: readonly ExpectedDigest[];
}) {
  const [answers, setAnswers] = useState<Answers>({});
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const [running, setRunning] = useState(false);
  const worker = useRef<Worker | undefined>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);

  const start = () => {
    worker.current?.terminate();
    setAnswers({});
    setFailure(undefined);
    setRunning(true);
    const one = new Worker(new URL('./digest.worker.ts', import.meta.url), { type: 'module' });
    worker.current = one;
    let left = expected.length;
    one.onmessage = ({ data }: MessageEvent<DigestAnswer>) => {
      setAnswers((before) => ({ ...before, [nameOf(data)]: data }));
      left--;
      if (left === 0) setRunning(false);
    };
    one.onerror = (event) => {
      setFailure(event.message || 'the worker did not start');
      setRunning(false);
    };
    for (const { scenario, variant } of expected) {
      const found = scenarios.find((candidate) => candidate.id === scenario);
      if (found !== undefined) one.postMessage({ scenario: found, variant } satisfies DigestTask);
    }
  };

  const done = Object.keys(answers).length;
  const equal = expected.filter((one) => digestOf(answers[nameOf(one)]) === one.digest).length;
  return (
    <>
      <p className={styles.act}>
        <Button look="primary" size="large" onClick={start} disabled={running}>
          Check on this machine
        </Button>
        <span className={styles.state} role="status">
          {stateText({ running, done, equal, all: expected.length, failure })}
        </span>
      </p>
      <Results expected={expected} answers={answers} />
    </>
  );
}

function digestOf(answer: DigestAnswer | undefined): string | undefined {
  return answer !== undefined && 'digest' in answer ? answer.digest : undefined;
}

function stateText(state: {
  running: boolean;
  done: number;
  equal: number;
  all: number;
  failure: string | undefined;
}): string {
  const { running, done, equal, all, failure } = state;
  if (failure !== undefined) return `The worker failed: ${failure}. Reload the page and try again.`;
  if (running) return `${done} of ${all} runs done`;
  if (done === 0) return `${all} runs, a second or two`;
  return equal === all ? `All ${all} digests are equal.` : `${all - equal} of ${all} digests differ.`;
}

function Results({ expected, answers }: { expected: readonly ExpectedDigest[]; answers: Answers }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col">Variant</th>
            <th scope="col">At build time</th>
            <th scope="col">Here</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {expected.map((one) => (
            <Row key={nameOf(one)} expected={one} answer={answers[nameOf(one)]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ expected, answer }: { expected: ExpectedDigest; answer: DigestAnswer | undefined }) {
  const digest = digestOf(answer);
  const problem = answer !== undefined && 'problem' in answer ? answer.problem : undefined;
  return (
    <tr data-run={nameOf(expected)} data-digest={digest}>
      <th scope="row">{expected.scenario}</th>
      <td className="data">{expected.variant}</td>
      <td className="data">{expected.digest}</td>
      <td className={`data ${styles.here}`}>{digest ?? problem ?? 'not run'}</td>
      <td>
        {answer === undefined ? (
          <Verdict status="unknown">not run</Verdict>
        ) : digest === expected.digest ? (
          <Verdict status="ok">equal</Verdict>
        ) : (
          <Verdict status="violated">differs</Verdict>
        )}
      </td>
    </tr>
  );
}
