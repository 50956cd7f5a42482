import { RunPicture } from '../../_embed/run-picture.tsx';
import { momentAt } from '../../_run/moment.ts';
import { VerdictMark } from '../../_shell/verdict-mark.tsx';
import { Stage } from '../../_stage/marks/stage.tsx';
import styles from './embed.module.css';
import type { EmbedSide, EmbedView } from './open.ts';

export interface SideProps {
  readonly view: EmbedView;
  readonly side: EmbedSide;
  readonly nowUs: number;
  /** Room for the lab's lanes. */
  readonly wide: boolean;
}

/** One run: which one it is, what the checker found or what happened last, and its picture at a moment. Words first: a low frame cuts the picture. */
export function Side({ view, side, nowUs, wide }: SideProps) {
  const { verdict, decidedUs, variant, setup } = side;
  const known = nowUs >= decidedUs ? verdict?.verdict : undefined;
  const name = variant?.title ?? 'The model’s defaults';
  return (
    <section className={styles.side} aria-label={name}>
      <p className={styles.name}>
        <span>{name}</span>
        <span className="data quiet">seed {side.run.input.seed}</span>
        {edited(setup) && <span className="data quiet">edited</span>}
        <span className={`data quiet ${styles.digest}`} data-testid="digest">
          {side.run.digest}
        </span>
      </p>
      <p className={styles.said} data-testid="said" data-status={known?.status}>
        {verdict !== undefined && known !== undefined ? (
          <>
            <VerdictMark status={known.status} size={18} />
            <span>
              <b>{headline(known.status, verdict.title)}</b> {known.sentence}
            </span>
          </>
        ) : (
          <span className="data quiet">{narration(side, nowUs)}</span>
        )}
      </p>
      <div className={view.show === 'stage' ? styles.stage : styles.picture}>
        <SidePicture view={view} side={side} nowUs={nowUs} wide={wide} />
      </div>
    </section>
  );
}

function SidePicture({ view, side, nowUs, wide }: SideProps) {
  const { run, focus, verdict, decidedUs } = side;
  const { fromUs, toUs, show } = view;
  if (show === 'stage') {
    const steps = run.timeline?.stepsUntil(nowUs) ?? 0;
    const world = run.timeline === undefined ? run.record.end : momentAt(run.timeline, steps);
    return <Stage run={run} focus={focus} world={world} nowUs={nowUs} window={{ fromUs, toUs }} />;
  }
  const shown = verdict?.verdict.status === 'violated' && nowUs >= decidedUs ? verdict.verdict.witness : undefined;
  const label = `Space-time diagram, ${side.variant?.title ?? view.title}`;
  return <RunPicture {...{ run, focus, fromUs, toUs, nowUs, label }} size={wide ? 'lab' : 'figure'} witness={shown} />;
}

function headline(status: 'ok' | 'violated' | 'unknown', title: string): string {
  const name = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  if (status === 'violated') return `Violated: ${title}.`;
  return status === 'ok' ? `${name} holds.` : `${name}: unknown.`;
}

/** What happened last by a moment, in the model's words. */
export function narration({ run, focus }: EmbedSide, nowUs: number): string {
  const { timeline, input } = run;
  const step = (timeline?.stepsUntil(nowUs) ?? 0) - 1;
  if (timeline === undefined || step < 0) return 'Nothing has happened yet.';
  const world = momentAt(timeline, step + 1);
  return input.model.narrate(timeline.step(step), { ...focus, world });
}

function edited({ set, faults, carried }: EmbedSide['setup']): boolean {
  return Object.keys(set).length > 0 || faults !== undefined || carried !== undefined;
}
