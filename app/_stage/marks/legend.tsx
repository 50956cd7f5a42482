'use client';

import { type ReactNode, useRef, useState } from 'react';
import type { MessageMark, Model } from '../../../simulations/index.ts';
import { Glyph } from '../../_shell/glyph.tsx';
import ink from './ink.module.css';
import styles from './legend.module.css';
import type { Sign } from './legend-signs.ts';
import { useOverflow } from './use-overflow.ts';

export interface LegendProps {
  readonly model: Pick<Model, 'messages'>;
  /** What stands on the picture: signs, and families of messages by `family:<name>`. Nothing else is explained. */
  readonly signs: readonly string[];
}

const SHAPES: readonly MessageMark['glyph'][] = ['circle', 'square', 'diamond', 'triangle'];

/** What the glyphs and lines of a picture mean, on one line; what does not fit there stands in a sheet that a button opens. */
export function Legend({ model, signs }: LegendProps) {
  const line = useRef<HTMLUListElement>(null);
  const overflows = useOverflow(line, signs);
  const [open, setOpen] = useState(false);
  return (
    <span className={styles.box}>
      <ul ref={line} className={`${styles.legend} ${styles.line}`} aria-label="Legend">
        <Entries model={model} signs={signs} />
      </ul>
      {overflows && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          onBlur={() => setOpen(false)}
          onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        >
          legend
        </button>
      )}
      {overflows && open && (
        <ul className={`${styles.legend} ${styles.sheet}`} aria-label="All signs">
          <Entries model={model} signs={signs} />
        </ul>
      )}
    </span>
  );
}

function Entries({ model, signs }: LegendProps) {
  return (
    <>
      {familiesOf(model)
        .filter(({ family }) => signs.includes(`family:${family}`))
        .map(({ family, glyph, solid }) => (
          <li key={family}>
            <Glyph shape={glyph} solid={solid} />
            {family}
          </li>
        ))}
      {SIGNS.filter(({ sign }) => signs.includes(sign)).map(({ sign, words, drawn }) => (
        <li key={sign}>
          <svg width="18" height="11" viewBox="0 0 18 11" aria-hidden="true">
            {drawn}
          </svg>
          {words}
        </li>
      ))}
    </>
  );
}

const CROSS = 'M5 2l6 6M11 2l-6 6';
const TEETH = 'M0 6l3 -2l3 3l3 -3l3 3l3 -3l3 2';

const SIGNS: readonly { readonly sign: Sign; readonly words: string; readonly drawn: ReactNode }[] = [
  { sign: 'lost', words: 'lost', drawn: <path className={ink.cross} d={CROSS} /> },
  { sign: 'stopped', words: 'stopped by a cut', drawn: <path className={ink.cross} d={`${CROSS}M3 10.2H13`} /> },
  { sign: 'delayed', words: 'delayed', drawn: <path className={ink.held} d="M2 5.5H17" /> },
  {
    sign: 'duplicate',
    words: 'duplicate',
    drawn: (
      <>
        <path className={ink.line} d="M0 5.5H9" />
        <path className={ink.hollowHead} d="M11 5.5l-6 -2.7v5.4zM17 5.5l-6 -2.7v5.4z" />
      </>
    ),
  },
  { sign: 'cut', words: 'cut', drawn: <path className={ink.edge} d={TEETH} /> },
  { sign: 'oneWay', words: 'one-way cut', drawn: <path className={ink.edge} d={`${TEETH}M4 6l3 4M11 6l3 4`} /> },
  { sign: 'down', words: 'down', drawn: <path className={styles.down} d="M0 5.5H18" /> },
  { sign: 'paused', words: 'paused', drawn: <path className={styles.paused} d="M0 2.5H18M0 8.5H18" /> },
  { sign: 'clock', words: "host's own clock", drawn: <path className={ink.line} d="M0 4H18M3 4v5M9 4v3M15 4v5" /> },
  {
    sign: 'events',
    words: 'events',
    drawn: <path className={ink.line} d="M2 10v-3M5 10v-6M8 10v-4M11 10v-8M14 10v-3" />,
  },
  {
    sign: 'traffic',
    words: 'messages',
    drawn: <path className={styles.traffic} d="M2 0v11M5 0v11M8 0v11M11 0v11M14 0v11" />,
  },
  {
    sign: 'load',
    words: 'client load',
    drawn: <path className={styles.load} d="M1 10v-4h4v-3h4v5h4v-7h4v9z" />,
  },
  { sign: 'caption', words: 'caption', drawn: <path className={ink.hollowHead} d="M3.5 .5h11v7l-5.5 3l-5.5 -3z" /> },
];

/** The families of a model's messages by shape, hollow before solid for what asks, each once. */
export function familiesOf({ messages }: Pick<Model, 'messages'>): readonly MessageMark[] {
  const families = new Map<string, MessageMark>();
  for (const mark of Object.values(messages)) if (!families.has(mark.family)) families.set(mark.family, mark);
  return [...families.values()].sort((a, b) => SHAPES.indexOf(a.glyph) - SHAPES.indexOf(b.glyph));
}
