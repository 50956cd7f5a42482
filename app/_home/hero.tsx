import { formatCount, formatMsShort, type Scenario } from '../../simulations/index.ts';
import { LinkButton } from '../_shell/link-button.tsx';
import { labLink, violationsOf } from '../_static/evidence.ts';
import type { PinnedRun } from '../_static/pinned.ts';
import { StaticSpaceTime } from '../_static/static-space-time.tsx';
import styles from './hero.module.css';
import { heroFigure } from './hero-figure.ts';

/** What Faultline is, and one real run that shows it. */
export function Hero({ scenario, pinned }: { scenario: Scenario; pinned: PinnedRun }) {
  const { window, must, callouts } = heroFigure(scenario, pinned);
  const [violation] = violationsOf(pinned);
  const { run, focus } = pinned;
  return (
    <section className={styles.hero}>
      <h1>
        A simulator and a playbook for data systems: break a rule, watch a checker find the damage, fix the one decision
        that caused it, and send the run.
      </h1>
      <figure>
        <StaticSpaceTime
          id="hero"
          run={run}
          focus={focus}
          {...window}
          must={must}
          witness={violation?.witness}
          size="hero"
          callouts={callouts}
          label={`${scenario.title}: ${violation?.sentence ?? scenario.finding}`}
        />
        <figcaption className={styles.caption}>
          <span className={styles.words}>
            <b>One real run.</b> Any two quorums of three among five replicas share a replica, and still a read goes
            back in time. Seed {scenario.seed}, {formatMsShort(window.fromUs)} to {formatMsShort(window.toUs)} of{' '}
            {formatCount(scenario.durationUs / 1000)} ms.
          </span>
          <span className={styles.acts}>
            <LinkButton href={labLink(scenario, pinned, window)} look="primary" size="large" prefetch={false}>
              Open this run
            </LinkButton>
            <LinkButton href="/guides/measure-quorum-tradeoffs" size="large" prefetch={false}>
              Read its guide
            </LinkButton>
          </span>
        </figcaption>
      </figure>
    </section>
  );
}
