// `npm run bench:web [-- --json]`: what the built site takes in a browser, as named figures with their targets. Takes some minutes.
import { parseArgs } from 'node:util';
import { labFigures } from './lab.ts';
import { type Figures, lighthouseFigures, type PageName, pages, scriptFigures } from './pages.ts';
import { openSite } from './site.ts';
import { report } from './targets.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const site = await openSite();
try {
  const figures: Record<string, number> = {};
  const add = (more: Figures) => Object.assign(figures, more);
  for (const name of Object.keys(pages) as PageName[]) {
    add(await scriptFigures(site, name));
    for (const form of ['desktop', 'phone'] as const) add(await lighthouseFigures(site, name, form));
  }
  add(await labFigures(site));
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${report(figures).join('\n')}\n`);
} finally {
  await site.close();
}
