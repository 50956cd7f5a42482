'use client';

import { useMemo } from 'react';
import type { LinkCompare } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import { branchTitle } from '../state/tree.ts';
import styles from './compare-with.module.css';

const NOTHING = '';

/** What may stand beside the run in view: its other variants, the reader's other branches, another seed. */
export function CompareWith() {
  const scenario = useLab((state) => scenarioOf(state, state.applied));
  const variant = useLab((state) => state.applied.variant) ?? scenario?.variants[0]?.id;
  const seed = useLab((state) => state.applied.seed) ?? 0;
  const beside = useLab((state) => state.beside);
  const { compareWith } = useActions();
  const branches = useBranches();
  const others = (scenario?.variants ?? []).filter(({ id }) => id !== variant);
  const next = (seed + 1) % 2 ** 32;
  const besideSeed = beside?.kind === 'seed' ? beside.seed : undefined;
  const seeds = besideSeed === undefined || besideSeed === next ? [next] : [besideSeed, next];
  return (
    <label className={styles.with}>
      <span>{beside === undefined ? 'Compare with' : 'with'}</span>
      <select
        className="data"
        value={beside === undefined ? NOTHING : JSON.stringify(beside)}
        data-testid="compare-with"
        onChange={({ target }) => compareWith(target.value === NOTHING ? undefined : JSON.parse(target.value))}
      >
        <option value={NOTHING}>{beside === undefined ? 'nothing' : 'nothing: end the comparison'}</option>
        <Options label="Variants, same seed" options={others.map(({ id, title }) => [title, variantOf(id)])} />
        <Options label="Branches" options={branches} />
        <Options label="Seeds" options={seeds.map((other) => [`seed ${other}`, { kind: 'seed', seed: other }])} />
      </select>
    </label>
  );
}

type Option = readonly [title: string, beside: LinkCompare];

function variantOf(variant: string): LinkCompare {
  return { kind: 'variant', variant };
}

/** Every branch but the one in view, with its name. */
function useBranches(): readonly Option[] {
  const store = useLabStore();
  const branches = useLab((state) => state.branches);
  const current = useLab((state) => state.branch);
  return useMemo(
    () =>
      branches.flatMap((_, branch): readonly Option[] =>
        branch === current ? [] : [[branchTitle(store.getState(), branches, branch), { kind: 'branch', branch }]],
      ),
    [store, branches, current],
  );
}

function Options({ label, options }: { readonly label: string; readonly options: readonly Option[] }) {
  if (options.length === 0) return null;
  return (
    <optgroup label={label}>
      {options.map(([title, beside]) => (
        <option key={JSON.stringify(beside)} value={JSON.stringify(beside)}>
          {title}
        </option>
      ))}
    </optgroup>
  );
}
