import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncApi } from '@huismeester/contracts';
import { createLogger, eventsPage, parseSettings, runServices } from '@huismeester/service';
import { request } from 'undici';
import { loadServices, version } from '../space.ts';

/** The documents of the whole API and their pages, by the names of their files. */
export interface ApiDocs {
  readonly 'openapi.json': string;
  readonly 'asyncapi.json': string;
  readonly 'asyncapi.html': string;
}

/**
 * Makes them from the program itself: all services run for a moment in an empty space, since what they answer is known
 * only to them. In a distributed space each process shows its own routes alone.
 */
export async function generateApiDocs(): Promise<ApiDocs> {
  const rest = await askedOf('/openapi.json');
  const news = asyncApi({ version: version(), root: 'space', brokerUrls: ['mqtt://127.0.0.1:1883'] });
  return {
    'openapi.json': `${JSON.stringify(rest, null, 2)}\n`,
    'asyncapi.json': `${JSON.stringify(news, null, 2)}\n`,
    'asyncapi.html': eventsPage(news, 'asyncapi.json'),
  };
}

async function askedOf(path: string): Promise<unknown> {
  const dir = await mkdtemp(join(tmpdir(), 'hm-docs-'));
  try {
    const logger = createLogger({ level: 'silent' });
    const running = await runServices(emptySpace(dir), await loadServices(), { version: version(), logger });
    try {
      const { body } = await request(`${running.url}${path}`);
      return await body.json();
    } finally {
      await running.close();
    }
  } finally {
    await rm(dir, { recursive: true });
  }
}

function emptySpace(dir: string) {
  const settings = {
    site: { id: 'docs', name: 'Documentation' },
    http: { host: '127.0.0.1', port: 0, socket: join(dir, 'socket') },
    broker: { embedded: { port: 0 } },
    database: { embedded: { dir: join(dir, 'db') }, acceptPowerLossRisk: true },
  };
  const readFile = (): string => {
    throw new Error('the settings of an empty space name no file');
  };
  return parseSettings(JSON.stringify(settings), { file: 'docs', env: {}, readFile });
}
