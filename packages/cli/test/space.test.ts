import { waitFor } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { prints, type RealSpace, realSpace } from './real-space.ts';
import { runCli, startCli } from './run-cli.ts';

let space: RealSpace;
beforeAll(async () => {
  space = await realSpace();
});
const ran = (...args: string[]) => runCli([...args, '--socket', space.socket], { now: () => new Date() });
const json = async (...args: string[]) => JSON.parse((await ran(...args, '--json')).stdout);
const because = ['--because', 'a new disk'];

describe('a space on mains', () => {
  it('has a status with a line for each service', async () => {
    const { code, stdout } = await ran('status');
    expect(code).toBe(0);
    expect(stdout).toContain('Power        mains');
    for (const service of ['ups-monitor', 'vm-lifecycle', 'policy']) {
      expect(stdout).toMatch(new RegExp(`^${service} +ready`, 'm'));
    }
  });

  it('lists its VMs, also where their names begin alike', async () => {
    const { code, stdout } = await ran('vms');
    expect(code).toBe(0);
    expect(stdout).toMatch(/104 .*wiki/);
    const vms: { id: string }[] = await json('vms');
    expect(new Set(vms.map(({ id }) => id))).toEqual(new Set(['101', '104', '105']));
  });

  it('says that there is nothing to see where nothing is', async () => {
    expect(await json('dead-letters')).toEqual([]);
    expect((await ran('violations')).code).toBe(0);
  });

  it('is no demo', async () => {
    const { code, stderr } = await ran('demo', 'power-cut');
    expect(code).toBe(1);
    expect(stderr).toContain('is no demo space');
  });
});

describe('a hold', () => {
  it.each(['vm/104', '104', 'wiki'])('is placed on %s, seen everywhere, and released', async (reference) => {
    const placed = await ran('hold', reference, '--for', '4h', ...because);
    expect(placed.stderr).toBe('');
    expect(placed.stdout).toMatch(/^VM 104 is left alone until .*`release 104`/);
    expect((await ran('holds')).stdout).toMatch(/104 .* local:\S+ {2}a new disk\n$/);
    expect((await ran('vms')).stdout).toMatch(/104 .*on hold until .*: a new disk\n/);
    expect((await ran('status')).stdout).toContain('On hold      1');
    expect((await ran('why', '104')).stdout).toMatch(/It is on hold until .*: a new disk\n/);
    expect((await ran('release', 'vm/104')).code).toBe(0);
    expect((await ran('holds')).stdout).toBe('No VM is on hold.\n');
    expect((await ran('vms')).stdout).not.toContain('on hold until');
  });

  it('that is too long is refused, with what is allowed', async () => {
    const { code, stderr } = await ran('hold', '104', '--for', '99h', ...because);
    expect(code).toBe(1);
    expect(stderr).toMatch(/for: .*24/);
  });

  it('needs a VM that is known', async () => {
    expect((await ran('hold', '900', '--for', '4h', ...because)).code).toBe(1);
    expect((await ran('release', '105')).code).toBe(1);
  });
});

describe('a token', () => {
  it('has its secret alone on standard output, is listed without it, and revoked', async () => {
    const args = ['token', 'create', '--role', 'board', '--name', 'grafana'];
    const { code, stdout, stderr } = await ran(...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hm_\S+\n$/);
    expect(stderr).toContain('not shown again');
    const listed: { id: string; name: string }[] = await json('token', 'list');
    const token = listed.find(({ name }) => name === 'grafana');
    expect((await ran('token', 'list')).stdout).not.toContain(stdout.trim());
    expect((await ran('export')).stdout).not.toContain(stdout.trim());
    expect((await ran('token', 'revoke', token?.id ?? '')).code).toBe(0);
    expect(JSON.stringify(await json('token', 'list'))).not.toContain('grafana');
  });
});

