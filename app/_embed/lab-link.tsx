import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatLink } from '../../simulations/index.ts';
import { loadScenarios } from '../_content/scenarios.ts';

export interface LabLinkProps {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly variant: string;
  /** Opens it with an empty fault script. Default false. */
  readonly withoutFaults?: boolean;
  readonly children: ReactNode;
}

/** A link to the lab with a scenario on its pinned seed: the engine writes the address, so that it stays right. */
export function LabLink({ scenario: id, variant, withoutFaults = false, children }: LabLinkProps) {
  const scenario = loadScenarios().find((candidate) => candidate.id === id);
  if (scenario?.variants.some((candidate) => candidate.id === variant) !== true)
    throw new Error(`<LabLink scenario="${id}" variant="${variant}">: there is no such variant.`);
  const { model, seed } = scenario;
  const faults = withoutFaults ? { faults: [] } : {};
  const href = formatLink({ model, scenario: id, variant, seed, set: {}, ...faults, view: {} });
  return (
    <Link href={href} prefetch={false}>
      {children}
    </Link>
  );
}
