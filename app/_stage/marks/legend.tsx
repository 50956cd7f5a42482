import type { MessageMark, Model } from '../../../simulations/index.ts';
import { Glyph } from '../../_shell/glyph.tsx';
import ink from './ink.module.css';
import styles from './legend.module.css';

export interface LegendProps {
  /** One entry for each family of its messages, then the signs that every picture shares. */
  readonly model: Pick<Model, 'messages'>;
}

const SHAPES: readonly MessageMark['glyph'][] = ['circle', 'square', 'diamond', 'triangle'];

/** What the glyphs and lines of a picture mean. */
export function Legend({ model }: LegendProps) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {familiesOf(model).map(({ family, glyph, solid }) => (
        <li key={family}>
          <Glyph shape={glyph} solid={solid} />
          {family}
        </li>
      ))}
      <li>
        <Glyph shape="cross" />
        lost
      </li>
      <li>
        <svg width="18" height="11" viewBox="0 0 18 11" aria-hidden="true">
          <path className={ink.held} d="M2 5.5H17" />
        </svg>
        delayed
      </li>
      <li>
        <svg width="18" height="11" viewBox="0 0 18 11" aria-hidden="true">
          <path className={ink.line} d="M0 5.5H9" />
          <path className={ink.hollowHead} d="M11 5.5l-6 -2.7v5.4zM17 5.5l-6 -2.7v5.4z" />
        </svg>
        duplicate
      </li>
    </ul>
  );
}

/** The families of a model's messages by shape, hollow before solid for what asks, each once. */
export function familiesOf({ messages }: LegendProps['model']): readonly MessageMark[] {
  const families = new Map<string, MessageMark>();
  for (const mark of Object.values(messages)) if (!families.has(mark.family)) families.set(mark.family, mark);
  return [...families.values()].sort((a, b) => SHAPES.indexOf(a.glyph) - SHAPES.indexOf(b.glyph));
}
