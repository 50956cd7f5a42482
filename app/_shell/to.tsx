import styles from './to.module.css';

/** The arrow between a decision and its repair. Drawn, because the fonts carry no arrow; spoken as "to". */
export function To() {
  return (
    <>
      <span className={styles.arrow} aria-hidden="true" />
      <span className="sr"> to </span>
    </>
  );
}
