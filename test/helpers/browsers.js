import { existsSync } from 'node:fs';

/** Chromium without windows: the same pages, half the time of a test. What Playwright downloads for tests is this one too. */
const SHELL = '/usr/bin/chromium-headless-shell';
const WHOLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the installed browser that tests run in, or nothing. `CHROMIUM_PATH` names another one. */
export function testBrowser() {
  return firstOf([process.env.CHROMIUM_PATH, SHELL, ...WHOLE]);
}

/** Path of the installed browser that figures are taken in: what readers use comes first. Or nothing. */
export function wholeBrowser() {
  return firstOf([process.env.CHROMIUM_PATH, ...WHOLE, SHELL]);
}

/** @param {readonly (string | undefined)[]} paths */
function firstOf(paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}
