'use client';

import { useEffect, useState } from 'react';
import styles from './contents.module.css';
import type { Section } from './guide-module.ts';

/** The sections of a guide. The one being read is marked: the last whose heading has passed a third of the window. */
export function Contents({ sections }: { sections: readonly Section[] }) {
  const current = useCurrentSection(sections);
  return (
    <nav aria-label="On this page">
      <ol className={styles.list}>
        {sections.map(({ id, title }, index) => (
          <li key={id} className={index < current ? styles.read : undefined}>
            <a href={`#${id}`} aria-current={index === current ? 'location' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Index of the section being read; -1 above the first one. */
function useCurrentSection(sections: readonly Section[]): number {
  const [current, setCurrent] = useState(-1);
  useEffect(() => {
    const measure = () => {
      const line = innerHeight / 3;
      const passed = sections.filter(({ id }) => {
        const heading = document.getElementById(id);
        return heading !== null && heading.getBoundingClientRect().top < line;
      });
      const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      setCurrent(atEnd && scrollY > 0 ? sections.length - 1 : passed.length - 1);
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure, { passive: true });
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [sections]);
  return current;
}
