import Link from 'next/link';
import type { Scenario } from '../../simulations/index.ts';
import { unbroken } from '../_prose/rehype-no-break.js';

/** A scenario in a list: its title leads to it, and its id stands beside it. */
export function ScenarioItem({ id, title }: Pick<Scenario, 'id' | 'title'>) {
  return (
    <li>
      <Link href={`/scenarios/${id}`} prefetch={false}>
        {unbroken(title)}
      </Link>{' '}
      <span className="data quiet">{id}</span>
    </li>
  );
}
