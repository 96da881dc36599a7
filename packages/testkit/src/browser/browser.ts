import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import { daemonPath } from '../available.ts';
import { openVisit, type Visit, type VisitOptions } from './visit.ts';

/** A Chromium without a window. */
export interface TestBrowser {
  readonly pid: number;
  readonly version: string;
  /** The browser of one person: no cookies, nothing cached; it shares the process and nothing else. */
  open(options: VisitOptions): Promise<Visit>;
  /** Ends the process, by force when it does not end within 5 s. */
  close(): Promise<void>;
}

const closeMs = 5_000;

/** Names below .test (RFC 6761) are this machine, for a page that is reached by another name than loopback; no other host is reached. */
const hosts = 'MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]';

const flags = [
  `--host-resolver-rules=${hosts}`,
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium. It ends with this process, however that ends, since it reads its commands from a pipe. */
export async function startBrowser(): Promise<TestBrowser> {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: daemonPath('chromium'),
    // Chromium refuses root a sandbox.
    args: isRoot ? [...flags, '--no-sandbox'] : flags,
  });
  const pid = await pidOf(browser);
  return {
    pid,
    version: browser.version(),
    open: (options) => openVisit(browser, options),
    async close() {
      const overdue = new AbortController();
      const kill = sleep(closeMs, undefined, { signal: overdue.signal }).then(
        () => process.kill(pid, 'SIGKILL'),
        () => false,
      );
      await browser.close();
      overdue.abort();
      await kill;
    },
  };
}

let shared: Promise<TestBrowser> | undefined;

/** The one browser of this process, for all files of a worker of vitest; it ends with the worker. */
export function sharedBrowser(): Promise<TestBrowser> {
  shared ??= startBrowser();
  return shared;
}

async function pidOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const main = processInfo.find(({ type }) => type === 'browser');
  if (main === undefined) throw new Error('Chromium does not say which process it is');
  return main.id;
}
