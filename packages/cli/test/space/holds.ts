import type { Hold } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import type { RealSpace } from './real-space.ts';

export function holds(space: () => RealSpace): void {
  const ran = (...args: string[]) => space().ran(...args);
  const place = (what: string, length = '4h') =>
    ran('hold', what, '--for', length, '--because', 'a new disk');

  describe('a hold', () => {
    it.each(['vm/104', '104', 'wiki'])('is placed on %s, and says until when', async (reference) => {
      const { code, stdout } = await place(reference);
      expect(code).toBe(0);
      const [hold] = await space().json<Hold[]>('holds');
      expect(hold?.target).toBe('vm/104');
      expect(stdout).toMatch(
        /^vm\/104 is left alone until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\. `release \S+` ends/,
      );
      expect(stdout).toContain(`\`release ${hold?.id}\``);
      const released = await ran('release', hold?.id ?? '');
      expect(released.stdout).toBe('The hold on vm/104 is released: the rules decide about it again.\n');
    });

    it('is seen everywhere, until it is released', async () => {
      await place('104');
      expect((await ran('holds')).stdout).toMatch(/^what .*\nvm\/104 .* local:\S+ +a new disk +\S+\n$/);
      expect((await ran('vms')).stdout).toMatch(/^104 .*wiki +on hold until .*: a new disk$/m);
      expect(await space().json('vms')).toContainEqual(
        expect.objectContaining({ id: '104', hold: expect.objectContaining({ because: 'a new disk' }) }),
      );
      expect((await ran('status')).stdout).toContain('On hold      1: `huismeester holds` says which\n');
      expect((await ran('why', '104')).stdout).toMatch(/It is on hold until .*, by local:\S+: a new disk\n/);
      expect((await ran('release', 'vm/104')).code).toBe(0);
      expect((await ran('holds')).stdout).toBe('Nothing is on hold.\n');
      expect((await ran('vms')).stdout).not.toContain('on hold until');
    });

    it('on a node is one too', async () => {
      await place('node/pve-pve1', '30m');
      expect(await space().json('holds')).toMatchObject([{ target: 'node/pve-pve1' }]);
      expect((await ran('release', 'node/pve-pve1')).code).toBe(0);
    });

    it('on what netwatch looks at says that its incidents are planned', async () => {
      const { code, stdout, stderr } = await place('switch/sw1');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(
        /^switch\/sw1 is on hold until \S+ \S+: it is still looked at, and its incidents are planned\. `release/,
      );
      expect((await ran('release', 'switch/sw1')).stdout).toBe(
        'The hold on switch/sw1 is released: its incidents are no longer planned.\n',
      );
    });

    it('on a port that netwatch does not know is placed with a warning, and on no switch refused', async () => {
      await space().prints(['ports'], (text) => text.includes('gi1-0-1 '));
      const known = await place('port/sw1/gi1-0-1');
      expect(known).toMatchObject({ code: 0, stderr: '' });
      const { code, stderr } = await place('port/sw1/gi1-0-99');
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: 'netwatch knows no port/sw1/gi1-0-99: `huismeester ports sw1` lists those of the switch\n',
      });
      expect(await place('port/sw9/gi1')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('There is no port/sw9/gi1'),
      });
      for (const port of ['gi1-0-1', 'gi1-0-99']) await ran('release', `port/sw1/${port}`);
      expect(await space().json('holds')).toEqual([]);
    });

    it('of several on one thing is released alone', async () => {
      await place('104');
      await place('104', '5h');
      const [one, other] = await space().json<Hold[]>('holds');
      const { code, stderr } = await ran('release', 'vm/104');
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: `vm/104 has 2 holds: say which of ${one?.id}, ${other?.id}\n`,
      });
      expect((await ran('release', one?.id ?? '')).code).toBe(0);
      expect(await space().json('holds')).toEqual([other]);
      expect((await ran('release', 'wiki')).code).toBe(0);
    });

    it('is refused for too long, for no VM, and where there is none to release', async () => {
      const refused = async (ending: ReturnType<typeof ran>) => {
        const { code, stdout, stderr } = await ending;
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        return stderr;
      };
      expect(await refused(place('104', '99h'))).toMatch(/^ {2}for: found .*99h.*; allowed: .*24/m);
      expect(await refused(place('900'))).toContain('900');
      expect(await refused(place('nobody'))).toContain('no VM is called nobody');
      expect(await refused(place('hypervisor/pve'))).toContain('allowed: node/pve-pve1');
      expect(await refused(ran('release', '105'))).toBe(
        'vm/105 is not on hold: `huismeester holds` lists what is\n',
      );
    });
  });
}
