import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import config from '../../playwright.config.ts';
import { wholeBrowser } from '../helpers/browsers.js';

const PORT = 3199;
const DEBUG_PORT = 9399;

/** The built site, served, and a browser to look at it with. */
export interface Site {
  readonly browser: Browser;
  readonly debugPort: number;
  url(path: string): string;
  close(): Promise<void>;
}

/** Serves the last production build. Throws, saying what to run, when there is none. */
export async function openSite(): Promise<Site> {
  if (!existsSync('.next/BUILD_ID')) throw new Error('There is no build to measure: run `npm run build` first.');
  const server = spawn('npx', ['next', 'start', '-p', String(PORT)], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  const url = (path: string) => `http://localhost:${PORT}${path}`;
  try {
    await answered(url('/'));
    const launch = config.use?.launchOptions;
    const args = [...(launch?.args ?? []), `--remote-debugging-port=${DEBUG_PORT}`];
    const executablePath = wholeBrowser();
    const browser = await chromium.launch({ ...launch, ...(executablePath !== undefined && { executablePath }), args });
    return {
      browser,
      debugPort: DEBUG_PORT,
      url,
      close: async () => {
        await browser.close();
        stop(server);
      },
    };
  } catch (error) {
    stop(server);
    throw error;
  }
}

/** The whole group: npx starts the server as a child of its own. */
function stop(server: ChildProcess): void {
  if (server.pid !== undefined) process.kill(-server.pid);
}

const TRIES = 120;

async function answered(url: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The server did not answer at ${url} within ${TRIES / 4} seconds.`);
}
