import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readDrift } from '../src/owning/drift.ts';
import { lease, ownership, vm } from '../src/schema.ts';
import { openTables } from './own-tables.ts';

test('onboot is to be turned off of a participants’ VM that is off since its lease ended, and of no other', async () => {
  const { database, close } = await openTables();
  try {
    const { orm } = database;
    const now = new Date('2026-11-22T12:00:00Z');
    const [before, later] = [new Date('2026-11-22T11:00:00Z'), new Date('2026-11-29T12:00:00Z')];
    const owner = randomUUID();
    const add = async (
      vmid: number,
      guest: Partial<typeof vm.$inferInsert>,
      its: Partial<typeof lease.$inferInsert> = {},
    ) => {
      const which = { hypervisor: 'pve', vmid, incarnation: `uuid-${vmid}` };
      const listed = { kind: 'qemu', name: 'one', pool: 'p', node: 'pve1', class: 'participant' } as const;
      const row = { id: `${vmid}`, ...which, ...listed, onboot: true, changedAt: before };
      await orm.insert(vm).values({ ...row, status: 'stopped', ...guest });
      const of = { id: `${vmid}-a`, version: 1, vm: `${vmid}`, owner };
      await orm.insert(ownership).values({ ...of, ...which, project: 'p-1', since: before });
      const times = { started: before, ends: before, number: 1, renewals: 0 };
      await orm.insert(lease).values({ ...of, ...times, onbootBefore: true, ...its });
    };
    await add(301, {});
    // Started again, and its onboot could not be set back.
    await add(302, { status: 'running' }, { ends: later, number: 2 });
    await add(303, {}, { ends: later, number: 2 });
    // Promoted: its node is to start it from now on.
    await add(304, { class: 'space-wide' }, { over: true });
    await add(305, {}, { over: true, ends: later });
    await add(306, {}, { onbootBefore: null });
    await add(307, { onboot: false });
    // Over its end, and not off yet.
    await add(308, { status: 'running' });
    const found = (await readDrift(orm, now)).flatMap(({ drift }) => drift);
    expect(found.map((each) => [each.vm, each.what, each.acts, each.ours, each.theirs])).toEqual([
      ['301', 'onboot', 'infrateam', 'does not start with its node', 'starts with its node'],
    ]);
  } finally {
    await close();
  }
});
