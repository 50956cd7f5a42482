'use client';

import type { ReactNode } from 'react';
import { Button } from '../../../_shell/button.tsx';
import type { ActionFieldsProps } from './action-fields.tsx';
import styles from './fault-editor.module.css';

/** The sides of a cut: a host stands on one side at most. */
export function CutFields({ draft, hosts, targets, onChange }: ActionFieldsProps) {
  const { usual, rare } = targets;
  const names = [...hosts, ...usual, ...rare];
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
          <Folded title="whoever it is when the cut begins" names={usual} members={members}>
            <Members names={usual} members={members} onPlace={(name, on) => place(name, side, on)} />
          </Folded>
          <Folded title="nobody at most moments of this run" names={rare} members={members}>
            <Members names={rare} members={members} onPlace={(name, on) => place(name, side, on)} />
          </Folded>
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

interface FoldedProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly members: readonly string[];
  readonly children: ReactNode;
}

/** Names behind a line that opens them; open from the start where one of them is on the side. */
function Folded({ title, names, members, children }: FoldedProps) {
  if (names.length === 0) return null;
  return (
    <details open={members.some((member) => names.includes(member)) || undefined}>
      <summary className={styles.hint}>{title}</summary>
      {children}
    </details>
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
