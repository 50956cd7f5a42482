import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { modelById, models } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { oembedDiscovery, siteOrigin } from '../../_embed/site.ts';
import { Embed } from '../_frame/embed.tsx';
import { embedThemeScript } from '../_frame/theme-script.ts';

export const dynamicParams = false;

interface Props {
  readonly params: Promise<{ readonly model: string }>;
}

export function generateStaticParams() {
  return models.map(({ id }) => ({ model: id }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const model = modelById((await params).model);
  if (model === undefined) return {};
  return {
    metadataBase: siteOrigin,
    title: model.title,
    description: model.summary,
    // The lab shows the same: a search engine should lead there.
    robots: { index: false },
    alternates: { canonical: `/lab/${model.id}`, types: oembedDiscovery(`/embed/${model.id}`, model.title) },
  };
}

/** A run for a frame in another page, without the site around it. The run is made in the browser, from the address. */
export default async function EmbedPage({ params }: Props) {
  const model = modelById((await params).model);
  if (model === undefined) notFound();
  const scenarios = loadScenarios().filter((scenario) => scenario.model === model.id);
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; only an inline script runs before the first paint. */}
      <script dangerouslySetInnerHTML={{ __html: embedThemeScript }} />
      <Embed modelId={model.id} scenarios={scenarios} />
    </>
  );
}
