'use client';

import { scenarioOf } from '../../../_run/setup.ts';
import { useActions, useLab } from '../state/context.tsx';
import styles from './scenario-chooser.module.css';

/** What the choice without a scenario is called. */
const NONE = '';

/** Title and id of the scenario; the whole of it is a list of the others. */
export function ScenarioChooser() {
  const scenario = useLab((state) => scenarioOf(state, state.setup));
  const scenarios = useLab((state) => state.scenarios);
  const model = useLab((state) => state.model);
  const loading = useLab((state) => state.phase.kind === 'loading');
  const { chooseScenario } = useActions();
  return (
    <div className={styles.chooser}>
      <h1 className={styles.title}>{loading ? model.title : (scenario?.title ?? model.title)}</h1>
      <span className={`data ${styles.id}`}>
        {!loading && scenario !== undefined && <span className={styles.folder}>scenarios/</span>}
        {loading ? 'lab' : scenario === undefined ? 'the model with its defaults' : scenario.id}
        <svg width="9" height="6" viewBox="0 0 9 6" aria-hidden="true">
          <path d="M.8 1L4.5 4.7L8.2 1" />
        </svg>
      </span>
      <select
        className={styles.select}
        aria-label="Scenario"
        value={scenario?.id ?? NONE}
        onChange={(event) => chooseScenario(event.target.value === NONE ? undefined : event.target.value)}
      >
        {scenarios.map(({ id, title, challenge }) => (
          <option key={id} value={id}>
            {challenge === undefined ? title : `${title} (with a challenge)`}
          </option>
        ))}
        <option value={NONE}>No scenario: {model.title} with its defaults</option>
      </select>
    </div>
  );
}
