import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A checkout of its own, with packages of ours. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'faultline-checkout-'));
  for (const path of ['bin', 'simulations', 'package.json', 'package-lock.json'])
    cpSync(path, join(root, path), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync('node_modules')) {
    if (!name.startsWith('.')) symlinkSync(join(process.cwd(), 'node_modules', name), join(root, 'node_modules', name));
  }
  return root;
}

function version(root: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/faultline.js'), '--version'], {
    encoding: 'utf8',
  });
  return stdout.trim() || stderr;
}

test('the command line is built once, and again as soon as a source has changed', () => {
  const root = checkout();
  const builds = () => readdirSync(join(root, 'node_modules/.cache/faultline')).length;
  const source = join(root, 'simulations/run/version.ts');
  const text = readFileSync(source, 'utf8');
  const [, known] = /'(\d+\.\d+\.\d+)'/.exec(text)!;
  expect([version(root), version(root), builds()]).toEqual([known, known, 1]);
  writeFileSync(source, text.replace(known!, '99.0.1'));
  expect([version(root), builds()]).toEqual(['99.0.1', 2]);
});
