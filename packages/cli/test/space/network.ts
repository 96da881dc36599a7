import type { AvailabilityResource, PortResource, ProbeResource } from '@huismeester/contracts';
import { waitFor } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type Running, runCli } from '../run-cli.ts';
import type { RealSpace } from './real-space.ts';

export function network(space: () => RealSpace): void {
  const ran = (...args: string[]) => space().ran(...args);

  describe('a network that works', () => {
    it('lists its ports, with those of one switch under its state', async () => {
      await space().prints(['ports'], (text) => /^sw1 +gi1-0-24 +up .*uplink/m.test(text));
      const { stdout } = await ran('ports', 'sw1');
      expect(stdout).toMatch(/^Switch sw1 \(core-switch\): up, 2 of 2 ports have a link\n\n/);
      expect(stdout).toMatch(/^sw1 +gi1-0-1 +up +1 Gb\/s .* Gi1\/0\/1 +desk 3$/m);
      expect(await ran('ports', 'sw2')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('There is no switch "sw2"; there are: sw1'),
      });
    });

    it('lists its probes with the last 24 hours, a sign each half hour', async () => {
      const stdout = await space().prints(['probes'], (text) => /^wiki +up /m.test(text));
      expect(stdout).toMatch(/^probe +state +up +(\d\d:\d\d +){4}answer /);
      expect(stdout).toMatch(/^wiki +up +\S+ % +[=.]{48} +[\d.]+ ms +\S+ \S+ +http +http:/m);
      expect(stdout).toMatch(/\n\nEach sign is half an hour: .*\n$/);
      const [row] = await space().json<(ProbeResource & { availability: AvailabilityResource })[]>('probes');
      expect(row?.availability.half_hours).toHaveLength(48);
      expect(row?.availability.half_hours.at(-1)?.up_ratio).toBeGreaterThan(0);
    });

    it('is looked at at once', async () => {
      const before = (await space().json<ProbeResource[]>('probes'))[0]?.lookedAt ?? '';
      const probe = await space().json<ProbeResource>('probe-now', 'wiki');
      expect(probe).toMatchObject({ found: { outcome: 'up' } });
      expect(Date.parse(probe.lookedAt ?? '')).toBeGreaterThan(Date.parse(before));
      const { code, stdout } = await ran('probe-now', 'probe/wiki');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^wiki: http:\S+ answers in \S+ ms\nIts state is up since /);
      expect(await ran('probe-now', 'kitchen')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('There is no probe "kitchen"; there are: wiki'),
      });
    });

    it('is looked at for those who run things only', async () => {
      const made = await space().json<{ id: string; secret: string }>(
        'token',
        'create',
        '--role',
        'participant',
      );
      const where = ['--url', space().url];
      const env = { HUISMEESTER_TOKEN: made.secret };
      const refused = await runCli(['probe-now', 'wiki', ...where], { env });
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Not with this role') });
      expect((await runCli(['probes', ...where], { env })).stdout).toMatch(/^wiki +up /m);
      await ran('token', 'revoke', made.id);
    });

    it('has no incident, and says of a port what happened to it last', async () => {
      expect((await ran('incidents')).stdout).toBe('Nothing has failed yet.\n');
      expect((await ran('incidents', '--open')).stdout).toBe('Nothing that is watched fails.\n');
      expect((await ran('why', 'port/sw1/gi1-0-1')).stdout).toMatch(
        /^port\/sw1\/gi1-0-1 \(Gi1\/0\/1, desk 3\): up since .*\.\n\nIt was never part of an incident\.\n/,
      );
      expect((await ran('why', 'port/sw1/Gi1/0/1')).stdout).toMatch(
        /^port\/sw1\/gi1-0-1 \(Gi1\/0\/1, desk 3\): up since /,
      );
      expect((await ran('why', 'hypervisor/pve')).stdout).toMatch(
        /^hypervisor\/pve: up\.\n\nIt was never part of an incident\.\n/,
      );
      expect((await ran('why', 'mains/rack')).stdout).toMatch(/^mains\/rack: up since /);
      expect((await ran('why', 'port/sw1/gi9')).stderr).toContain('`huismeester ports sw1` lists them');
      expect((await ran('why', 'incident/99')).stderr).toContain('There is no incident 99');
    });
  });

  describe('a port whose cable is pulled', () => {
    const following: Running[] = [];
    afterEach(async () => {
      for (const each of following) each.stop();
      await Promise.all(following.splice(0).map(({ ended }) => ended));
    });
    const follow = (...args: string[]) => {
      const running = space().follows(...args, '--follow');
      following.push(running);
      return running;
    };

    it('is followed in ports and incidents, and is a story with an end', async () => {
      const [ports, incidents] = [follow('ports', 'sw1'), follow('incidents')];
      await waitFor('both have shown their lists', () => ports.stdout() !== '' && incidents.stdout() !== '');
      const uplink = space().switched.portOf('Gi1/0/24');
      uplink.unplug();
      const says = (running: Running, what: RegExp) =>
        waitFor(`${what} is shown`, () => what.test(running.stdout()));
      await says(
        ports,
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}port\.down +port gi1-0-24 of switch sw1 lost its link$/m,
      );
      await says(incidents, /incident\.opened +incident 1 began: port\/sw1\/gi1-0-24$/m);
      expect((await ran('incidents', '--open')).stdout).toMatch(
        /^1 +\S+ \S+ +goes on +core +port\/sw1\/gi1-0-24$/m,
      );
      const violation = / port\/sw1\/gi1-0-24 .*core must be available, and it is down/;
      await space().prints(['violations'], (text) => violation.test(text));
      await ran('hold', 'switch/sw1', '--for', '1h', '--because', 'a new switch');
      await space().prints(['violations'], (text) => !violation.test(text));
      expect((await ran('incidents', '--open')).stdout).toMatch(/ port\/sw1\/gi1-0-24 \(planned\)$/m);
      expect((await ran('why', 'incident/1')).stdout).toContain('\n  It is planned: somebody works on it ');
      await ran('release', 'switch/sw1');
      await space().prints(['violations'], (text) => violation.test(text));
      expect((await ran('incidents', '--open')).stdout).toMatch(/ port\/sw1\/gi1-0-24$/m);
      expect((await ran('why', 'port/sw1/gi1-0-24', '--lang', 'nl')).stdout).toMatch(
        /^port\/sw1\/gi1-0-24 \(Gi1\/0\/24\): doet het niet sinds .*\.\n\nIncident 1: port\/sw1\/gi1-0-24 viel als eerste uit, .*\nIncident 1 duurt nog, nu .*; niet terug: port\/sw1\/gi1-0-24 \(doet het niet\)\.\n$/s,
      );
      uplink.plug();
      await says(ports, /port\.up +port gi1-0-24 of switch sw1 has its link after \d+ s$/m);
      await says(incidents, /incident\.closed +incident 1 \(port\/sw1\/gi1-0-24\) ended after \d+ s$/m);
      await space().prints(['violations'], (text) => !violation.test(text));
      expect((await ran('why', 'incident/1')).stdout).toMatch(/\nIncident 1 ended at .*, after \d+ s\.\n$/);
      const [port] = await space().json<PortResource[]>('ports', 'sw1');
      expect(port).toMatchObject({ state: 'up' });
      expect(ports.stdout()).not.toContain('incident');
    });
  });
}

