import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { engineVersion, type Scenario } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { oembedDiscovery, siteOrigin } from '../../_embed/site.ts';
import { PageShell } from '../../_shell/page-shell.tsx';
import { counterpartOf } from '../../_static/counterpart.ts';
import { loadMeasured } from '../../_static/measured.ts';
import { pinnedRun } from '../../_static/pinned.ts';
import { CARD_SIZE } from '../_card/card-size.ts';
import { CopyAs, Pictures } from '../_scenario/copy-as.tsx';
import { Cost } from '../_scenario/cost.tsx';
import { Counterpart } from '../_scenario/counterpart.tsx';
import { GoOn } from '../_scenario/go-on.tsx';
import { Head } from '../_scenario/head.tsx';
import { HowOften } from '../_scenario/how-often.tsx';
import { Assumptions, Identity, Replay } from '../_scenario/ledger.tsx';
import { inOrder } from '../_scenario/names.ts';
import { Variants } from '../_scenario/variants.tsx';
import styles from './page.module.css';

export const dynamicParams = false;

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export function generateStaticParams() {
  return loadScenarios().map(({ id }) => ({ id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const scenario = await scenarioOf(params);
  if (scenario === undefined) return {};
  const { id, title, claim } = scenario;
  const [address, description] = [`/scenarios/${id}`, `Claim under review: ${claim}`];
  const picture = { url: `${address}/picture.png`, ...CARD_SIZE, alt: `${title}. ${scenario.finding}` };
  return {
    metadataBase: siteOrigin,
    title,
    description,
    alternates: { canonical: address, types: oembedDiscovery(address, title) },
    openGraph: { type: 'article', siteName: 'Faultline', title, description, url: address, images: [picture] },
    twitter: { card: 'summary_large_image', title, description, images: [picture] },
  };
}

/** A scenario as evidence. Its runs are made while the page is built, by the engine that the reader's browser runs too. */
export default async function ScenarioPage({ params }: Props) {
  const scenario = await scenarioOf(params);
  if (scenario === undefined) notFound();
  const runs = inOrder(scenario.variants).map((variant) => pinnedRun(scenario, variant));
  const measured = loadMeasured(scenario.id);
  const counterpart = counterpartOf(scenario);
  return (
    <PageShell engine={engineVersion}>
      <article className={styles.page}>
        <Head scenario={scenario} runs={runs} />
        <Variants scenario={scenario} runs={runs} measured={measured} />
        {counterpart !== undefined && <Counterpart scenario={scenario} runs={runs} counterpart={counterpart} />}
        {measured !== undefined && <HowOften scenario={scenario} runs={runs} measured={measured} />}
        <div className={styles.columns}>
          <div>
            <Cost scenario={scenario} runs={runs} counterpart={counterpart} />
            <CopyAs scenario={scenario} runs={runs} measured={measured} counterpart={counterpart} />
            <Pictures scenario={scenario} runs={runs} measured={measured} />
          </div>
          <div>
            <Assumptions scenario={scenario} />
            <Identity scenario={scenario} runs={runs} />
            <Replay scenario={scenario} />
            <GoOn scenario={scenario} />
          </div>
        </div>
      </article>
    </PageShell>
  );
}

async function scenarioOf(params: Props['params']): Promise<Scenario | undefined> {
  const { id } = await params;
  return loadScenarios().find((scenario) => scenario.id === id);
}
