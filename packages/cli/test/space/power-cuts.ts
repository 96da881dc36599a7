import type { Decision } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import type { RealSpace } from './real-space.ts';

interface Why {
  readonly story: readonly {
    readonly decision: Decision;
    readonly evidence: readonly { readonly type: string }[];
    readonly missing: readonly string[];
    readonly after: readonly { readonly type: string }[];
  }[];
}

export function powerCuts(space: () => RealSpace): void {
  const mains = (status: 'OL' | 'OB DISCHRG') => space().nut.set('rack', 'ups.status', status);
  const decided = (vm: number, state: string, mode: string) =>
    waitFor(
      `${vm} ${state} is decided in ${mode}`,
      async () => {
        const decisions = await space().json<Decision[]>('decisions', '--vm', `${vm}`, '--mode', mode);
        return decisions[0]?.state === state;
      },
      { everyMs: 100 },
    );
  const powerRequests = () => space().proxmox.requests.filter(({ method }) => method === 'POST');

  describe('a power cut in dry-run', () => {
    it('is previewed, and touches nothing', async () => {
      const quiet = await space().ran('preview');
      expect(quiet.stdout).toContain('In dry-run, so nothing is touched:\n');
      expect(quiet.stdout).toMatch(/^ {2}power\/SPACE-3 +\S/m);
      expect(quiet.stdout).toContain('Nothing would be done now.');
      mains('OB DISCHRG');
      const stdout = await space().prints(['preview'], (text) => /^vm\/104 /m.test(text));
      expect(stdout).toMatch(/^vm\/104 +stopped +SPACE-3 +\S/m);
      // Core has its turn much later.
      expect(stdout).not.toContain('vm/101');
      expect(await space().json('preview')).toMatchObject({
        wishes: expect.arrayContaining([expect.objectContaining({ about: 'vm/104', mode: 'dry-run' })]),
      });
      expect((await space().ran('status')).stdout).toMatch(/^Power +participants?\b.*\n {2}rack: /m);
      expect(powerRequests()).toEqual([]);
    });

    it('has nothing to start afterwards: what was off was put off by somebody else', async () => {
      const guest = space().proxmox.guest(106);
      guest.status = 'stopped';
      await space().prints(['vms'], (text) => /^106 .* stopped /m.test(text));
      mains('OL');
      await decided(106, 'running', 'dry-run');
      expect((await space().ran('preview')).stdout).toContain('Nothing would be done now.');
      guest.status = 'running';
      guest.startedAt = Date.now();
      await decided(106, 'hands-off', 'dry-run');
      expect((await space().ran('preview')).stdout).toContain('Nothing would be done now.');
      expect(powerRequests()).toEqual([]);
    });
  });

  describe('a power cut that is armed', () => {
    it('is carried out, told by why, and undone when mains is back', async () => {
      expect(await space().ran('enforce', 'power/SPACE-3')).toMatchObject({ code: 0, stderr: '' });
      mains('OB DISCHRG');
      await waitFor('it is off', () => space().proxmox.guest(104).status === 'stopped');
      expect(space().proxmox.guest(101).status).toBe('running');
      await space().prints(['why', 'wiki'], (text) => /is off, stopped by Huismeester/.test(text));
      const { story } = await space().json<Why>('why', 'wiki');
      const stop = story.find(({ decision }) => decision.state === 'stopped' && decision.mode === 'enforce');
      expect(stop).toMatchObject({
        decision: { target: 'vm/104', rule: 'power', clause: 'SPACE-3' },
        missing: [],
      });
      expect(stop?.evidence.map(({ type }) => type)).toContain('ups.on-battery');
      expect(stop?.after.map(({ type }) => type)).toContain('vm.stopped');
      const dutch = (await space().ran('why', 'wiki', '--lang', 'nl')).stdout;
      expect(dutch).toMatch(/^VM 104 \(wiki, deelnemer, op pve1\): staat uit\.\n\n/);
      expect(dutch).toMatch(/Er is besloten .*: UPS rack: /);
      mains('OL');
      await waitFor('it runs again', () => space().proxmox.guest(104).status === 'running');
      await decided(104, 'running', 'enforce');
      const newest = (await space().ran('why', 'wiki', '--limit', '1')).stdout;
      expect(newest).toContain('There are earlier decisions');
      await space().prints(['status'], (text) => /^Power +mains$/m.test(text));
    });
  });
}