/** After a power cut that shut VM 104 down, and gave it back. */
export function networkInPowerCut(space: () => RealSpace): void {
  it('the website of a VM that a power cut took down is part of its story', async () => {
    const isWhole = (text: string) => /ended at/.test(text) && /VM 104 runs on pve1/.test(text);
    const story = await space().prints(['why', 'probe/wiki'], isWhole);
    expect(story).toMatch(
      /^probe\/wiki \(http http:\S+\): up since .*\.\n\nIncident \d+: vm\/104 failed first, /,
    );
    expect(story).toContain('  vm/104 explains why probe/wiki failed.\nA power cut explains it.\n');
    // Whether the website or its VM is found down first is chance: the VM takes the incident over.
    const order = [
      /UPS rack runs on its battery/,
      /Proxmox is asked about VM 104 to shut it down/,
      /VM 104 is off, stopped by Huismeester/,
      /incident \d+ (began|is now): vm\/104, with probe\/wiki down/,
      /incident \d+ \(vm\/104\) ended/,
    ];
    const places = order.map((each) => story.search(each));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const dutch = (await space().ran('why', 'probe/wiki', '--lang', 'nl')).stdout;
    expect(dutch).toContain('  vm/104 verklaart waarom probe/wiki uitviel.\n');
  });
}
