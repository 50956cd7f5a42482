import type { Metadata } from 'next';
import { engineVersion } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { GuideLayout, type Neighbour } from '../../_prose/guide-layout.tsx';
import type { GuideModule } from '../../_prose/guide-module.ts';
import { PageShell } from '../../_shell/page-shell.tsx';
import { type GuideEntry, guideBySlug, guides } from '../guides.ts';

export const dynamicParams = false;

export function generateStaticParams() {
  return guides.map(({ slug }) => ({ slug }));
}

interface PageProps {
  readonly params: Promise<{ readonly slug: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { title, rule } = guideBySlug((await params).slug);
  return { title, description: rule };
}

/** A guide: its MDX in the layout of guides. */
export default async function GuidePage({ params }: PageProps) {
  const { slug, number, facts } = guideBySlug((await params).slug);
  const { default: Guide, contents } = (await import(`../../../content/guides/${slug}.mdx`)) as GuideModule;
  const at = guides.findIndex((guide) => guide.slug === slug);
  return (
    <PageShell engine={engineVersion}>
      <GuideLayout
        contents={contents}
        kicker={`Rule ${number} of 31`}
        facts={facts}
        scenarios={loadScenarios().filter(({ rules }) => rules.includes(slug))}
        previous={neighbour(guides[at - 1])}
        next={neighbour(guides[at + 1])}
      >
        <Guide />
      </GuideLayout>
    </PageShell>
  );
}

function neighbour(guide: GuideEntry | undefined): Neighbour | undefined {
  return guide && { href: `/guides/${guide.slug}`, kicker: `rule ${guide.number}`, title: guide.title };
}
