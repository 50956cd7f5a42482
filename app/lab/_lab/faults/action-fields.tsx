'use client';

import { useId } from 'react';
import { latencyTitle } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { CutFields } from './cut-fields.tsx';
import type { FaultDraft } from './fault-draft.ts';
import styles from './fault-editor.module.css';
import { NumberField } from './number-field.tsx';
import type { TargetNames } from './target-names.ts';

export interface ActionFieldsProps {
  readonly draft: FaultDraft;
  readonly hosts: readonly string[];
  readonly targets: TargetNames;
  onChange(part: Partial<FaultDraft>): void;
}

/** Whom a fault hits and how hard: the fields that its kind has. */
export function ActionFields(props: ActionFieldsProps) {
  const { draft, onChange } = props;
  const target = <TargetField {...props} label="Host" field="target" />;
  const link = (
    <>
      <TargetField {...props} label="From" field="from" every />
      <TargetField {...props} label="To" field="to" every />
    </>
  );
  switch (draft.kind) {
    case 'crash':
    case 'pause':
      return target;
    case 'cut':
      return <CutFields {...props} />;
    case 'slow':
      return (
        <>
          {link}
          <ExtraFields {...props} />
        </>
      );
    case 'slowDisk':
      return (
        <>
          {target}
          <ExtraFields {...props} />
        </>
      );
    case 'loss':
    case 'duplicate':
      return (
        <>
          {link}
          <NumberField label="Share" unit="%" value={draft.percent} onValue={(percent) => onChange({ percent })} />
        </>
      );
    case 'clock':
      return (
        <>
          {target}
          <NumberField label="Offset" unit="ms" value={draft.offsetMs} onValue={(offsetMs) => onChange({ offsetMs })} />
          <NumberField label="Drift" unit="ppm" value={draft.driftPpm} onValue={(driftPpm) => onChange({ driftPpm })} />
        </>
      );
    case 'restore':
      return (
        <>
          {target}
          <NumberField
            label="Disk as it was at"
            unit="ms, 0 is empty"
            value={draft.backupMs}
            onValue={(backupMs) => onChange({ backupMs })}
          />
        </>
      );
  }
}

interface TargetFieldProps extends ActionFieldsProps {
  readonly label: string;
  readonly field: 'target' | 'from' | 'to';
  /** Whether `*` may be chosen. */
  readonly every?: boolean;
}

function TargetField({ draft, hosts, targets, onChange, label, field, every = false }: TargetFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={draft[field]} onChange={(event) => onChange({ [field]: event.target.value })}>
        {every && <option value="*">every host</option>}
        <optgroup label="Hosts">
          {hosts.map((host) => (
            <option key={host}>{host}</option>
          ))}
        </optgroup>
        <Names label="Whoever it is when the fault begins" names={targets.usual} />
        <Names label="Nobody at most moments of this run" names={targets.rare} />
      </select>
    </div>
  );
}

function Names({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </optgroup>
  );
}

function ExtraFields({ draft, onChange }: ActionFieldsProps) {
  if (draft.extraKept !== undefined) {
    return (
      <div className={styles.field}>
        <span>Extra time</span>
        <span className={styles.row}>
          <span className="data">{latencyTitle(draft.extraKept)}</span>
          <Button onClick={() => onChange({ extraKept: undefined })}>Replace</Button>
        </span>
      </div>
    );
  }
  return (
    <>
      <NumberField
        label="Extra, at least"
        unit="ms"
        value={draft.extraMinMs}
        onValue={(extraMinMs) => onChange({ extraMinMs })}
      />
      <NumberField
        label="Extra, at most"
        unit="ms"
        value={draft.extraMaxMs}
        onValue={(extraMaxMs) => onChange({ extraMaxMs })}
      />
    </>
  );
}
