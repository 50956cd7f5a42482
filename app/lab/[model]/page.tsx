import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { modelById, models } from '../../../simulations/index.ts';
import { loadScenarios } from '../../_content/scenarios.ts';
import { oembedDiscovery, siteOrigin } from '../../_embed/site.ts';
import { Lab } from '../_lab/lab.tsx';

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
  const [address, title] = [`/lab/${model.id}`, `${model.title}, lab`];
  return {
    metadataBase: siteOrigin,
    title,
    description: model.summary,
    alternates: { canonical: address, types: oembedDiscovery(address, model.title) },
    openGraph: { type: 'website', siteName: 'Faultline', title, description: model.summary, url: address },
  };
}

/** The lab of a model. The run itself is made in the browser, from the address. */
export default async function LabPage({ params }: Props) {
  const model = modelById((await params).model);
  if (model === undefined) notFound();
  const scenarios = loadScenarios().filter((scenario) => scenario.model === model.id);
  return <Lab modelId={model.id} scenarios={scenarios} />;
}
