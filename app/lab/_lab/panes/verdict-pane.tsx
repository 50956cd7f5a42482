'use client';

import { useMemo } from 'react';
import { formatCount, type NamedVerdict, type Run } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { lastStepOf } from '../../../_run/verdicts.ts';
import { VerdictMark, verdictWords } from '../../../_shell/verdict-mark.tsx';
import { WitnessFigure } from '../../../_stage/marks/witness.tsx';
import pane from '../parts/pane.module.css';
import { PaneHead } from '../parts/pane-head.tsx';
import { VerdictActions } from '../search/verdict-actions.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { useShownVerdict } from '../state/hooks.ts';
import styles from './verdict-pane.module.css';

/** What the checkers found: the sentence, the operations that prove it, and every check. */
export function VerdictPane() {
  const run = useLab((state) => state.run);
  const shown = useShownVerdict();
  const key = shown?.verdict.status === 'violated' ? shown.verdict.witness.key : undefined;
  const detail = run === undefined ? ' ' : `whole run${key === undefined ? '' : `, key ${key}`}`;
  return (
    <section className={`${pane.pane} ${styles.verdict}`} aria-labelledby="verdict-head">
      <PaneHead id="verdict-head" title="Verdict" detail={detail} />
      {shown !== undefined && <Claim shown={shown} />}
      {run !== undefined && <VerdictActions shown={shown} />}
      {run !== undefined && <Checks run={run} shown={shown?.id} />}
    </section>
  );
}

/** The claims, what is violated first; then what the run put to the test. */
function Checks({ run, shown }: { readonly run: Run; readonly shown: string | undefined }) {
  const [claims, hazards] = useMemo(() => sorted(run.verdicts), [run]);
  const happened = hazards.filter(({ verdict }) => verdict.status === 'ok').length;
  return (
    <>
      <ul className={styles.checks}>
        {claims.map((named) => (
          <Check key={named.id} run={run} named={named} shown={named.id === shown} />
        ))}
      </ul>
      {hazards.length > 0 && (
        <details className={styles.hazards} open={hazards.some(({ id }) => id === shown) || undefined}>
          <summary>
            <span>Put to the test by this run</span>
            <span className={`data ${styles.word}`}>
              {happened} of {hazards.length} happened
            </span>
          </summary>
          <ul className={styles.checks}>
            {hazards.map((named) => (
              <Check key={named.id} run={run} named={named} shown={named.id === shown} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const order = { violated: 0, unknown: 2, ok: 1 } as const;

function sorted(
  verdicts: readonly NamedVerdict[],
): readonly [claims: readonly NamedVerdict[], hazards: readonly NamedVerdict[]] {
  const claims = verdicts.filter(({ kind }) => kind !== 'sometimes');
  const hazards = verdicts.filter(({ kind }) => kind === 'sometimes');
  return [claims.toSorted((a, b) => order[a.verdict.status] - order[b.verdict.status]), hazards];
}

function Claim({ shown }: { readonly shown: NamedVerdict }) {
  const run = useLab((state) => state.run)!;
  const focus = useLab((state) => state.focus);
  const { pause, selectOperation } = useActions();
  const { verdict } = shown;
  const select = (operation: number) => {
    pause();
    selectOperation(operation);
  };
  return (
    <>
      <p className={styles.claim} data-testid="claim">
        {unbroken(verdict.sentence)}
      </p>
      {verdict.status === 'violated' && (
        <WitnessFigure
          run={run}
          focus={focus}
          witness={verdict.witness}
          sentence={verdict.sentence}
          onSelectOperation={select}
        />
      )}
    </>
  );
}

interface CheckProps {
  readonly run: Run;
  readonly named: NamedVerdict;
  readonly shown: boolean;
}

function Check({ run, named, shown }: CheckProps) {
  const { pause, showVerdict } = useActions();
  const { id, title, kind, verdict } = named;
  const show = () => {
    pause();
    showVerdict(id);
  };
  return (
    <li>
      <button
        type="button"
        className={shown ? styles.shown : undefined}
        aria-pressed={shown}
        onClick={show}
        data-verdict={id}
        data-status={verdict.status}
        title={verdict.sentence}
      >
        <VerdictMark status={verdict.status} size={14} />
        <span className={verdict.status === 'violated' ? styles.violated : undefined}>{title}</span>
        <span className={`data ${styles.word}`}>{wordOf(run, named)}</span>
        <span className="sr">, {kind}</span>
      </button>
    </li>
  );
}

/** Operations are numbered as they began, and read in that order. */
function inOrder(operations: readonly number[]): string {
  return operations.toSorted((a, b) => a - b).join(', ');
}

/** A word, and where: the operations that contradict each other, or else the step that completes the violation. */
function wordOf(run: Run, { kind, verdict }: NamedVerdict): string {
  if (verdict.status === 'violated') {
    const { operations } = verdict.witness;
    if (operations.length > 4) return `violated, ${formatCount(operations.length)} ops`;
    if (operations.length > 0) return `violated, ${operations.length === 1 ? 'op' : 'ops'} ${inOrder(operations)}`;
    const step = lastStepOf(run, verdict.witness);
    return step === undefined ? 'violated' : `violated, step ${formatCount(step + 1)}`;
  }
  if (kind === 'sometimes') return verdict.status === 'ok' ? 'happened' : 'did not happen';
  return verdictWords[verdict.status];
}
