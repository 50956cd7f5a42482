'use client';

import { useEffect, useMemo, useState } from 'react';
import {
  type Challenge,
  type ChallengeGrade,
  type Demand,
  gradeChallenge,
  type Scenario,
} from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { CopyButton } from '../../../_shell/copy-button.tsx';
import { VerdictMark } from '../../../_shell/verdict-mark.tsx';
import { addressOf } from '../state/address.ts';
import { useActions, useLab } from '../state/context.tsx';
import { SearchedList } from './searched-list.tsx';
import styles from './teach-pane.module.css';
import { CHALLENGE } from './teaching.ts';
import { useKept } from './use-kept.ts';

/** What is kept when a reader rightly said that it cannot be done; otherwise the address of the solution. */
const IMPOSSIBLE = 'impossible';

export interface ChallengeViewProps {
  readonly scenario: Scenario;
  readonly challenge: Challenge;
}

/** The goal, what the run in view has of it, and what it may not touch. Every change of the run is graded at once. */
export function ChallengeView({ scenario, challenge }: ChallengeViewProps) {
  const run = useLab((state) => state.run);
  const grade = useMemo(
    () => (run === undefined ? undefined : gradeChallenge(run, scenario, challenge)),
    [run, scenario, challenge],
  );
  const address = useLab(addressOf);
  const [kept, keep] = useKept(scenario.id, CHALLENGE);
  const [refuted, setRefuted] = useState(false);
  const solved = grade?.solved === true;
  useEffect(() => {
    if (solved && kept === undefined) keep(address);
  }, [solved, kept, keep, address]);
  const { startChallenge, pause } = useActions();
  const ended = kept === IMPOSSIBLE;
  const start = () => {
    pause();
    setRefuted(false);
    startChallenge();
  };
  return (
    <>
      <p className={styles.say}>{challenge.goal}</p>
      {grade !== undefined && <State grade={grade} ended={ended} refuted={refuted} />}
      {grade !== undefined && (
        <>
          <List title="The run must show" demands={grade.find} />
          <List title="Within these limits" demands={grade.limits} />
        </>
      )}
      {(solved || ended || grade?.givenUp === true) && (
        <>
          <p className={styles.outcome}>{challenge.because}</p>
          <SearchedList scenario={scenario} challenge={challenge} />
        </>
      )}
      <Acts grade={grade} address={address}>
        <Button look={solved ? 'plain' : 'primary'} onClick={start}>
          {solved || ended ? 'Start again' : 'Start here'}
        </Button>
        {!solved && !ended && (
          <Button onClick={() => (challenge.possible ? setRefuted(true) : keep(IMPOSSIBLE))}>It cannot be done</Button>
        )}
      </Acts>
      {kept !== undefined && !solved && !ended && (
        <p className={styles.hint}>
          You solved this before: <a href={kept}>your solution</a>.
        </p>
      )}
    </>
  );
}

interface StateProps {
  readonly grade: ChallengeGrade;
  readonly ended: boolean;
  readonly refuted: boolean;
}

function State({ grade, ended, refuted }: StateProps) {
  const isDone = grade.solved || grade.givenUp || ended;
  const status = isDone ? 'ok' : 'unknown';
  return (
    <p className={styles.state} role="status" data-testid="challenge" data-solved={isDone}>
      <VerdictMark status={status} size={16} />
      <span>{wordsOf(grade, ended)}</span>
      {refuted && !grade.solved && <span>It can be done within the limits.</span>}
    </p>
  );
}

function wordsOf({ solved, givenUp, find, limits }: ChallengeGrade, ended: boolean): string {
  if (solved) return 'Solved: the checkers found it in this run.';
  if (givenUp) return 'Found, by giving up what the limits keep: there is no other way.';
  if (ended) return 'Right: it cannot be done within these limits.';
  const found = find.filter(({ met }) => met).length;
  const broken = limits.filter(({ met }) => !met).length;
  if (found === find.length) return `Found, but outside ${broken === 1 ? 'a limit' : `${broken} limits`}.`;
  if (broken > 0) return `Not yet, and outside ${broken === 1 ? 'a limit' : `${broken} limits`}.`;
  return find.length === 1 ? 'Not yet.' : `Not yet: ${found} of ${find.length} found.`;
}

function List({ title, demands }: { readonly title: string; readonly demands: readonly Demand[] }) {
  return (
    <>
      <h3 className={styles.title}>{title}</h3>
      <ul className={styles.demands}>
        {demands.map(({ title: what, met, found }) => (
          <li key={what} data-met={met}>
            <VerdictMark status={met ? 'ok' : 'unknown'} size={12} />
            <span>{what}</span>
            <span className={`data ${styles.found}`}>{met ? 'yes' : (found ?? 'not yet')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface ActsProps {
  readonly grade: ChallengeGrade | undefined;
  readonly address: string;
  readonly children: React.ReactNode;
}

/** The ways on: the witness and the link of a solution, or another try. */
function Acts({ grade, address, children }: ActsProps) {
  const { showVerdict, teach } = useActions();
  const property = grade?.find.find((one) => one.property !== undefined)?.property;
  return (
    <p className={styles.acts}>
      {grade?.solved === true && (
        <>
          <CopyButton look="primary" label="Copy the solution" text={`${location.origin}${address}`} />
          {property !== undefined && <Button onClick={() => showVerdict(property)}>Show the witness</Button>}
        </>
      )}
      {children}
      <Button onClick={() => teach(undefined)}>Close</Button>
    </p>
  );
}
