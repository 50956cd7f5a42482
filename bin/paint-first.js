#!/usr/bin/env node
// The last step of a build: pages that are read show their text before their scripts run. Next starts every script of a page while the page is
// still arriving; whatever has come by then runs before the first paint. See content/decisions/0018-text-before-scripts.md.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paintFirst } from '../app/_shell/paint-first.js';

const PAGES = fileURLToPath(new URL('../.next/server/app', import.meta.url));
/** Drawn by their scripts: waiting would show them later. */
const INSTRUMENTS = ['lab', 'embed'];

const pages = readdirSync(PAGES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html'))
  .filter((path) => !INSTRUMENTS.some((folder) => path.startsWith(`${folder}/`)));
const changed = pages.filter((page) => {
  const path = join(PAGES, page);
  const before = readFileSync(path, 'utf8');
  const after = paintFirst(before);
  if (after !== before) writeFileSync(path, after);
  return after !== before;
});
if (changed.length === 0) {
  process.stderr.write(
    `paint-first: none of ${pages.length} pages names scripts in the form that React prints. Has this build been here before, or has Next changed what it writes?\n`,
  );
  process.exit(1);
}
process.stdout.write(`${changed.length} of ${pages.length} pages show their text before their scripts run\n`);
