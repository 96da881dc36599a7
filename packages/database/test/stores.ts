import { join } from 'node:path';
import { skipWithout, tempDirWithDatabase, testDatabase } from '@huismeester/testkit';
import { type Database, openDatabase } from '../src/index.ts';

export interface Store {
  /** The directory, or the URL. */
  readonly place: string;
  /** Opens the same store once more. */
  open(): Promise<Database>;
  close(): Promise<void>;
}

/** Both kinds of store: every suite runs on each. */
export const stores = [
  { kind: 'embedded' as const, skip: false, start: startEmbedded },
  { kind: 'postgres' as const, skip: skipWithout('postgres', 'initdb'), start: startServer },
];

async function startEmbedded(): Promise<Store> {
  const dir = await tempDirWithDatabase('db');
  const place = join(dir.path, 'db');
  return {
    place,
    open: () => openDatabase({ embedded: { dir: place } }),
    close: () => dir.remove(),
  };
}

async function startServer(): Promise<Store> {
  const { url, drop } = await testDatabase();
  return { place: url, open: () => openDatabase({ url }), close: drop };
}
