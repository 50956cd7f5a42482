'use client';

import Link from 'next/link';
import { type CSSProperties, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { loadModel } from '../../simulations/index.ts';
import { type CommitDetail, commitEvent } from '../_prose/predictions.ts';
import { Verdict, VerdictMark } from '../_shell/verdict-mark.tsx';
import type { LivePair, Said } from './pair-live.tsx';
import type { PairOptions } from './pair-sides.ts';
import { PairTransport } from './pair-transport.tsx';
import styles from './run-pair.module.css';
import { usePlayhead } from './use-playhead.ts';

/** What stands over a picture, known before anything has run. */
export interface SideWords {
  /** Broken, Fixed. */
  readonly part: string;
  readonly title: string;
  /** The lab with this run. */
  readonly link: string;
  /** The digest that the run must have. */
  readonly digest: string;
}

export interface PairPlayerProps {
  readonly options: PairOptions;
  readonly words: readonly [SideWords, SideWords];
  readonly stopsUs: readonly number[];
  readonly predict: string | undefined;
  readonly stacked: boolean;
  /** What the server drew. */
  readonly pictures: readonly [ReactNode, ReactNode];
  /** Of each picture, drawn by the server or by the page: nothing moves when one takes the other's place. */
  readonly heightsPx: readonly [number, number];
}

type Phase = { readonly kind: 'resting' | 'loading' | 'failed' } | { readonly kind: 'live'; readonly live: LivePair };

/** Two runs in step. Small on purpose: what runs and draws is loaded when the reader asks for it. */
export function PairPlayer(props: PairPlayerProps) {
  const { options, words, stopsUs, pictures } = props;
  const box = useRef<HTMLDivElement>(null);
  const [phase, setPhase] = useState<Phase>({ kind: 'resting' });
  const playhead = usePlayhead({ fromUs: options.fromUs, toUs: options.toUs, stopsUs });
  const live = phase.kind === 'live' ? phase.live : undefined;

  /** Runs both variants, unless they have run, and then does what the reader asked for. */
  const withRuns = (then: () => void) => {
    if (phase.kind === 'loading') return;
    if (live !== undefined) return then();
    setPhase({ kind: 'loading' });
    const models = [options.scenario, options.other ?? options.scenario].map(({ model }) => loadModel(model));
    Promise.all([import('./pair-live.tsx'), ...models]).then(
      ([{ startPair }]) => {
        setPhase({ kind: 'live', live: startPair(options) });
        then();
      },
      () => setPhase({ kind: 'failed' }),
    );
  };
  useCommit(props.predict, box, () => withRuns(playhead.play));

  const said = live && ([live.said(0, playhead.nowUs), live.said(1, playhead.nowUs)] as const);
  return (
    <div
      ref={box}
      className={styles.embed}
      style={{ '--picture-height': `${Math.max(...props.heightsPx)}px` } as CSSProperties}
      data-phase={phase.kind}
      data-testid="run-pair"
    >
      <div className={props.stacked ? `${styles.pair} ${styles.stacked}` : styles.pair}>
        {([0, 1] as const).map((at) => (
          <Half
            key={at}
            words={words[at]}
            beside={words[at === 0 ? 1 : 0].title}
            said={said?.[at]}
            digest={live?.pair.sides[at].run.digest}
            heightPx={props.heightsPx[at]}
          >
            {live === undefined
              ? pictures[at]
              : live.picture(at, playhead.nowUs, `${words[at].part}, ${words[at].title}`)}
          </Half>
        ))}
      </div>
      <PairTransport
        playhead={playhead}
        name="Both runs"
        playWord="Play both"
        stops={stopsUs.length}
        status={statusOf(phase, options)}
        spoken={said && words.map(({ part }, at) => `${part}: ${said[at]!.event}`).join(' ')}
        onPlay={() => withRuns(playhead.playing ? playhead.pause : playhead.play)}
        onGoTo={(stops) => withRuns(() => playhead.goTo(stops))}
      />
    </div>
  );
}

function statusOf({ kind }: Phase, { scenario }: PairOptions): string {
  if (kind === 'loading') return 'Loading the engine.';
  if (kind === 'failed') return 'The engine did not load. Press play to try again.';
  return kind === 'live' ? `both runs, seed ${scenario.seed}` : `not run yet, seed ${scenario.seed}`;
}

/** A commit of the prediction starts the runs as soon as the figure is in view, so that nobody misses them. */
function useCommit(predict: string | undefined, box: RefObject<HTMLDivElement | null>, start: () => void): void {
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  useEffect(() => {
    if (predict === undefined) return;
    let watch: IntersectionObserver | undefined;
    const onCommit = ({ detail }: CustomEvent<CommitDetail>) => {
      if (detail.predict !== predict || box.current === null) return;
      watch?.disconnect();
      watch = new IntersectionObserver(
        ([entry]) => {
          if (!entry?.isIntersecting) return;
          watch?.disconnect();
          latest.current();
        },
        { threshold: 0.5 },
      );
      watch.observe(box.current);
    };
    document.addEventListener(commitEvent, onCommit);
    return () => {
      watch?.disconnect();
      document.removeEventListener(commitEvent, onCommit);
    };
  }, [predict, box]);
}

interface HalfProps {
  readonly words: SideWords;
  /** The other side: a page may show one variant beside several, and each needs a name of its own. */
  readonly beside: string;
  readonly said: Said | undefined;
  readonly digest: string | undefined;
  readonly heightPx: number;
  readonly children: ReactNode;
}

function Half({ words, beside, said, digest, heightPx, children }: HalfProps) {
  const verdict = said?.verdict;
  return (
    <section className={styles.half} aria-label={`${words.part}: ${words.title}, beside ${beside}`}>
      <p className={styles.head}>
        {verdict && <VerdictMark status={verdict.status} />}
        <b>{words.part}</b>
        <span className="data">{words.title}</span>
        {digest && <span className={`data ${styles.digest}`}>{digest}</span>}
      </p>
      <div className={styles.picture} style={{ '--own-height': `${heightPx}px` } as CSSProperties}>
        {children}
      </div>
      <p className={styles.said} role={verdict && 'status'} data-testid="said">
        {verdict ? (
          <>
            <Verdict status={verdict.status} /> <span className={styles.sentence}>{verdict.sentence}</span>
          </>
        ) : (
          <span className="data quiet">{said?.event ?? 'Press play.'}</span>
        )}
      </p>
      <Link className={styles.lab} href={words.link} prefetch={false}>
        Open in the lab
      </Link>
    </section>
  );
}
