import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Rule, serviceNames, type Token, type Violation } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { runCli } from '../run-cli.ts';
import type { RealSpace } from './real-space.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export function onMains(space: () => RealSpace): void {
  const ran = (...args: string[]) => space().ran(...args);

  describe('a space on mains', () => {
    it('has a status with a line for each service', async () => {
      const stdout = await waitFor('nobody waits and all is ready', async () => {
        const status = await ran('status');
        return status.code === 0 && status.stdout.includes('Nobody waits for anybody.') && status.stdout;
      });
      expect(stdout).toMatch(/^Huismeester +ready\nPower +mains\nOn hold +none\n/);
      for (const service of serviceNames) expect(stdout).toMatch(new RegExp(`^${service} +ready`, 'm'));
      expect(stdout).toMatch(/^rack +on-mains +ok +100 % /m);
    });

    it('lists its VMs, nodes and clauses, also to a program that runs anywhere', async () => {
      expect((await ran('vms')).stdout).toMatch(/^104 +participant +pve\/pve1 +running .*wiki/m);
      expect((await ran('nodes')).stdout).toMatch(/^pve-pve1 +pve\/pve1 +online$/m);
      // While an event is not read yet it is unknown.
      await waitFor('the clauses are known', async () =>
        /^SPACE-3 +dry-run +power/m.test((await ran('clauses')).stdout),
      );
      const args = [main, 'vms', '--json', '--socket', space().socket];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: '/' });
      const vms: { id: string }[] = JSON.parse(stdout);
      expect(new Set(vms.map(({ id }) => id))).toEqual(new Set(['101', '104', '105', '106']));
    });

    it('says of a node how it is and that nothing was decided, and of none that there is none', async () => {
      expect((await ran('why', 'node/pve-pve1')).stdout).toBe(
        'Node pve1 of pve: online.\n\nNothing was ever decided about it.\n',
      );
      expect((await ran('why', 'node/pve1')).stdout).toMatch(/^There is no node pve1: /);
    });

    it('has no dead letter, and is no demo', async () => {
      expect((await ran('dead-letters')).stdout).toBe('There is no dead letter.\n');
      const { code, stderr } = await ran('demo', 'power-cut');
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is no demo space') });
    });
  });

  describe('a violation', () => {
    it('is listed, by status and by next too, and accepted for a while', async () => {
      const listed = await space().prints(['violations'], (text) => text.includes('ups/attic'));
      expect(listed).toMatch(/^\S+ \S+ +warning +ups\/attic +CORE-1 +\S/m);
      expect((await ran('status')).stdout).toMatch(/^ {2}warning: ups\/attic \(CORE-1\): /m);
      expect((await ran('next')).stdout).toMatch(/^\d\. ups\/attic is not as CORE-1 wants it: /m);
      // Of the core services that nothing watches here there are others.
      const ofAttic = async () =>
        (await space().json<Violation[]>('violations')).filter(({ about }) => about === 'ups/attic');
      const [found] = await ofAttic();
      const id = found?.violation ?? '';
      const accepted = await ran('accept', id, '--for', '720h', '--because', 'upsd restarts tonight');
      expect(accepted).toMatchObject({ code: 0, stderr: '' });
      expect(await ofAttic()).toMatchObject([{ accepted: { because: 'upsd restarts tonight' } }]);
      expect((await ran('next')).stdout).not.toContain('ups/attic');
      expect((await ran('accept-no-more', id)).code).toBe(0);
      expect(await ofAttic()).toEqual([found]);
    });
  });

  describe('a token', () => {
    it('has its secret alone on standard output, works until it is revoked, and stands in no list', async () => {
      const args = ['token', 'create', '--role', 'board', '--name', 'grafana', '--expires', '1d'];
      const { code, stdout, stderr } = await ran(...args);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^hm_\S+\n$/) });
      expect(stderr).toContain('not shown again');
      const token = (await space().json<Token[]>('token', 'list')).find(({ name }) => name === 'grafana');
      const lifetime = Date.parse(token?.expires ?? '') - Date.parse(token?.created ?? '');
      expect(Math.abs(lifetime - 24 * 3_600_000)).toBeLessThan(60_000);

      const secret = stdout.trim();
      const overUrl = (with_: string) =>
        runCli(['rules'], { env: { HUISMEESTER_URL: space().url, HUISMEESTER_TOKEN: with_ } });
      expect((await overUrl(secret)).code).toBe(0);
      for (const command of ['token list', 'export', 'events'])
        expect((await ran(...command.split(' '))).stdout).not.toContain(secret);
      expect((await ran('token', 'revoke', token?.id ?? '')).code).toBe(0);
      expect(await overUrl(secret)).toMatchObject({ code: 1, stdout: '' });
    });
  });

  describe('a display', () => {
    it('has its link alone on standard output, reads how the space is, and is removed by name', async () => {
      expect((await ran('display', 'list')).stdout).toBe('There is no display.\n');
      const { code, stdout, stderr } = await ran('display', 'add', 'the hall');
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\/display#hm_\S+\n$/) });
      expect(stderr).toContain('http.publicUrl');
      const statusOf = async (path: string) => {
        const headers = { authorization: `Bearer ${stdout.trim().split('#')[1]}` };
        return (await fetch(`${space().url}/api/v1/${path}`, { headers })).status;
      };
      expect([await statusOf('now'), await statusOf('power'), await statusOf('me')]).toEqual([200, 403, 403]);
      expect((await ran('display', 'list')).stdout).toContain('the hall');
      const unknown = await ran('display', 'remove', 'the roof');
      expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('there are: the hall') });
      expect((await ran('display', 'remove', 'the hall')).code).toBe(0);
      expect(await statusOf('now')).toBe(401);
    });
  });

  describe('a clause', () => {
    it('that several rules have is refused without its rule, with which they are', async () => {
      const { code, stderr } = await ran('enforce', 'SPACE-3');
      expect(code).toBe(1);
      expect(stderr).toContain('power/SPACE-3');
      expect(await ran('enforce', 'power/SPACE-99')).toMatchObject({ code: 1, stdout: '' });
    });

    it('is armed, and put back', async () => {
      const modeOf = async () =>
        (await space().json<Rule[]>('rules')).find(
          ({ rule, clause }) => `${rule}/${clause}` === 'power/CORE-1',
        )?.mode;
      expect(await modeOf()).toBe('dry-run');
      expect((await ran('enforce', 'power/CORE-1')).stdout).toMatch(/^power\/CORE-1 is armed: it acts\. /);
      expect(await modeOf()).toBe('enforce');
      expect((await ran('preview')).stdout).not.toContain('power/CORE-1');
      expect((await ran('dry-run', 'power/CORE-1')).stdout).toMatch(/^power\/CORE-1 is in dry-run/);
      expect(await modeOf()).toBe('dry-run');
    });
  });
}
