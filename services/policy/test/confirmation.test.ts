import { migrateSchema, openDatabase } from '@huismeester/database';
import { createLogger, systemClock } from '@huismeester/service';
import { collectLines, skipWithout, startLink, startPostgres, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordOfEach } from '../src/confirmation.ts';

describe.skipIf(skipWithout('postgres'))('the word of each UPS, which is awaited at the start', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let url: URL;
  beforeAll(async () => {
    const postgres = await startPostgres({ fsync: false });
    cleanups.push(() => postgres.close());
    url = new URL(await postgres.createDatabase());
  });
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  it('is awaited still after a moment without a database', async () => {
    const link = await startLink(Number(url.port));
    cleanups.push(() => link.close());
    url.port = String(link.port);
    const database = await openDatabase({ url: url.href });
    cleanups.push(() => database.close());
    await migrateSchema(database, { schema: 'policy', folder: new URL('../migrations', import.meta.url) });
    const { stream, text } = collectLines();
    const logger = createLogger({ level: 'warn', destination: stream });
    link.weather({ kind: 'cut' });
    const signal = new AbortController().signal;
    const word = wordOfEach({ database, clock: systemClock, startedAt: Date.now(), signal, logger });
    await waitFor('it failed', () => text().includes('looking again'));
    link.weather({ kind: 'clear' });
    expect(await word).toBeUndefined();
  });
});
