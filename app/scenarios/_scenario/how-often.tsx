import type { CSSProperties } from 'react';
import { formatCount, type Rate, type Scenario } from '../../../simulations/index.ts';
import { CommandLine } from '../../_shell/command-line.tsx';
import { formatInterval } from '../../_stage/layout/rate-words.ts';
import { Ranges } from '../../_stage/marks/ranges.tsx';
import { verdictOn } from '../../_static/evidence.ts';
import { sentence } from '../../_static/format.ts';
import { type Measured, rateIn } from '../../_static/measured.ts';
import type { PinnedRun } from '../../_static/pinned.ts';
import { verifyCommand } from './citations.ts';
import styles from './how-often.module.css';
import { Section } from './section.tsx';
import { SeedGrid } from './seed-grid.tsx';

export interface HowOftenProps {
  readonly scenario: Scenario;
  readonly runs: readonly PinnedRun[];
  readonly measured: Measured;
}

/** What many seeds showed: each seed as a cell, and the rates with their intervals. A row for each property that the file makes claims about. */
export function HowOften({ scenario, runs, measured }: HowOftenProps) {
  const claimed = scenario.variants.flatMap(({ rates }) => rates.map(({ property }) => property));
  const { witness } = scenario;
  const hazard = witness === undefined ? undefined : (runs[0]?.run.input.model.witnesses[witness]?.title ?? witness);
  const counted = hazard === undefined ? '' : `; counted are those in which ${hazard}`;
  const aside = `seeds 1 to ${formatCount(measured.seeds)}, one cell each, row by row${counted}`;
  return (
    <Section id="rates" title="How often" aside={aside}>
      {[...new Set(claimed)].map((property) => (
        <Property key={property} property={property} scenario={scenario} runs={runs} measured={measured} />
      ))}
      <p className={`data quiet ${styles.origin}`}>
        measured with engine {measured.engine}; again:{' '}
        <CommandLine text={`${verifyCommand(scenario)} --seeds ${measured.seeds}`} />
      </p>
    </Section>
  );
}

/** Grids beside each other on a narrow page. */
const COLUMNS_MAX = 4;

function Property({ property, scenario, runs, measured }: HowOftenProps & { property: string }) {
  const rates = runs.flatMap(({ variant }) => {
    const rate = rateIn(measured, variant.id, property);
    return rate === undefined ? [] : [{ name: variant.id, ...rate }];
  });
  const title = runs.map((pinned) => verdictOn(pinned, property)?.title).find((name) => name !== undefined) ?? property;
  const never = rates.find(({ count }) => count === 0);
  if (rates.every(({ count }) => count === 0)) return <Nowhere title={title} rates={rates} />;
  return (
    <div className={styles.row} style={{ '--columns': Math.min(COLUMNS_MAX, rates.length) } as CSSProperties}>
      {rates.map(({ name, count }) => {
        const violating = measured.variants[name]?.violatingSeeds[property] ?? [];
        const pinned = violating.includes(scenario.seed) ? `; the ring is seed\u00a0${scenario.seed}` : '';
        return (
          <figure key={name}>
            <SeedGrid
              seeds={measured.seeds}
              violating={violating}
              pinned={scenario.seed}
              label={`${title}, variant ${name}`}
              id={`seeds-${property}-${name}`}
            />
            <figcaption>
              <b>{name}</b> {formatCount(count)}
              {pinned}
            </figcaption>
          </figure>
        );
      })}
      <figure className={styles.rates}>
        <Ranges
          rates={rates}
          axis="seeds that violate, 95 % interval"
          label={`${title}: share of seeds that violate it, with its 95 % interval`}
        />
        <figcaption>
          <b>{sentence(title)}</b> Rates among witnessed seeds with 95&nbsp;% Wilson intervals, log scale.
          {never !== undefined && ` Zero in ${formatCount(never.of)} is a bound, not a proof.`}
        </figcaption>
      </figure>
    </div>
  );
}

/** A property that no seed of any variant violated: a sentence says what empty grids would. */
function Nowhere({ title, rates }: { readonly title: string; readonly rates: readonly Rate[] }) {
  const least = rates.reduce((found, rate) => (rate.of < found.of ? rate : found), rates[0]!);
  const even = rates.every(({ of }) => of === least.of);
  return (
    <p className={styles.nowhere}>
      <b>{sentence(title)}</b> No seed violated it, in any variant: 0 of {even ? '' : 'at least '}
      {formatCount(least.of)} in each, {formatInterval(least)}.
    </p>
  );
}
