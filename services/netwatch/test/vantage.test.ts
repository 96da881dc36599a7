import { type SwitchSimulator, startSwitchSimulator } from '@huismeester/simulators';
import { skipWithout, startUnbound, type TestSite, tempSite, type Unbound } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, switchAt, type TestNetwatch, until } from './netwatch.ts';
import { startUdpLink, type UdpLink } from './udp-link.ts';

describe.skipIf(skipWithout('unbound'))('all cables of this machine pulled', () => {
  let unbound: Unbound;
  let site: TestSite;
  let netwatch: TestNetwatch;
  let sim: SwitchSimulator;
  const links: UdpLink[] = [];
  const things = ['probe/gateway', 'probe/dns', 'probe/mail', 'probe/lan', 'switch/sw1', 'port/sw1/gi1'];
  beforeAll(async () => {
    [unbound, site, sim] = await Promise.all([
      startUnbound(['www.test. A 10.0.0.1']),
      tempSite('vantage'),
      startSwitchSimulator({
        credentials: { communities: ['public'] },
        ports: [{ name: 'gi1' }, { name: 'gi2' }],
      }),
    ]);
    const probes = [];
    for (const [index, id] of ['gateway', 'dns', 'mail', 'lan'].entries()) {
      const server = `127.0.0.${index + 1}`;
      const link = await startUdpLink(unbound.port, server);
      links.push(link);
      const looks = { every: '500ms', deadline: '1s', slowAbove: '10s', down: { failed: 4 } };
      const dns = { kind: 'dns', server, port: link.port, name: 'www.test' };
      const rare = id === 'lan' && { every: '10m' };
      probes.push({ id, core: true, ...dns, ...looks, ...rare, ...(id === 'gateway' && { role: id }) });
    }
    netwatch = await startNetwatch({
      site,
      // The addresses of a test are all of this machine, of which nothing is ever concluded.
      isOwnAddress: () => false,
      settings: { probes, switches: [switchAt(sim.port, { ports: { gi1: { role: 'uplink' } } })] },
    });
    await allAre('up');
  });
  afterAll(async () => {
    await netwatch.close();
    for (const link of links) link.close();
    await Promise.all([unbound.close(), sim.close(), site.remove()]);
  });

  const allAre = (state: string, which = things) =>
    until(`all are ${state}`, async () => {
      const found = await Promise.all(which.map((thing) => netwatch.entity<{ state: string }>(thing)));
      return found.every((each) => each?.state === state);
    });
  const silence = (silent: boolean) => {
    for (const link of links) link.silent = silent;
    sim.faults.silent = silent;
  };

  it('is one incident, in which everything is unknown; put back, only what is still silent is said to be down', async () => {
    const before = await netwatch.lines();
    const pulledAt = Date.now();
    silence(true);
    await netwatch.hears('vantage.lost vantage/main');
    await allAre('unknown');
    for (const thing of things)
      expect(await netwatch.entity(thing)).toMatchObject({ because: 'vantage/main' });
    const { told, since } = await netwatch.times('vantage.lost', 'vantage/main');
    expect(told - since).toBeGreaterThanOrEqual(10_000);
    // Since the first look that failed, not since it was sure.
    expect(since - pulledAt).toBeLessThan(told - since);
    const opened = (await netwatch.events()).findLast(({ type }) => type === 'incident.opened');
    const lost = await netwatch.last('vantage.lost', 'vantage/main');
    expect(opened).toMatchObject({ data: { root: 'vantage/main', core: false }, causationid: lost?.id });

    silence(false);
    for (const link of links.slice(2, 3)) link.silent = true;
    await netwatch.hears('probe.down probe/mail');
    await allAre('up', ['probe/gateway', 'probe/dns', 'probe/lan', 'switch/sw1', 'port/sw1/gi1']);
    const { incident } = (await netwatch.probe('mail')) ?? {};
    expect((await netwatch.lines()).slice(before.length)).toEqual([
      'vantage.lost vantage/main',
      `incident.opened ${opened?.subject}`,
      'vantage.regained vantage/main',
      `incident.closed ${opened?.subject}`,
      'probe.down probe/mail',
      `incident.opened incident/${incident}`,
    ]);
    expect(netwatch.warnings()).toEqual([]);
  });

  it('but the one to a machine that is rarely looked at: what is silent is down, and our own place is not lost', async () => {
    const before = await netwatch.lines();
    silence(true);
    for (const link of links.slice(3)) link.silent = false;
    // A verdict waits until it is known whether anything answers: without a look at that one nothing would.
    await netwatch.hears('probe.down probe/gateway');
    expect((await netwatch.lines()).slice(before.length).join()).not.toContain('vantage');
    expect(await netwatch.entity('probe/lan')).toMatchObject({ state: 'up' });
  });
});
