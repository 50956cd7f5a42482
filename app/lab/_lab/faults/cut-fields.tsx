'use client';

import { Button } from '../../../_shell/button.tsx';
import type { ActionFieldsProps } from './action-fields.tsx';
import styles from './fault-editor.module.css';

/** The sides of a cut: a host stands on one side at most. */
export function CutFields({ draft, hosts, targets, onChange }: ActionFieldsProps) {
  const names = [...hosts, ...targets];
  const place = (name: string, side: number, on: boolean) =>
    onChange({
      sides: draft.sides.map((members, at) => {
        const others = members.filter((member) => member !== name);
        const chosen = at === side && on ? [...others, name] : others;
        return chosen.toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
      }),
    });
  return (
    <div>
      {draft.sides.map((members, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a side is its position.
        <fieldset key={side} className={styles.side} data-side={side + 1}>
          <legend>Side {side + 1}</legend>
          <Members names={hosts} members={members} onPlace={(name, on) => place(name, side, on)} />
          <details open={members.some((member) => targets.includes(member)) || undefined}>
            <summary className={styles.hint}>whoever it is when the cut begins</summary>
            <Members names={targets} members={members} onPlace={(name, on) => place(name, side, on)} />
          </details>
        </fieldset>
      ))}
      <div className={styles.row}>
        <label>
          <input
            type="checkbox"
            checked={draft.oneWay}
            onChange={(event) => onChange({ oneWay: event.target.checked })}
          />
          One way: only messages from side 1 are lost
        </label>
        {draft.sides.length < 4 && (
          <Button onClick={() => onChange({ sides: [...draft.sides, []] })}>Add a side</Button>
        )}
      </div>
    </div>
  );
}

interface MembersProps {
  readonly names: readonly string[];
  readonly members: readonly string[];
  onPlace(name: string, on: boolean): void;
}

function Members({ names, members, onPlace }: MembersProps) {
  return (
    <div className={styles.row}>
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={members.includes(name)}
            onChange={(event) => onPlace(name, event.target.checked)}
          />
          <span className="data">{name}</span>
        </label>
      ))}
    </div>
  );
}
