'use client';

import { type FormEvent, useId, useMemo, useState } from 'react';
import { checkFaults, type Fault, type FaultAction, type Run } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import { ActionFields } from './action-fields.tsx';
import { draftOf, type FaultDraft, readDraft } from './fault-draft.ts';
import styles from './fault-editor.module.css';
import { faultKinds, freshId, withFault } from './script.ts';
import { targetNames } from './target-names.ts';
import { WhenFields } from './when-fields.tsx';

export interface FaultEditorProps {
  readonly fault: Fault;
  /** The whole script; a fault that is not in it is a new one. */
  readonly faults: readonly Fault[];
  readonly run: Run;
  onSave(fault: Fault): void;
  onCancel(): void;
}

/** A fault as a form: what happens, to whom, when, for how long. Nothing runs before it makes sense. */
export function FaultEditor({ fault, faults, run, onSave, onCancel }: FaultEditorProps) {
  const { model } = run.input;
  const names = {
    hosts: run.topology.hosts.map(({ id }) => id),
    targets: Object.keys(model.targets),
    predicates: Object.keys(model.predicates),
  };
  const known = faults.some(({ id }) => id === fault.id);
  const [draft, setDraft] = useState(() => draftOf(fault, names));
  const targets = useMemo(() => targetNames(run), [run]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const id = useId();
  const change = (part: Partial<FaultDraft>) => setDraft((before) => ({ ...before, ...part }));
  const choose = (kind: FaultAction['do']) => change({ kind, ...(!known && { id: freshId(faults, kind) }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft);
    if (!read.ok) return setProblems(read.problems.map(({ problem }) => problem));
    const script = withFault(faults, read.fault, known ? fault.id : undefined);
    const wrong = checkFaults(script, names);
    if (wrong.length > 0) return setProblems(wrong.map(({ field, found, fix }) => `${field}: ${found}. ${fix}`));
    onSave(read.fault);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h2 id="fault-editor-title" className={styles.title}>
        {known ? `Edit ${fault.id}` : 'Add a fault'}
      </h2>
      <div className={styles.field}>
        <label htmlFor={`${id}-kind`}>What happens</label>
        <select
          id={`${id}-kind`}
          value={draft.kind}
          onChange={(event) => choose(event.target.value as FaultAction['do'])}
        >
          {faultKinds.map(({ kind, name }) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
        <p className={styles.hint}>{faultKinds.find(({ kind }) => kind === draft.kind)?.does}</p>
      </div>
      <ActionFields draft={draft} hosts={names.hosts} targets={targets} onChange={change} />
      <WhenFields draft={draft} predicates={names.predicates} onChange={change} />
      <div className={styles.problems} role="alert">
        {problems.map((problem) => (
          <p key={problem}>{problem}</p>
        ))}
      </div>
      <p className={styles.ways}>
        <Button type="submit" look="primary" data-testid="save-fault">
          {known ? 'Save and run' : 'Add and run'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </p>
    </form>
  );
}
