import styles from './skip-link.module.css';

/** First in the tab order of every page: jumps over the masthead to the element with the id `main`. */
export function SkipLink() {
  return (
    <a className={styles.skip} href="#main">
      Skip to the content
    </a>
  );
}
