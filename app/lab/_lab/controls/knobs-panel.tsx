'use client';

import { useMemo } from 'react';
import type { Model } from '../../../../simulations/index.ts';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { knobBase } from '../state/knobs.ts';
import { KnobGroup } from './knob-group.tsx';
import styles from './knobs-panel.module.css';

/** A knob that takes hosts away can leave dozens of operations and faults without theirs. */
const TOLD_MAX = 3;

/** All knobs of the model, in their groups, with what is wrong with them. */
export function KnobsPanel() {
  const model = useLab((state) => state.model);
  const set = useLab((state) => state.setup.set);
  const problems = useLab((state) => state.problems);
  const setup = useLab((state) => state.setup);
  const scenarios = useLab((state) => state.scenarios);
  const { resetKnobs } = useActions();
  const base = useMemo(() => knobBase({ model, scenarios }, setup), [model, scenarios, setup]);
  const groups = useMemo(() => groupsOf(model), [model]);
  const turned = Object.keys(set).length;
  const others = problems.filter(({ field }) => !isAboutKnob(field, model));
  return (
    <div>
      <div className={styles.head}>
        <PaneHead title="Knobs" detail={`model ${model.id}`}>
          <button type="button" className={`data ${styles.reset}`} disabled={turned === 0} onClick={resetKnobs}>
            reset
          </button>
        </PaneHead>
      </div>
      {others.length > 0 && (
        <div role="alert">
          {others.slice(0, TOLD_MAX).map(({ field, found, fix }) => (
            <p key={`${field} ${found}`} className={styles.problem}>
              {field}: {found}. {fix}
            </p>
          ))}
          {others.length > TOLD_MAX && (
            <p className={styles.problem}>
              {plural(others.length - TOLD_MAX, 'more problem')} of this kind, for instance in {others.at(-1)!.field}.
            </p>
          )}
        </div>
      )}
      {groups.map(([group, names], at) => (
        <KnobGroup
          key={`${model.id} ${group}`}
          title={group}
          first={at === 0}
          knobs={names.map((name) => ({
            name,
            knob: model.knobs[name]!,
            value: set[name] ?? base[name],
            set: set[name],
            problem: problems.find(({ field }) => field === `knobs.${name}`),
          }))}
        />
      ))}
    </div>
  );
}

function groupsOf(model: Model): readonly (readonly [group: string, names: readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const [name, { spec }] of Object.entries(model.knobs))
    groups.set(spec.group, [...(groups.get(spec.group) ?? []), name]);
  return [...groups];
}

function isAboutKnob(field: string, model: Model): boolean {
  return field.startsWith('knobs.') && model.knobs[field.slice('knobs.'.length)] !== undefined;
}
