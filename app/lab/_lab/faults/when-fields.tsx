'use client';

import { useId } from 'react';
import type { FaultDraft } from './fault-draft.ts';
import styles from './fault-editor.module.css';
import { NumberField } from './number-field.tsx';

export interface WhenFieldsProps {
  readonly draft: FaultDraft;
  readonly predicates: readonly string[];
  onChange(part: Partial<FaultDraft>): void;
}

/** When a fault begins, and for how long. */
export function WhenFields({ draft, predicates, onChange }: WhenFieldsProps) {
  const id = useId();
  return (
    <>
      <Choice
        legend="Begins"
        options={[
          { value: 'time', label: 'at a time' },
          { value: 'predicate', label: 'when something first holds' },
        ]}
        value={draft.begins}
        onValue={(begins) => onChange({ begins })}
      />
      {draft.begins === 'time' ? (
        <NumberField label="At" unit="ms" value={draft.atMs} onValue={(atMs) => onChange({ atMs })} />
      ) : (
        <>
          <div className={styles.field}>
            <label htmlFor={id}>When</label>
            <select id={id} value={draft.predicate} onChange={(event) => onChange({ predicate: event.target.value })}>
              {predicates.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </div>
          <NumberField
            label="And then after"
            unit="ms"
            value={draft.afterMs}
            onValue={(afterMs) => onChange({ afterMs })}
          />
        </>
      )}
      <Choice
        legend="Lasts"
        options={[
          { value: 'time', label: 'for a time' },
          { value: 'end', label: 'to the end of the run' },
        ]}
        value={draft.lasts}
        onValue={(lasts) => onChange({ lasts })}
      />
      {draft.lasts === 'time' && (
        <NumberField label="For" unit="ms" value={draft.forMs} onValue={(forMs) => onChange({ forMs })} />
      )}
    </>
  );
}

interface ChoiceProps<V extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly value: V;
  onValue(value: V): void;
}

function Choice<V extends string>({ legend, options, value, onValue }: ChoiceProps<V>) {
  const name = useId();
  return (
    <div className={styles.field} role="radiogroup" aria-label={legend}>
      <span>{legend}</span>
      <span className={styles.row}>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
            {option.label}
          </label>
        ))}
      </span>
    </div>
  );
}
