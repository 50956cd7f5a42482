import { engineVersion, type Scenario } from '../../../simulations/index.ts';
import { CommandLine } from '../../_shell/command-line.tsx';
import { CopyButton } from '../../_shell/copy-button.tsx';
import type { PinnedRun } from '../../_static/pinned.ts';
import { replayCommand, verifyCommand } from './citations.ts';
import styles from './evidence.module.css';
import { ends } from './names.ts';
import { Section } from './section.tsx';

/** What must be true for the fix to hold. */
export function Assumptions({ scenario }: { scenario: Scenario }) {
  return (
    <Section id="assumptions" title="Assumptions" aside="without them the fix need not hold">
      <ul className={styles.ledger}>
        {scenario.assumptions.map((assumption) => (
          <li key={assumption}>{assumption}</li>
        ))}
      </ul>
    </Section>
  );
}

/** What names the runs of this page: engine, file, seed, digests. */
export function Identity({ scenario, runs }: { scenario: Scenario; runs: readonly PinnedRun[] }) {
  return (
    <Section id="identity" title="Identity of the runs" aside="the same on every machine">
      <dl className={styles.ids}>
        <Fact name="engine">{engineVersion}</Fact>
        <Fact name="scenario">
          content/scenarios/<span className={styles.file}>{scenario.id}.yaml</span>
        </Fact>
        <Fact name="seed">{scenario.seed}</Fact>
        {runs.map(({ variant, run }) => (
          <Fact key={variant.id} name={`digest ${variant.id}`}>
            {run.digest}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The commands that make the same runs again, elsewhere. */
export function Replay({ scenario }: { scenario: Scenario }) {
  const { broken } = ends(scenario);
  return (
    <Section id="replay" title="Replay" aside="in a clone of this repository">
      <Command text={replayCommand(scenario, broken)}>the same run, the same digest</Command>
      <Command text={verifyCommand(scenario)}>
        exit 0: each variant got the verdicts that the file claims, on 200 seeds
      </Command>
    </Section>
  );
}

function Command({ text, children }: { text: string; children: string }) {
  return (
    <div className={styles.command}>
      <p>
        <code>
          <CommandLine text={text} />
        </code>
        <span className="data quiet">{children}</span>
      </p>
      <CopyButton text={text} />
    </div>
  );
}
