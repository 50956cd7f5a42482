// `npm run bench:web [-- --json] [--pages guide,home] [--runs 1] [--no-lab]`: what the built site takes in a browser, as named figures with
// their targets. All of it takes some minutes.
import { parseArgs } from 'node:util';
import { labFigures } from './lab.ts';
import { type Figures, formsOf, lighthouseFigures, type PageName, pages, scriptFigures } from './pages.ts';
import { openSite } from './site.ts';
import { report } from './targets.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    pages: { type: 'string', default: Object.keys(pages).join(',') },
    runs: { type: 'string', default: '3' },
    lab: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const wanted = (Object.keys(pages) as PageName[]).filter((name) => values.pages.split(',').includes(name));
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: found "${values.runs}"; give a whole number from 1.`);
const site = await openSite();
try {
  const figures: Record<string, number> = {};
  const add = (more: Figures) => Object.assign(figures, more);
  for (const name of wanted) {
    add(await scriptFigures(site, name));
    for (const form of formsOf(name)) add(await lighthouseFigures(site, name, form, runs));
  }
  if (values.lab) add(await labFigures(site));
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${report(figures).join('\n')}\n`);
} finally {
  await site.close();
}
