'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { type Fault, faultsText, type Problem, type Run, readFaults } from '../../../../simulations/index.ts';
import { Button } from '../../../_shell/button.tsx';
import styles from './fault-text.module.css';

/** A text that was begun, and the script that it was made from. */
export interface TextDraft {
  readonly text: string;
  readonly base: readonly Fault[];
}

export interface FaultTextProps {
  readonly faults: readonly Fault[];
  readonly run: Run;
  /** What was typed and not yet applied. It stays when the reader looks elsewhere. */
  readonly draft: TextDraft | undefined;
  onDraft(draft: TextDraft | undefined): void;
  onApply(faults: readonly Fault[]): void;
}

/** The fault script as text, as scenario files write it. A wrong text changes nothing and loses nothing: each problem stands at its line. */
export function FaultText({ faults, run, draft, onDraft, onApply }: FaultTextProps) {
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const text = draft?.text ?? faultsText(faults);
  const apply = () => {
    const { model } = run.input;
    const read = readFaults(text, {
      hosts: run.topology.hosts.map((host) => host.id),
      targets: Object.keys(model.targets),
      predicates: Object.keys(model.predicates),
    });
    setProblems(read.ok ? [] : read.problems);
    if (!read.ok) return;
    onDraft(undefined);
    onApply(read.faults);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    apply();
  };
  return (
    <div className={styles.panel}>
      <label className={styles.label} htmlFor={id}>
        YAML or JSON, as in a scenario file
      </label>
      <textarea
        ref={field}
        id={id}
        className={styles.text}
        value={text}
        rows={Math.min(18, Math.max(6, text.split('\n').length))}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        aria-invalid={problems.length > 0}
        aria-describedby={`${id}-problems`}
        onChange={(event) => onDraft({ text: event.target.value, base: draft?.base ?? faults })}
        onKeyDown={press}
        data-testid="fault-text"
      />
      {draft !== undefined && draft.base !== faults && (
        <p className={styles.hint}>The faults have changed since this text was begun. Apply puts it in their place.</p>
      )}
      <div id={`${id}-problems`} role="alert">
        <ul className={styles.problems}>
          {problems.map((problem) => (
            <li key={`${problem.line} ${problem.field} ${problem.found}`}>
              {problem.line !== undefined && (
                <button type="button" className="data" onClick={() => selectLine(field.current, problem.line ?? 1)}>
                  line {problem.line}
                </button>
              )}
              <span>
                <span className="data">{problem.field}</span>: found {problem.found}; allowed: {problem.allowed}.{' '}
                {problem.fix}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <p className={styles.ways}>
        <Button look="primary" disabled={draft === undefined} onClick={apply} data-testid="apply-text">
          Apply and run
        </Button>
        <Button
          disabled={draft === undefined}
          onClick={() => {
            setProblems([]);
            onDraft(undefined);
          }}
        >
          Take back
        </Button>
      </p>
    </div>
  );
}

/** Selects a line, from 1, and brings it into view. */
function selectLine(field: HTMLTextAreaElement | null, line: number): void {
  if (field === null) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  field.scrollTop = Math.max(0, (line - 3) * (field.scrollHeight / lines.length));
}
