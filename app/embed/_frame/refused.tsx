import { ProblemList } from '../../_run/problem-list.tsx';
import type { Opened } from './open.ts';
import styles from './refused.module.css';

/** Why there is no run to see: the link with each of its problems, our own failure, or a network that broke off. */
export function Refused({ outcome }: { readonly outcome: Exclude<Opened, { kind: 'ready' }> }) {
  return (
    <main id="main" className={styles.panel} tabIndex={-1}>
      <div role="alert">
        <Reason outcome={outcome} />
      </div>
    </main>
  );
}

function Reason({ outcome }: { readonly outcome: Exclude<Opened, { kind: 'ready' }> }) {
  switch (outcome.kind) {
    case 'unloaded':
      return (
        <>
          <h1>The engine did not load</h1>
          <p>The network broke off. Load this frame again, or open the run in the lab.</p>
        </>
      );
    case 'failed':
      return (
        <>
          <h1>The engine stopped on this run</h1>
          <p>It is our mistake, not yours. The address of this frame describes the run: report it with this message.</p>
          <p className={styles.message}>
            <code>{outcome.message}</code>
          </p>
        </>
      );
    case 'refused':
      return (
        <>
          <h1>This link does not describe a run</h1>
          <p>Nothing was changed or guessed.</p>
          <ProblemList problems={outcome.problems} />
        </>
      );
  }
}
