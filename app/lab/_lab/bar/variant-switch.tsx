'use client';

import { chainOf, formatDuration, type Model, type Variant } from '../../../../simulations/index.ts';
import { type KnobValue, scenarioOf } from '../../../_run/setup.ts';
import { decidedBy } from '../../../_run/verdicts.ts';
import { useActions, useLab } from '../state/context.tsx';
import styles from './variant-switch.module.css';

const partNames = { broken: 'Broken', fixed: 'Fixed', comparison: 'Also' } as const;

/** The variants side by side, with what each decides. */
export function VariantSwitch() {
  const scenario = useLab((state) => scenarioOf(state, state.setup));
  const chosen = useLab((state) => state.setup.variant) ?? scenario?.variants[0]?.id;
  const model = useLab((state) => state.model);
  const { chooseVariant } = useActions();
  const opened = useLab((state) => state.phase.kind === 'ready');
  if (!opened) return <span className={styles.coming} />;
  if (scenario === undefined) return <span className={styles.none} />;
  const decided = decidedBy(scenario);
  const settingsOf = (variant: Variant) => {
    const set = { ...scenario.knobs, ...chainOf(scenario, variant) };
    return decided.map((name) => settingOf(model, name, set[name]));
  };
  const shown = scenario.variants.filter((variant) => variant.part !== 'comparison' || variant.id === chosen);
  // A run that was made smaller may have one variant: there is nothing to switch.
  if (shown.length < 2) return <span className={styles.none} />;
  return (
    <div className={styles.switch} role="radiogroup" aria-label="Variant">
      {shown.map((variant) => (
        <label
          key={variant.id}
          className={variant.id === chosen ? styles.on : undefined}
          title={`${variant.title}: ${settingsOf(variant)
            .map(({ name, value }) => `${name} ${value}`)
            .join(', ')}`}
        >
          <input
            type="radio"
            name="bar-variant"
            className="sr"
            checked={variant.id === chosen}
            onChange={() => chooseVariant(variant.id)}
          />
          <span>{partNames[variant.part]}</span>
          <span className={`data ${styles.value}`}>{shortOf(settingsOf(variant))}</span>
        </label>
      ))}
    </div>
  );
}

interface Setting {
  readonly name: string;
  readonly value: string;
  /** Whether the name is a letter, as papers write it. */
  readonly symbolic: boolean;
}

/** One knob with its value; of several, those whose names are words are told by their values alone. Whoever points there reads all. */
function shortOf(settings: readonly Setting[]): string {
  return settings
    .map(({ name, value, symbolic }) => (symbolic || settings.length === 1 ? `${name} ${value}` : value))
    .join(', ');
}

/** `R 2`, `readRepair off`, `gcGrace 10 s`: a knob and its value, as short as papers write it. */
function settingOf(model: Model, name: string, set: KnobValue | undefined): Setting {
  const knob = model.knobs[name];
  const value = set ?? knob?.default;
  const number = knob?.spec.kind === 'duration' && typeof value === 'number' ? formatDuration(value) : String(value);
  const text = value === 0 ? (knob?.spec.zero ?? number) : number;
  return { name: knob?.spec.symbol ?? name, value: text, symbolic: knob?.spec.symbol !== undefined };
}
