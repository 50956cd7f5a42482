'use client';

import { useMemo } from 'react';
import { agesIn, type ProcessView, type Run } from '../../../../simulations/index.ts';
import { VersionChip } from '../../../_shell/version-chip.tsx';
import { useLab } from '../state/context.tsx';
import { formatTimeUnit, plural, unitOf } from '../state/format.ts';
import { Fold } from './fold.tsx';
import styles from './inspector.module.css';
import { compare, STARTED_WITH, TREE_DEPTH } from './state-rows.ts';
import { StateTree } from './state-tree.tsx';

export interface ProcessStateProps {
  readonly run: Run;
  readonly after: ProcessView;
  /** Undefined: the process did not exist before the step. */
  readonly before: ProcessView | undefined;
  readonly nowUs: number;
}

/** A process's state: on disk, and in memory, with what the step changed. */
export function ProcessState({ run, after, before, nowUs }: ProcessStateProps) {
  const disk = useMemo(() => compare(before?.disk, after.disk, TREE_DEPTH), [before, after]);
  const ahead = useMemo(
    () => compare(after.disk, after.snapshot.context.durable, TREE_DEPTH).filter(({ changed }) => changed),
    [after],
  );
  const { was, is, started } = useMemo(
    () => partsOf(before?.snapshot.context.volatile, after.snapshot.context.volatile),
    [before, after],
  );
  const memory = useMemo(() => compare(was, is, TREE_DEPTH), [was, is]);
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
        <StateTree rows={disk} label="Durable state" />
        {ahead.length > 0 && (
          <div className={styles.part}>
            <Head title="On its way to the disk" detail="lost by a crash" />
            <StateTree rows={ahead.map((row) => ({ ...row, changed: false }))} label="On its way to the disk" />
          </div>
        )}
      </div>
      <div>
        <Head
          title="Volatile"
          detail={volatileChanges === 0 ? 'unchanged by this step' : `${volatileChanges} changed by this step`}
        />
        <StateTree rows={memory} label="Volatile state" />
        {started !== undefined && <Started input={started} />}
      </div>
    </>
  );
}

type Named = Readonly<Record<string, unknown>>;

/**
 * A process's memory before and after a step, without what it was started with, which stands apart as long as it has not changed. A client's
 * input holds everything that it will ever do: it is not read line by line at every step.
 */
function partsOf(
  before: unknown,
  after: unknown,
): { readonly was: Named | undefined; readonly is: Named; readonly started: Named | undefined } {
  const [was, is] = [before as Named | undefined, after as Named];
  const isSame = (name: string) =>
    was === undefined ||
    was[name] === is[name] ||
    !compare(was[name], is[name], TREE_DEPTH).some(({ changed }) => changed);
  const names = STARTED_WITH.filter((name) => name in is && isSame(name));
  const pick = (memory: Named, isIn: boolean): Named =>
    Object.fromEntries(Object.entries(memory).filter(([name]) => names.includes(name) === isIn));
  return {
    was: was && pick(was, false),
    is: pick(is, false),
    started: names.length === 0 ? undefined : pick(is, true),
  };
}

/** Read and drawn only while it is open. */
function Started({ input }: { readonly input: Named }) {
  return (
    <div className={styles.started}>
      <Fold open={false} summary={<span className="data quiet">what it was started with</span>}>
        {() => <StateTree rows={compare(input, input, TREE_DEPTH)} label="What it was started with" />}
      </Fold>
    </div>
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
