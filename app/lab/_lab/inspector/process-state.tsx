'use client';

import { useMemo } from 'react';
import { agesIn, type ProcessView, type Run } from '../../../../simulations/index.ts';
import { VersionChip } from '../../../_shell/version-chip.tsx';
import { useLab } from '../state/context.tsx';
import { formatTimeUnit, plural, unitOf } from '../state/format.ts';
import styles from './inspector.module.css';
import { type ChangedRow, compare } from './state-rows.ts';

export interface ProcessStateProps {
  readonly run: Run;
  readonly after: ProcessView;
  /** Undefined: the process did not exist before the step. */
  readonly before: ProcessView | undefined;
  readonly nowUs: number;
}

/** More lines than this fold away behind the changed ones. */
const ROWS_MAX = 24;

/** A process's state: on disk, and in memory, with what the step changed. */
export function ProcessState({ run, after, before, nowUs }: ProcessStateProps) {
  const disk = useMemo(() => compare(before?.disk, after.disk), [before, after]);
  const ahead = useMemo(
    () => compare(after.disk, after.snapshot.context.durable).filter(({ changed }) => changed),
    [after],
  );
  const memory = useMemo(
    () => compare(before?.snapshot.context.volatile, after.snapshot.context.volatile),
    [before, after],
  );
  const lastUs = after.diskStep > 0 ? run.timeline!.timeUs(after.diskStep - 1) : undefined;
  const changes = disk.filter(({ changed }) => changed).length;
  const held =
    lastUs === undefined
      ? 'nothing written yet'
      : `unchanged for ${formatTimeUnit(Math.max(0, nowUs - lastUs), unitOf(run.simulatedUs))}`;
  const volatileChanges = memory.filter(({ changed }) => changed).length;
  return (
    <>
      <div>
        <Head
          title={`Durable, ${after.id}`}
          detail={changes > 0 ? `${plural(changes, 'line')} written by this step` : held}
        />
        <VersionRow run={run} process={after} />
        <Rows rows={disk} />
        {ahead.length > 0 && (
          <>
            <Head title="On its way to the disk" detail="lost by a crash" />
            <Rows rows={ahead.map((row) => ({ ...row, changed: false }))} />
          </>
        )}
      </div>
      <div>
        <Head
          title="Volatile"
          detail={volatileChanges === 0 ? 'unchanged by this step' : `${volatileChanges} changed by this step`}
        />
        <Rows rows={memory.filter((row) => !isInput(row))} />
        <Input rows={memory.filter(isInput)} />
      </div>
    </>
  );
}

/** What a process was started with is kept in memory under these names, and never changes. */
function isInput({ path, changed }: ChangedRow): boolean {
  return !changed && /^(input|config)(\.|$)/.test(path);
}

function Input({ rows }: { readonly rows: readonly ChangedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary className="data quiet">what it was started with</summary>
      <Rows rows={rows} />
    </details>
  );
}

/** The version on disk of the key in view, as its lane shows it. */
function VersionRow({ run, process }: { readonly run: Run; readonly process: ProcessView }) {
  const focus = useLab((state) => state.focus);
  const window = useLab((state) => state.window);
  const version = run.input.model.stratum(process.role, process.disk, focus);
  const ages = useMemo(() => agesIn(run, focus, window.fromUs, window.toUs), [run, focus, window]);
  if (version === undefined) return null;
  return (
    <dl className={styles.rows}>
      <div>
        <dt>{focus.key}</dt>
        <dd>
          <VersionChip age={ages(version)}>{version.label}</VersionChip> {version.value}
        </dd>
      </div>
    </dl>
  );
}

function Head({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div className={styles.head}>
      <h3>{title}</h3>
      <span className="data">{detail}</span>
    </div>
  );
}

function Rows({ rows }: { readonly rows: readonly ChangedRow[] }) {
  if (rows.length === 0) return <p className="data quiet">nothing</p>;
  const shown =
    rows.length <= ROWS_MAX
      ? rows
      : [...rows.filter(({ changed }) => changed), ...rows.filter(({ changed }) => !changed)].slice(0, ROWS_MAX);
  return (
    <>
      <dl className={styles.rows}>
        {shown.map(({ path, text, before, changed }) => (
          <div key={path} className={changed ? styles.changed : undefined}>
            <dt>{path}</dt>
            <dd>
              {before !== undefined && (
                <>
                  <s>{before}</s>{' '}
                </>
              )}
              {text}
            </dd>
            {changed && <dd>{before === 'none' ? 'new' : 'changed'}</dd>}
          </div>
        ))}
      </dl>
      {shown.length < rows.length && (
        <p className="data quiet">and {plural(rows.length - shown.length, 'line')} more, unchanged</p>
      )}
    </>
  );
}
