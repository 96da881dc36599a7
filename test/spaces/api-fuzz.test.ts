import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@huismeester/contracts';
import { tempSite } from '@huismeester/testkit';
import { Pool } from 'undici';
import { expect, it } from 'vitest';
import { type ApiDocument, type HostileRequest, hostileRequests } from './e2e/hostile-requests.ts';
import { inThisProcess } from './e2e/in-this-process.ts';
import { askLocally } from './e2e/local-api.ts';

/** As many answers as one problem may have are shown: they all have one cause, most likely. */
const shown = 10;
/** Codes of problems that name the field, what was found, and what is allowed. */
const mustName = new Set(['invalid-request', 'not-found']);

it('answers whatever an administrator asks of any route in its OpenAPI document without a failure of its own, and names what is wrong', async () => {
  const site = await tempSite('fuzz');
  const socketPath = join(site.path, 's');
  const file = join(site.path, 'space.yaml');
  await writeFile(file, settings(site.url, socketPath));
  const api = askLocally(socketPath);
  const program = inThisProcess(file, api);
  const pool = new Pool('http://localhost', { socketPath, connections: 4 });
  try {
    await program.start();
    const requests = hostileRequests(await api.get<ApiDocument>('/openapi.json'), {
      seed: 90_125,
      mixtures: 10,
    });
    const statuses = new Map<number, number>();
    const failed: string[] = [];
    const answer = async (asked: HostileRequest) => {
      const { statusCode, headers, body } = await pool.request({ ...asked, method: asked.method as 'GET' });
      // A stream does not end by itself.
      const isStream = headers['content-type'] === 'text/event-stream';
      const text = isStream ? '' : await body.text();
      if (isStream) body.on('error', () => {}).destroy();
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      const problem: Partial<Problem> = statusCode >= 400 ? JSON.parse(text) : {};
      const namesNothing = mustName.has(problem.code ?? '') && (problem.errors ?? []).length === 0;
      if (statusCode < 500 && !namesNothing) return;
      failed.push(`${statusCode} ${JSON.stringify(asked).slice(0, 300)} ${text.slice(0, 300)}`);
    };
    await inTurn(requests, 4, answer);
    expect(failed.slice(0, shown), program.output().slice(-2_000)).toEqual([]);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 201, 400, 404, 409, 412]));
    expect(await api.isReady()).toBe(true);
  } finally {
    await Promise.all([pool.destroy(), api.close(), program.end()]);
    await site.remove();
  }
});

/** An empty space: what is asked of routes needs no UPS and no hypervisor, and a program without them is ready at once. */
function settings(url: string, socket: string): string {
  const site = { id: 'fuzz', name: 'Fuzz' };
  return JSON.stringify({
    site,
    http: { port: 0, socket },
    broker: { embedded: { port: 0 } },
    database: { url },
  });
}

/** So many at a time. */
async function inTurn<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
