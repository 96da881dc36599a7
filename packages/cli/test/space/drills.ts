import type { Drill } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.ts';
import type { RealSpace } from './real-space.ts';

export function drills(space: () => RealSpace): void {
  const drill = (...args: string[]) => space().ran('drill', 'power-cut', ...args);
  // Whether the plan fits makes no difference to what it begins from.
  const from = async (...args: string[]) =>
    (JSON.parse((await drill(...args, '--json')).stdout) as Drill).from;

  describe('a drill', () => {
    it('that fits is fine, names VMs, and touches nothing', async () => {
      const { code, stdout, stderr } = await drill('--ups', 'rack');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^\S+ +shut down \(dry-run\) +vm\/104 wiki +pve1 .* SPACE-3: \S/m);
      expect(stdout).toMatch(/The plan fits\.\n$/);
      expect(space().proxmox.guest(104).status).toBe('running');
    });

    it('begins from the UPSes and the readings that it is given, or else from what is read now', async () => {
      const args = ['--ups', 'rack', '--ups', 'attic', '--ups', 'rack', '--from-reading'];
      const reading = { charge_pct: 80, runtime_s: 1200 };
      expect(await from(...args, 'charge=80,runtime=1200')).toEqual([
        { ups: 'rack', ...reading },
        { ups: 'attic', ...reading },
      ]);
      expect(await from('--ups', 'rack', '--from-reading', 'runtime=900')).toMatchObject([
        { ups: 'rack', runtime_s: 900 },
      ]);
      expect(await from('--ups', 'rack')).toEqual([{ ups: 'rack', charge_pct: 100, runtime_s: 2400 }]);
    });

    it('that does not fit fails and says with what, for people in their language and for a program', async () => {
      const flat = ['--ups', 'rack', '--from-reading', 'charge=1,runtime=1'];
      const english = await drill(...flat);
      expect(english.code).toBe(1);
      expect(english.stderr).toMatch(/^the plan does not fit: \d+ errors?\n$/);
      expect(english.stdout).toMatch(/What would go wrong:\n.*\n(error +\S+ +\S.*\n)+/);
      const dutch = { LANG: 'nl_NL.UTF-8' };
      const there = ['drill', 'power-cut', ...flat, '--socket', space().socket];
      expect((await runCli(there, { env: dutch })).stderr).toMatch(/^het plan past niet: \d+ fout/);
      expect((await drill(...flat, '--lang', 'nl')).stdout).toContain('Wat er mis zou gaan:');
      expect((await runCli([...there, '--lang', 'en'], { env: dutch })).stdout).toContain(
        'What would go wrong:',
      );
      const { code, stdout } = await drill(...flat, '--json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ fits: false });
    });

    it('refuses a UPS that is not there', async () => {
      const { code, stderr } = await drill('--ups', 'cellar');
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'There is no UPS cellar\n  ups: found cellar; allowed: rack, attic\n',
      });
    });
  });
}
