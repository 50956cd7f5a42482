import styles from './ink.module.css';

/** The fills of older versions: hatched at 45 degrees, and dotted. Ids are the prefix with `-prev` and `-old`. */
export function Patterns({ id }: { id: string }) {
  return (
    <>
      <pattern id={`${id}-prev`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className={styles.hatchGround} width="5" height="5" />
        <path className={styles.hatchLine} d="M2.5 0V5" />
      </pattern>
      <pattern id={`${id}-old`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className={styles.dotGround} width="6" height="6" />
        <circle className={styles.dot} cx="1.5" cy="1.5" r=".6" />
        <circle className={styles.dot} cx="4.5" cy="4.5" r=".6" />
      </pattern>
    </>
  );
}
