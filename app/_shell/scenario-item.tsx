import Link from 'next/link';
import type { Scenario } from '../../simulations/index.ts';

/** A scenario in a list: its title leads to it, and its id stands beside it. */
export function ScenarioItem({ id, title }: Pick<Scenario, 'id' | 'title'>) {
  return (
    <li>
      <Link href={`/scenarios/${id}`} prefetch={false}>
        {title}
      </Link>{' '}
      <span className="data quiet">{id}</span>
    </li>
  );
}
