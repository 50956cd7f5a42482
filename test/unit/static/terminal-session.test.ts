import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { session } from '../../../app/_home/terminal-session.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
copyFileSync(join(root, 'test/fixtures/histories/knossos/bad-analysis.jsonl'), join(folder, 'history.jsonl'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command prints, whatever its exit status. Scenarios are found by id from any folder. */
function printed(command: string): string {
  const words = command.split(' ').slice(2);
  const cwd = words.includes('history.jsonl') ? folder : root;
  try {
    return execFileSync(process.execPath, [join(root, 'bin/faultline.js'), ...words], { cwd, encoding: 'utf8' });
  } catch (failure) {
    return (failure as { stdout: string }).stdout;
  }
}

test.each(session)('home page: `$command` prints what the page shows', ({ command, output }) => {
  expect(printed(command).trimEnd().split('\n')).toEqual(output);
});
