// Runs the browser tests. Looks for an installed browser first; where there is none, lets Playwright install its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { testBrowser } from './browsers.js';

function run(command, args) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    // Playwright empties one browser context between tests instead of making another: scripts stay compiled, which saves a third of the time.
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PW_TEST_REUSE_CONTEXT: '1' },
  });
  return status ?? 1;
}

/** On a Debian machine as root, Debian's browsers; elsewhere Playwright's own. */
function install() {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (isDebianRoot && run('apt-get', ['update', '-qq']) === 0) {
    const packages = ['chromium-headless-shell', 'firefox-esr'];
    if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]) === 0) return 0;
  }
  return run('npx', ['playwright', 'install', '--with-deps', 'chromium', 'firefox']);
}

if (testBrowser() === undefined) {
  process.stdout.write('no installed browser found: installing one\n');
  const status = install();
  if (status !== 0) process.exit(status);
}
process.exit(run('npx', ['playwright', 'test', ...process.argv.slice(2)]));
