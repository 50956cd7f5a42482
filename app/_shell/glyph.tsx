import styles from './glyph.module.css';

/** Circle reads, square writes, diamond repairs, triangle controls; a cross is a message lost or a process crashed. */
export type GlyphShape = 'circle' | 'square' | 'diamond' | 'triangle' | 'cross';

export interface GlyphProps {
  readonly shape: GlyphShape;
  /** Solid carries a value, hollow carries none. A cross has no inside. Default hollow. */
  readonly solid?: boolean;
  /** Side of the square, in px. Default 11. */
  readonly size?: number;
  /** Spoken name. Give it only where no word stands beside the glyph; without it the glyph is silent. */
  readonly label?: string;
}

const outlines: Readonly<Record<GlyphShape, string>> = {
  circle: 'M1.9 5.5a3.6 3.6 0 1 1 7.2 0a3.6 3.6 0 1 1-7.2 0Z',
  square: 'M2.26 2.26h6.48v6.48H2.26Z',
  diamond: 'M5.5 1.15L9.85 5.5L5.5 9.85L1.15 5.5Z',
  triangle: 'M5.5 1.55L9.54 8.86H1.46Z',
  cross: 'M2.3 2.3L8.7 8.7M8.7 2.3L2.3 8.7',
};

/** One event or message of a picture, inline: for legends and for text that speaks of a picture. */
export function Glyph({ shape, solid = false, size = 11, label }: GlyphProps) {
  const silent = label === undefined;
  const look = shape === 'cross' ? styles.cross : solid ? styles.solid : styles.hollow;
  return (
    <svg
      className={styles.glyph}
      width={size}
      height={size}
      viewBox="0 0 11 11"
      role="img"
      aria-label={label}
      aria-hidden={silent}
    >
      <path className={look} d={outlines[shape]} />
    </svg>
  );
}
