import Link from 'next/link';
import styles from './footer.module.css';
import { sections } from './sections.ts';

/** The engine that ran what the page shows, the promise it keeps, and the ways on. */
export function Footer({ engine }: { engine: string | undefined }) {
  return (
    <footer className={styles.foot}>
      <div className={styles.inner}>
        {engine && <span className="data">engine {engine}</span>}
        <Link className={styles.same} href="/identity" prefetch={false}>
          Same link, same run: Node, Chromium, Firefox.
        </Link>
        <ul className={styles.links}>
          {sections.map(({ href, name }) => (
            <li key={href}>
              <Link href={href} prefetch={false}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
