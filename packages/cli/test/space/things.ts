import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ItemResource } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import type { RealSpace } from './real-space.ts';

/** The register of things; jan and piet are full members of the team, tom is a participant. */
export function things(theSpace: () => RealSpace): void {
  const done = async (...args: string[]) => {
    const { code, stdout, stderr } = await theSpace().ran(...args);
    expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await theSpace().ran(...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' });
    return stderr;
  };
  const itemOf = async (id: string) =>
    (await theSpace().json<ItemResource[]>('item', 'list', '--all')).find((each) => each.id === id);

  describe('the register of things', () => {
    it('has an item as it was said, changes what is named, and leaves the rest', async () => {
      const kind = ['--kind', 'switch', '--layer', '2'];
      const of = ['--tenure', 'loaned', '--person', 'piet', '--until', '2027-03-31'];
      expect(await done('item', 'add', 'Bar switch', ...kind, ...of, '--place', 'bar')).toContain(
        'as bar-switch',
      );
      expect(
        await done('item', 'change', 'Bar switch', '--note', 'serial 4711', '--clear', 'place'),
      ).toContain('Bar switch is changed');
      const shown = await done('item', 'show', 'bar-switch', '--lang', 'nl');
      expect(shown).toContain('in bruikleen van piet, tot en met 2027-03-31');
      expect(shown).toContain('serial 4711');
      expect(await itemOf('bar-switch')).not.toHaveProperty('place');
      expect(await theSpace().ran('item', 'change', 'bar-switch')).toMatchObject({ code: 64 });
      expect(await theSpace().ran('item', 'change', 'bar-switch', '--clear', 'name')).toMatchObject({
        code: 64,
        stderr: expect.stringContaining('found name; allowed: place'),
      });
      expect(await refused('item', 'show', 'bar-swich')).toContain('huismeester item list');
    });

    it('says what goes with a thing, refuses a circle with its path, and to retire what something needs', async () => {
      await done('item', 'add', 'Bar PC', '--kind', 'bar-pc', '--layer', '7', '--tenure', 'owned');
      await done('item', 'link', 'bar-pc', 'depends-on', 'Bar switch');
      await done('item', 'link', 'bar-switch', 'powered-by', 'ups/rack');
      const impact = await done('impact', 'ups/rack');
      expect(impact).toMatch(/^item\/bar-switch \(Bar switch\) +is powered by ups\/rack$/m);
      expect(impact).toMatch(/^item\/bar-pc \(Bar PC\) +depends on item\/bar-switch$/m);
      expect(await refused('item', 'link', 'bar-switch', 'runs-on', 'bar-pc')).toContain(
        'item/bar-switch → item/bar-pc → item/bar-switch',
      );
      expect(await refused('item', 'retire', 'bar-switch')).toContain('bar-pc');
      await done('item', 'unlink', 'bar-pc', 'depends-on', 'bar-switch');
      expect(await done('impact', 'bar-switch')).toContain('Nothing is known to go with item/bar-switch');
    });

    it('has a learner who becomes steward when another says so, by name', async () => {
      await done('steward', 'learn', 'bar-pc', '--as', 'jan');
      expect(await done('steward', 'promote', 'bar-pc', 'jan', '--as', 'piet')).toContain(
        'jan can run Bar PC without help (TEAM-2)',
      );
      expect(await done('steward', 'confirm', '--as', 'jan', '--lang', 'nl')).toContain('Genoteerd');
      expect(await done('item', 'show', 'bar-pc')).toMatch(/who can run it +jan, counts until/);
      expect(await refused('steward', 'remove', 'bar-pc', 'piet')).toContain(
        'piet is not on record for bar-pc',
      );
      await done('steward', 'remove', 'bar-pc', '--as', 'jan');
      expect(await done('steward', 'list', 'bar-pc')).toContain('Nobody is on record');
    });

    it('has one cable at a port, and a free end while it is planned', async () => {
      expect(await done('cable', 'add', 'bar-switch:gi0/3', 'bar-pc:eth0')).toContain(
        'c1 goes from bar-switch gi0/3 to bar-pc eth0 (laid)',
      );
      expect(await refused('cable', 'add', 'bar-switch:GI0/3', 'bar-pc:eth1')).toContain(
        'bar-switch GI0/3 already goes to bar-pc eth0',
      );
      expect(await done('cable', 'add', 'bar-switch:gi0/4')).toContain('(planned)');
      await done('cable', 'change', 'c1', '--state', 'broken');
      expect(await done('cable', 'list', 'bar-pc', '--lang', 'nl')).toMatch(
        /^c1 +kapot +bar-switch gi0\/3 /m,
      );
      await done('cable', 'remove', 'c1');
      expect(await theSpace().ran('cable', 'add', 'bar-switch')).toMatchObject({ code: 64 });
    });

    it('is CSV that imports as nothing to do, and what is wrong in it is said by line and column', async () => {
      const file = join(await mkdtemp(join(tmpdir(), 'things-')), 'items.csv');
      expect(await theSpace().ran('item', 'export', '--out', file)).toMatchObject({ code: 0, stdout: '' });
      expect(await done('item', 'import', file)).toBe('0 new, 0 changed, 2 as they were.\n');
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace(',Bar PC,', ',PC behind the bar,'));
      expect(await done('item', 'import', file, '--dry-run')).toContain('Nothing was changed');
      expect((await itemOf('bar-pc'))?.name).toBe('Bar PC');
      await writeFile(file, text.replace(',bar-pc,7,', ',bar-pcc,7,'));
      expect(await refused('item', 'import', file)).toContain('line 2, kind: found bar-pcc');
    });

    it('proposes what is seen, registers it in bulk, and takes no other id', async () => {
      expect(await done('item', 'propose')).toMatch(/^switch\/sw1 /m);
      expect(await done('item', 'confirm', 'switch/sw1', 'ups/rack', '--tenure', 'owned')).toContain(
        '2 items are registered',
      );
      expect(await done('item', 'propose')).not.toMatch(/^switch\/sw1 /m);
      expect(await refused('item', 'dismiss', 'switch/sw9')).toContain('item propose --all');
      expect(await theSpace().ran('item', 'confirm')).toMatchObject({ code: 64 });
    });

    it('has design decisions, each of an item; without a wiki none can be looked up', async () => {
      expect(
        await done('design', 'add', 'One VLAN for guests', '--item', 'Bar switch', '--status', 'accepted'),
      ).toContain('as one-vlan-for-guests (CORE-5, SPACE-6)');
      expect(await done('design', 'list', '--lang', 'nl')).toMatch(
        /^one-vlan-for-guests +aangenomen +item\/bar-switch +geen genoemd/m,
      );
      expect(await refused('design', 'change', 'one-vlan-for-guests', '--status', 'superseded')).toContain(
        'superseded_by',
      );
      expect(await refused('design', 'show', 'vlans')).toContain('huismeester design list');
      await done('design', 'remove', 'one-vlan-for-guests');
    });

    it('is in the export, and what it takes to leave is read and nothing else', async () => {
      const { items, cables, stewards, 'design-decisions': decisions } = JSON.parse(await done('export'));
      expect(items.items.length).toBeGreaterThan(2);
      for (const each of [cables, stewards, decisions]) expect(each).toHaveProperty('items');
      const shown = await done('leave', '--dry-run');
      expect(shown).toMatch(/items 4, /);
      expect(shown).toContain('There is nothing to give back');
    });
  });
}
