import { handClock, skipWithout } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SwitchSimulator, startSwitchSimulator } from '../../src/index.ts';
import { ask, ifTable, ifXTable, impatient, logins, systemOid, users } from './net-snmp.ts';

const values = (lines: string[]) => lines.map((line) => line.slice(line.indexOf(' ') + 1));

describe.skipIf(skipWithout('snmpget'))("the simulated switch, asked by net-snmp's tools", () => {
  const clock = handClock();
  let simulator: SwitchSimulator;
  const getOne = async (oid: string) => values(await ask(simulator, oid))[0];

  beforeAll(async () => {
    simulator = await startSwitchSimulator({
      clock,
      credentials: { communities: ['public'], users },
      system: { name: 'core-1', objectId: '1.3.6.1.4.1.32473.7' },
      engineId: Buffer.from('80007ed905c0ffee', 'hex'),
      boots: 5,
      upTicks: 100,
      ports: [
        { name: 'gi1/0/1', descr: 'GigabitEthernet1/0/1', alias: 'to the rack' },
        { name: 'gi1/0/2', admin: 'down' },
        { name: 'te1/0/1', speedMbps: 10_000, plugged: false },
        { name: 'Po1', index: 2_147_483_649, type: 161, without: ['ifAlias'] },
      ],
    });
  });
  afterAll(() => simulator.close());

  it('says what it is', async () => {
    const asked = [1, 2, 3, 5].map((arc) => `${systemOid}.${arc}.0`).join(' ');
    expect(values(await ask(simulator, asked))).toEqual([
      '"Huismeester simulated switch"',
      '.1.3.6.1.4.1.32473.7',
      '100',
      '"core-1"',
    ]);
    const engine = [1, 2, 3].map((arc) => `.1.3.6.1.6.3.10.2.1.${arc}.0`).join(' ');
    expect(values(await ask(simulator, engine))).toEqual(['"80 00 7E D9 05 C0 FF EE "', '5', '0']);
  });

  it('has its ports in ifTable and ifXTable', async () => {
    const walk = async (oid: string) => values(await ask(simulator, oid, { tool: 'snmpbulkwalk' }));
    expect(await walk(`${ifTable}.1`)).toEqual(['1', '2', '3', '2147483649']);
    expect(await walk(`${ifTable}.2`)).toEqual(
      ['GigabitEthernet1/0/1', 'gi1/0/2', 'te1/0/1', 'Po1'].map((name) => `"${name}"`),
    );
    expect(await walk(`${ifTable}.3`)).toEqual(['6', '6', '6', '161']);
    expect(await walk(`${ifTable}.5`)).toEqual(['1000000000', '1000000000', '4294967295', '1000000000']);
    expect(await walk(`${ifTable}.7`)).toEqual(['1', '2', '1', '1']);
    expect(await walk(`${ifTable}.8`)).toEqual(['1', '2', '2', '1']);
    expect(await walk(`${ifXTable}.15`)).toEqual(['1000', '1000', '10000', '1000']);
    expect(await walk(`${ifXTable}.18`)).toEqual(['"to the rack"', '""', '""']);
  });

  it.each(Object.entries(logins))('answers %s with all that there is', async (version, login) => {
    const walked = await ask(simulator, '.1.3.6.1', { tool: 'snmpwalk', login });
    // 8 of ifXTable's columns have 64 bits, which SNMPv1 has not.
    const cells = (17 + 12 - (version === 'v1' ? 8 : 0)) * 4 - 1;
    expect(walked.filter((line) => line.startsWith('.1.3.6.1.') && !line.includes('No more'))).toHaveLength(
      6 + 3 + cells,
    );
    if (version === 'v1') return;
    const bulk = await ask(simulator, '.1.3.6.1', { tool: 'snmpbulkwalk', login });
    expect(bulk).toEqual(walked);
  });

  it('answers a GETBULK with non-repeaters and repetitions', async () => {
    const asked = `${systemOid}.3 ${ifTable}.7 ${ifTable}.8`;
    const lines = await ask(simulator, `-Cn1r3 ${asked}`, { tool: 'snmpbulkget' });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      `${systemOid}.3.0`,
      ...[1, 2, 3].flatMap((index) => [`${ifTable}.7.${index}`, `${ifTable}.8.${index}`]),
    ]);
  });

  it.each([
    ['v1', `${ifXTable}.6.1`, 'snmpget', /\(noSuchName\)/],
    ['v1', '.1.3.6.1.9', 'snmpgetnext', /\(noSuchName\)/],
    ['v2c', '.1.3.6.1.9.1', 'snmpget', /^\.1\.3\.6\.1\.9\.1 No Such Object/],
    ['v2c', `${ifTable}.8.77`, 'snmpget', /No Such Instance/],
    ['v2c', '.1.3.6.1.9', 'snmpgetnext', /No more variables left in this MIB View/],
    ['v2c', `${systemOid}.5.0 s other`, 'snmpset', /notWritable/],
    ['v1', `${systemOid}.5.0 s other`, 'snmpset', /\(noSuchName\)/],
  ] as const)('tells %s what is not there: %s by %s', async (version, what, tool, complaint) => {
    expect((await ask(simulator, what, { tool, login: logins[version] })).join(' ')).toMatch(complaint);
  });

  const secret = logins['v3 with SHA-256 and AES'];
  it.each([
    [
      'a wrong password',
      secret.replace('-A password-1', '-A password-9'),
      /Authentication failure/,
      'wrongDigests',
    ],
    ['a wrong key', secret.replace('-X password-2', '-X password-9'), /Decryption error/, 'decryptionErrors'],
    ['an unknown user', secret.replace('newer', 'older'), /Unknown user name/, 'unknownUserNames'],
    [
      'too much',
      logins['v3 with SHA-1'].replace('signed', 'open'),
      /Unsupported security level/,
      'unsupportedSecLevels',
    ],
  ] as const)('refuses %s of SNMPv3', async (_, login, complaint, counted) => {
    const before = simulator.requests.reported[counted];
    expect((await ask(simulator, `${systemOid}.5.0`, { login })).join(' ')).toMatch(complaint);
    expect(simulator.requests.reported[counted]).toBe(before + 1);
  });

  it('refuses a user of SNMPv3 who comes with less than is configured', async () => {
    const login = '-v3 -l noAuthNoPriv -u secret';
    expect((await ask(simulator, `${systemOid}.5.0`, { login })).join(' ')).toMatch(/authorizationError/);
  });

  it('lets whoever is outside of the time window in after a report, as net-snmp does', async () => {
    const before = simulator.requests.reported.notInTimeWindows;
    const login = `${secret} -e 0x80007ed905c0ffee -Z 4,1000`;
    expect(values(await ask(simulator, `${systemOid}.5.0`, { login }))).toEqual(['"core-1"']);
    expect(simulator.requests.reported.notInTimeWindows).toBe(before + 1);
  });

  it('says nothing to a wrong community', async () => {
    const before = simulator.requests.wrongCommunity;
    expect(await ask(simulator, `${systemOid}.5.0`, { login: '-v2c -c private', ...impatient })).toEqual([
      expect.stringMatching(/^Timeout: No Response/),
    ]);
    expect(simulator.requests.wrongCommunity).toBe(before + 1);
  });

  it('is live: cable, admin, forced status, speed, labels', async () => {
    const port = simulator.portOf('gi1/0/1');
    const status = async () =>
      (await Promise.all([7, 8, 9].map((arc) => getOne(`${ifTable}.${arc}.1`)))).join(' ');
    expect(await status()).toBe('1 1 0');
    clock.advance(1_000);
    port.unplug();
    expect(await status()).toBe('1 2 200');
    clock.advance(1_000);
    port.setAdmin('down');
    expect(await status()).toBe('2 2 200');
    port.plug();
    port.setAdmin('up');
    expect(await status()).toBe('1 1 300');
    port.setOper(0);
    expect(await status()).toBe('1 0 300');
    port.setOper('auto');
    port.setSpeed(100);
    port.labels.ifAlias = 'elsewhere';
    expect(await getOne(`${ifTable}.5.1`)).toBe('100000000');
    expect(await getOne(`${ifXTable}.18.1`)).toBe('"elsewhere"');
    expect(() => simulator.portOf('gi9')).toThrow('no port gi9');
  });

  it('counts: with 32 bits that wrap, with 64, and by the clock', async () => {
    const port = simulator.portOf('gi1/0/1');
    const octets = async () => [await getOne(`${ifTable}.10.1`), await getOne(`${ifXTable}.6.1`)];
    port.setCounters({ inOctets: 2n ** 32n - 1_000n });
    port.setTraffic({ inBitsPerSecond: 8_000, errorsPerSecond: 2 });
    expect(await octets()).toEqual(['4294966296', '4294966296']);
    clock.advance(3_000);
    expect(await octets()).toEqual(['2000', '4294969296']);
    expect(await getOne(`${ifTable}.14.1`)).toBe('6');
    port.unplug();
    clock.advance(3_000);
    expect(await octets()).toEqual(['2000', '4294969296']);
    port.setCounters({ inOctets: 9_100_000_000_000_000n });
    expect((await octets())[1]).toBe('9100000000000000');
    port.clearCounters();
    expect(await octets()).toEqual(['0', '0']);
    expect(await getOne(`${ifXTable}.19.1`)).not.toBe('0');
  });

  it('restarts: silent, then with a new engineBoots, uptime and ifIndex', async () => {
    clock.advance(1_000);
    const restarted = simulator.restart({ downMs: 500, renumber: new Map([['gi1/0/1', 9]]) });
    expect((await ask(simulator, `${systemOid}.5.0`, impatient))[0]).toMatch(/^Timeout/);
    clock.advance(500);
    await restarted;
    expect(await getOne(`${systemOid}.3.0`)).toBe('0');
    expect(await getOne('.1.3.6.1.6.3.10.2.1.2.0')).toBe('6');
    expect(await getOne('.1.3.6.1.6.3.10.2.1.3.0')).toBe('0');
    simulator.setEngine({ timeS: 500 });
    expect(await getOne('.1.3.6.1.6.3.10.2.1.3.0')).toBe('500');
    expect(await getOne(`${ifTable}.2.9`)).toBe('"GigabitEthernet1/0/1"');
    expect(await getOne(`${ifTable}.2.1`)).toMatch(/No Such Instance/);
    simulator.setUptime(4_294_967_000);
    clock.advance(5_000);
    expect(await getOne(`${systemOid}.3.0`)).toBe('204');
    await simulator.restart({ bootsUnchanged: true, renumber: (_, index) => (index === 9 ? 1 : undefined) });
    expect(await getOne('.1.3.6.1.6.3.10.2.1.2.0')).toBe('6');
    expect(await getOne(`${ifTable}.2.1`)).toBe('"GigabitEthernet1/0/1"');
  });

  it('gets and loses ports', async () => {
    clock.advance(2_000);
    expect(simulator.addPort({ name: 'gi2/0/1', index: 100 }).index).toBe(100);
    expect(await getOne(`${ifXTable}.1.100`)).toBe('"gi2/0/1"');
    expect(await getOne('.1.3.6.1.2.1.31.1.5.0')).toBe('200');
    simulator.removePort('gi2/0/1');
    expect(await getOne(`${ifXTable}.1.100`)).toMatch(/No Such Instance/);
  });
});
