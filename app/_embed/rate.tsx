import type { ReactNode } from 'react';
import { formatCount } from '../../simulations/index.ts';
import { loadMeasured, rateIn } from '../_static/measured.ts';

export interface RateProps {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly variant: string;
  readonly property: string;
  /** Stands until a measurement of the scenario is recorded. */
  readonly children: ReactNode;
}

/** In how many of the witnessed seeds a variant violates a property, as recorded: `104 of 9,756`. */
export function Rate({ scenario, variant, property, children }: RateProps) {
  const measured = loadMeasured(scenario);
  const rate = measured && rateIn(measured, variant, property);
  return (
    <span className="data data-l">{rate ? `${formatCount(rate.count)} of ${formatCount(rate.of)}` : children}</span>
  );
}
