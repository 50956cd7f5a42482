import { formatCount } from '../../../simulations/index.ts';
import { unbroken } from '../../_prose/rehype-no-break.js';
import { formatInterval } from '../../_stage/layout/rate-words.ts';
import { propertiesOf } from '../../_static/evidence.ts';
import { type Measured, rateIn } from '../../_static/measured.ts';
import styles from './variants.module.css';
import type { VariantsProps } from './variants.tsx';

/** How many seeds violate what the scenario is about: a variant that holds on the pinned seed need not hold on others. */
export function SeedRow({ scenario, runs, measured }: VariantsProps & { measured: Measured }) {
  const [property = ''] = propertiesOf(scenario, runs);
  return (
    <tr>
      <th scope="row">
        Seeds that violate
        <span className="data">
          {property}, {`seeds\u00a01\u00a0to\u00a0${formatCount(measured.seeds)}`}
        </span>
      </th>
      {runs.map(({ variant }) => {
        const rate = rateIn(measured, variant.id, property);
        return (
          <td key={variant.id} className={styles.number} data-variant={variant.id}>
            {rate !== undefined && (
              <>
                <b>{formatCount(rate.count)}</b> of {formatCount(rate.of)}{' '}
                <span className="quiet">{unbroken(formatInterval(rate))}</span>
              </>
            )}
          </td>
        );
      })}
    </tr>
  );
}
