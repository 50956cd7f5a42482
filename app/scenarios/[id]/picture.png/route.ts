import { notFound } from 'next/navigation';
import { loadScenarios } from '../../../_content/scenarios.ts';
import { pinnedRuns } from '../../../_static/pinned.ts';
import { cardPng } from '../../_card/card-png.ts';

export const dynamic = 'force-static';
export const dynamicParams = false;

export function generateStaticParams() {
  return loadScenarios().map(({ id }) => ({ id }));
}

/** The picture that other sites show for a link to the scenario. Drawn while pages are built; its name has the ending that static hosts go by. */
export async function GET(_: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const scenario = loadScenarios().find((candidate) => candidate.id === id);
  if (scenario === undefined) notFound();
  const png = await cardPng({ scenario, runs: pinnedRuns(scenario) });
  return new Response(png, { headers: { 'content-type': 'image/png' } });
}
