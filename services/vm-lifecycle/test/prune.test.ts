import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { removeOld } from '../src/adapters/prune.ts';
import type { ActState } from '../src/core/act.ts';
import { act, creation, ownership } from '../src/schema.ts';
import { openTables } from './own-tables.ts';

test('what is long over goes; what says how a guest that is there was made and resized stays', async () => {
  const { database, close } = await openTables();
  try {
    const { orm } = database;
    const [old, fresh] = ['2020-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
    const owner = randomUUID();
    const which = { hypervisor: 'pve', vmid: 901, incarnation: 'uuid-1' };
    const owned = { ...which, id: '901-a', version: 1, vm: '901', owner, project: 'p-1' };
    await orm.insert(ownership).values({ ...owned, since: new Date() });
    const asked = async (id: string, more: Partial<ActState>, open = false) => {
      const state = { what: 'start', phase: 'done', endedAt: old, ...more } as ActState;
      await orm.insert(act).values({ id, version: 1, vm: '901', open, state });
    };
    await asked('old', {});
    await asked('fresh', { endedAt: fresh });
    await asked('open', {}, true);
    await asked('resized', { what: 'resize', ownership: '901-a' });
    await asked('refused', { what: 'resize', phase: 'failed', ownership: '901-a' });
    await asked('gone', { what: 'resize', ownership: '901-b' });
    const made = async (id: string, incarnation: string, at: string, open = false) => {
      const state = { incarnation, steps: [{ step: 'done', at }] } as never;
      await orm.insert(creation).values({ id, version: 1, owner, hypervisor: 'pve', vmid: 901, open, state });
    };
    await made('there', 'uuid-1', old);
    await made('gone', 'uuid-0', old);
    await made('fresh', 'uuid-0', fresh);
    await made('open', 'uuid-0', old, true);
    await removeOld(database, new Date('2025-01-01'));
    const left = async (table: typeof act | typeof creation) =>
      (await orm.select({ id: table.id }).from(table)).map(({ id }) => id).toSorted();
    expect(await left(act)).toEqual(['fresh', 'open', 'resized']);
    expect(await left(creation)).toEqual(['fresh', 'open', 'there']);
  } finally {
    await close();
  }
});
