import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engineVersion } from '../../simulations/index.ts';
import { runOf, variants } from '../helpers/scenarios.ts';

const FILE = 'test/golden/digests.json';

/**
 * The recorded identity of every scenario's pinned run. When a change of the engine moves one, record anew with
 * `RECORD=1 npx vitest run test/golden`, raise the engine version and say so in the changelog under "Traces changed".
 */
test('every pinned run has its recorded digest', () => {
  const digests = Object.fromEntries(
    variants.map(([id, variant]) => [`${id}/${variant}`, runOf(id, variant, { history: false }).digest]),
  );
  const now = { engine: engineVersion, digests };
  if (process.env.RECORD === '1') writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  expect(now).toEqual(JSON.parse(readFileSync(FILE, 'utf8')));
});
