'use client';

import { scenarioOf } from '../../../_run/setup.ts';
import { decidedBy } from '../../../_run/verdicts.ts';
import { useActions, useLab } from '../state/context.tsx';
import styles from './decision.module.css';

/** The one decision in which the variants differ. */
export function Decision() {
  const scenario = useLab((state) => scenarioOf(state, state.setup));
  const chosen = useLab((state) => state.setup.variant) ?? scenario?.variants[0]?.id;
  const { chooseVariant } = useActions();
  // A single variant, as shrinking leaves, decides nothing.
  if (scenario === undefined || scenario.variants.length < 2) return null;
  const decided = decidedBy(scenario);
  const titles = scenario.decisions
    .filter(({ knobs }) => knobs.some((knob) => decided.includes(knob)))
    .map(({ title }) => title);
  return (
    <fieldset className={styles.decision} aria-label={`The one decision, all that differs: ${titles.join(', ')}`}>
      <p className={styles.head}>
        <b>The one decision</b>
        <span className="quiet">, all that differs</span>
      </p>
      {scenario.variants.map(({ id, title, part }) => (
        <label key={id} className={id === chosen ? styles.on : undefined}>
          <input type="radio" name="variant" checked={id === chosen} onChange={() => chooseVariant(id)} />
          <span>{title}</span>
          <span className="data">{part === 'comparison' ? '' : part}</span>
        </label>
      ))}
    </fieldset>
  );
}
