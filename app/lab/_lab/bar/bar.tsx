'use client';

import { LinkButton } from '../../../_shell/link-button.tsx';
import { ThemeToggle } from '../../../_shell/theme-toggle.tsx';
import { Wordmark } from '../../../_shell/wordmark.tsx';
import { ExportButton } from '../export/export-button.tsx';
import { useLab } from '../state/context.tsx';
import styles from './bar.module.css';
import { ScenarioChooser } from './scenario-chooser.tsx';
import { SeedField } from './seed-field.tsx';
import { ShareButton } from './share-button.tsx';
import { VariantSwitch } from './variant-switch.tsx';
import { VerdictLine } from './verdict-line.tsx';

/** The lab's head: what is run, how it is decided, what came of it, and the ways to cite it. */
export function Bar() {
  // A scenario that a link carries has no page.
  const scenario = useLab(({ setup }) => (setup.carried === undefined ? setup.scenario : undefined));
  const refused = useLab(({ phase }) => phase.kind === 'refused' || phase.kind === 'failed');
  return (
    <header className={styles.bar}>
      <div className={styles.name}>
        <Wordmark />
      </div>
      <ScenarioChooser />
      {!refused && (
        <>
          <VariantSwitch />
          <VerdictLine />
          <SeedField />
        </>
      )}
      <div className={refused ? `${styles.right} ${styles.alone}` : styles.right}>
        {!refused && scenario !== undefined && (
          <LinkButton className={styles.evidence} href={`/scenarios/${scenario}`}>
            Evidence
          </LinkButton>
        )}
        {!refused && <ExportButton />}
        {!refused && <ShareButton />}
        <ThemeToggle />
      </div>
    </header>
  );
}