describe('a drill', () => {
  it('thinks a power cut through from the reading that it is given, and touches nothing', async () => {
    const { stdout } = await ran('drill', 'power-cut', '--ups', 'rack', '--from-reading', 'charge=80');
    expect(stdout).toMatch(/shut down {2}vm\/104 wiki {2}pve1/);
    expect(await json('drill', 'power-cut')).toMatchObject({ ups: ['rack'] });
    expect(space.proxmox.guest(104).status).toBe('running');
  });

  it('refuses a UPS that is not there', async () => {
    const { code, stderr } = await ran('drill', 'power-cut', '--ups', 'cellar');
    expect(code).toBe(1);
    expect(stderr).toContain('cellar');
  });
});

describe('events', () => {
  const ids = (stdout: string): string[] =>
    stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).id]));

  it('are those of all services by time, the newest of them, or those of a subject', async () => {
    const all = (await ran('events', '--json', '--limit', '1000')).stdout.trim().split('\n');
    const events: { id: string; time: string; subject: string }[] = all.map((line) => JSON.parse(line));
    const times = events.map(({ time }) => Date.parse(time));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    const newest = ids((await ran('events', '--json', '--limit', '2')).stdout);
    expect(newest).toHaveLength(2);
    const of = ids((await ran('events', '--json', '--subject', 'vm/104', '--limit', '1000')).stdout);
    const known = events.filter(({ subject }) => subject === 'vm/104').map(({ id }) => id);
    expect(of.slice(0, known.length)).toEqual(known);
  });

  it('are followed through a kill and a restart: none missed, none twice', async () => {
    const following = startCli([
      'events',
      '--follow',
      '--json',
      '--service',
      'policy',
      '--socket',
      space.socket,
    ]);
    const { stdout, stderr, ended } = following;
    try {
      await ran('hold', '105', '--for', '1h', ...because);
      await waitFor('the hold is shown', () => stdout().includes('hold'));
      await space.kill();
      await waitFor('it says that it waits', () => stderr().includes('waiting for it'));
      await space.start();
      await ran('release', '105');
      const seen = await waitFor('the release is shown', async () => {
        const newest = ids((await ran('events', '--json', '--service', 'policy', '--limit', '1')).stdout);
        return newest.every((id) => stdout().includes(id)) && ids(stdout());
      });
      expect(new Set(seen).size).toBe(seen.length);
    } finally {
      following.stop();
      expect((await ended).code).toBe(0);
    }
  });
});

describe('a power cut', () => {
  const set = (variable: string, value: string) => space.nut.set('rack', variable, value);

  it('in dry-run is previewed, and touches nothing', async () => {
    expect((await ran('preview')).stdout).toContain('Nothing would be done now.');
    set('ups.status', 'OB DISCHRG');
    const stdout = await prints(['preview'], (text) => /vm\/104 {2}stopped/.test(text));
    expect(stdout).toContain('In dry-run, so nothing is touched:');
    // Core has its turn much later.
    expect(stdout).not.toContain('vm/101');
    expect(space.proxmox.guest(104).status).toBe('running');
    expect(space.proxmox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
    set('ups.status', 'OL');
    await prints(['preview'], (text) => text.includes('Nothing would be done now.'));
  });

  it('that is armed is carried out, told by why, and undone when mains are back', async () => {
    const armed = await ran('enforce', 'power/SPACE-3');
    expect(armed.stderr).toBe('');
    set('ups.status', 'OB DISCHRG');
    await waitFor('it is off', () => space.proxmox.guest(104).status === 'stopped');
    expect(space.proxmox.guest(101).status).toBe('running');
    await prints(['why', 'wiki'], (text) => /SPACE-3/.test(text) && /off/.test(text));
    const decisions: object[] = await json('decisions', '--vm', '104');
    expect(decisions).toContainEqual(
      expect.objectContaining({ vm: '104', state: 'stopped', clause: 'SPACE-3' }),
    );
    expect((await ran('why', 'wiki', '--lang', 'nl')).stdout).toContain('wiki');
    set('ups.status', 'OL');
    await waitFor('it runs again', () => space.proxmox.guest(104).status === 'running', {
      timeoutMs: 60_000,
    });
  });
});
