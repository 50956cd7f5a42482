import type { Ref } from 'react';
import { Button } from '../../../_shell/button.tsx';
import { shortcuts } from '../state/keyboard.ts';
import styles from './shortcut-sheet.module.css';

/** The lab's keys, in a dialog. */
export function ShortcutSheet({ ref }: { readonly ref: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={ref} className={styles.sheet} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title" className={styles.title}>
        Keys
      </h2>
      <dl className={styles.list}>
        {shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <Button type="submit">Close</Button>
      </form>
    </dialog>
  );
}
