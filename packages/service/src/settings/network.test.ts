import { describe, expect, test } from 'vitest';
import { SettingsError } from './error.ts';
import { parseSettings } from './parse.ts';

const base = { site: { id: 'x', name: 'X' }, broker: { embedded: {} }, database: { url: 'postgres://x/x' } };
const web = { id: 'web', kind: 'http', url: 'https://h/' };
const sw1 = { id: 'sw1', host: 'h', snmp: { version: '2c', community: 'public' } };
const ldap = { id: 'dir', kind: 'ldap', base: 'dc=x' };
const rack = { id: 'rack', upsd: { host: 'h', name: 'space', username: 'u', password: 'p' } };
const pve = {
  id: 'pve',
  url: 'https://h:8006',
  fingerprints: [Array(32).fill('AB').join(':')],
  tokens: { operate: { id: 'u@pve!t', secret: 's' } },
  pools: { core: 'core' },
  nodes: { pve1: {} },
};
const mqtt = { id: 'news', kind: 'mqtt' };

function parse(network: object) {
  const readFile = () => '';
  return parseSettings(JSON.stringify({ ...base, ...network }), { file: 'space.yaml', env: {}, readFile });
}

function problemsOf(network: object) {
  try {
    parse(network);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ path, found, allowed }) => `${path}: ${found}, allowed: ${allowed}`);
  }
}

describe('the address of a probe', () => {
  const http =
    'such as https://hackalot.nl/; a name and a password in it written with %40 for an @ and %25 for a %';
  const directory = 'such as ldaps://ldap.space; a login goes in bindDn and password';
  const broker = 'such as mqtts://broker.space:8883; a login goes in username and password';
  test.each([
    [web, 'https://', '"https://", which is no URL', http],
    [web, 'http://exa mple/', '"http://exa mple/", which is no URL', http],
    [web, 'http://h:99999/', '"http://h:99999/", which is no URL', http],
    [web, 'http://u:hunter2%@h/', 'a URL with a login in it', http],
    [web, 'http://u:hunter2@', 'a URL with a login in it, which is no URL', http],
    [ldap, 'ldaps://', '"ldaps://", which is no URL', directory],
    [ldap, 'ldap://u:hunter2@h', 'a URL with a login in it', directory],
    [mqtt, 'mqtt://', '"mqtt://", which is no URL', broker],
    [mqtt, 'mqtts://u:hunter2@h', 'a URL with a login in it', broker],
  ])('of %j must not be %s', (probe, url, found, allowed) => {
    const problems = problemsOf({ probes: [{ ...probe, url }] });
    expect(problems).toEqual([`probes[0].url: ${found}, allowed: ${allowed}`]);
  });

  test.each([
    [web, 'http://u:p%40ss@h:8080/page?q=1'],
    [ldap, 'ldap://[2001:db8::1]:3890'],
    [mqtt, 'mqtts://h'],
  ])('of %j may be %s', (probe, url) => {
    expect(problemsOf({ probes: [{ ...probe, url }] })).toEqual([]);
  });
});

test('nothing is looked at, nor waited for, without a pause', () => {
  expect(
    problemsOf({
      probes: [
        { ...web, every: '0s', deadline: '99ms' },
        { ...web, id: 'b', every: '100ms', deadline: '0.1s' },
      ],
      switches: [{ ...sw1, poll: '0s', counters: '0.5ms' }],
    }),
  ).toEqual([
    'switches[0].poll: 0s, allowed: at least 100ms',
    'switches[0].counters: 0.5ms, allowed: at least 100ms',
    'probes[0].every: 0s, allowed: at least 100ms',
    'probes[0].deadline: 99ms, allowed: at least 100ms',
  ]);
});

test('what a thing depends on has the form of its kind, for nothing else is ever down', () => {
  const dependsOn = [
    'port/sw1',
    'switch/sw1/gi1',
    ['probe/web/x', 'vm/104/disk'],
    'port/sw1/gi1-0-3',
    'vm/104',
    'switch/sw1',
  ];
  expect(problemsOf({ switches: [sw1], probes: [web, { ...web, id: 'b', dependsOn }] })).toEqual([
    'probes[1].dependsOn[0]: "port/sw1", allowed: a port as port/SWITCH/PORT',
    'probes[1].dependsOn[1]: "switch/sw1/gi1", allowed: a switch as switch/SWITCH, with nothing after that',
    'probes[1].dependsOn[2][0]: "probe/web/x", allowed: a probe as probe/PROBE, with nothing after that',
    'probes[1].dependsOn[2][1]: "vm/104/disk", allowed: a vm as vm/VM, with nothing after that',
  ]);
  expect(problemsOf({ probes: [{ ...web, dependsOn: ['lamp/1', 'vantage/main'] }] })).toEqual([
    'probes[0].dependsOn[0]: "lamp/1", allowed: KIND/ID, such as switch/sw1 or vm/104, or a list of at least 2 entries',
    'probes[0].dependsOn[1]: "vantage/main", allowed: KIND/ID, such as switch/sw1 or vm/104',
  ]);
});

test('which kinds and versions there are is said where one is wrong', () => {
  const kinds = 'one of ping, tcp, http, dns, ldap, radius, mqtt, command, uplink';
  const switches = [
    { ...sw1, snmp: { version: 2, community: 'public' } },
    { ...sw1, id: 'b', snmp: { community: 'public' } },
  ];
  const probes = [
    { ...web, kind: 'https' },
    { id: 'b', url: 'no URL at all' },
    { ...web, id: 'c', dependsOn: ['probe/web', 'probe/b'] },
  ];
  expect(problemsOf({ switches, probes })).toEqual([
    'switches[0].snmp.version: 2, allowed: one of 1, 2c, 3',
    'switches[1].snmp.version: nothing, allowed: one of 1, 2c, 3',
    `probes[0].kind: "https", allowed: ${kinds}`,
    `probes[1].kind: nothing, allowed: ${kinds}`,
  ]);
});

test('a probe of kind uplink stands for the uplink', () => {
  const targets = ['192.0.2.1', '198.51.100.1', '203.0.113.1'].map((host, index) => ({
    host,
    operator: `o${index}`,
  }));
  const probes = [{ id: 'up', kind: 'uplink', targets, role: 'website' }];
  expect(problemsOf({ probes })).toEqual([
    'probes[0].role: "website", allowed: uplink, which a probe of kind uplink has anyway',
  ]);
});

test('what Huismeester itself depends on is a switch of the settings', () => {
  const of = (id: string) => problemsOf({ switches: [sw1], self: { dependsOn: [`switch/${id}`] } });
  expect(of('sw1')).toEqual([]);
  expect(problemsOf({ self: { dependsOn: ['switch/sw1'] } })).toEqual([]);
  expect(of('sw2')).toEqual([
    'self.dependsOn[0]: "switch/sw2", allowed: a switch that is under switches: switch/sw1 (did you mean switch/sw1?)',
  ]);
});

test('MD5 and DES are refused with a reason', () => {
  const password = 'long enough';
  const of = (auth: string, priv: string) => ({
    ...sw1,
    snmp: { version: 3, user: 'u', auth: { protocol: auth, password }, priv: { protocol: priv, password } },
  });
  expect(problemsOf({ switches: [of('md5', 'des'), { ...of('sha', 'aes'), id: 'b' }] })).toEqual([
    expect.stringMatching(
      /^switches\[0\]\.snmp\.auth\.protocol: "md5", allowed: one of sha, .*\bno MD5: it is broken\b/,
    ),
    expect.stringMatching(
      /^switches\[0\]\.snmp\.priv\.protocol: "des", allowed: one of aes, .*\bno DES: its keys can be found by trying all\b/,
    ),
  ]);
});

test('what stands for one of the five of CORE-3 is core, without saying so', () => {
  const roles = ['website', 'directory', 'spacenet', 'uplink', 'gateway', undefined];
  const targets = ['a', 'b', 'b'].map((operator, index) => ({ host: `192.0.2.${index}`, operator }));
  const { probes } = parse({
    probes: [
      ...roles.map((role, index) => ({ ...web, id: `p${index}`, role })),
      { ...web, id: 'mine', core: true },
      { id: 'out', kind: 'uplink', targets },
    ],
  });
  expect(probes.map(({ core }) => core)).toEqual([true, true, true, true, false, false, true, true]);
  expect(probes.at(-1)).toMatchObject({ kind: 'uplink', role: 'uplink' });
});

describe('things that need each other in a circle', () => {
  const probe = (id: string, ...dependsOn: (string | string[])[]) => ({ ...web, id, dependsOn });
  const sw = (id: string, ...dependsOn: string[]) => ({ ...sw1, id, dependsOn });
  test.each<[string, object, string[]]>([
    [
      'one that needs itself',
      { probes: [probe('a', 'probe/a')] },
      ['probes[0].dependsOn: probe/a → probe/a, allowed: no circle'],
    ],
    [
      'two, named once',
      { probes: [probe('a', 'probe/b'), probe('b', 'probe/a')] },
      ['probes[0].dependsOn: probe/a → probe/b → probe/a, allowed: no circle'],
    ],
    [
      'a circle that others lead to, without them',
      { probes: [probe('a', 'probe/b'), probe('b', 'probe/c'), probe('c', 'probe/b')] },
      ['probes[1].dependsOn: probe/b → probe/c → probe/b, allowed: no circle'],
    ],
    [
      'one by a port, which is one with its switch',
      { switches: [sw('sw1', 'probe/a')], probes: [probe('a', 'port/sw1/gi1')] },
      ['switches[0].dependsOn: switch/sw1 → probe/a → switch/sw1, allowed: no circle'],
    ],
    [
      'a switch behind its own port',
      { switches: [sw('sw1', 'port/sw1/gi1')] },
      ['switches[0].dependsOn: switch/sw1 → switch/sw1, allowed: no circle'],
    ],
    [
      'one by what is only one of several',
      { probes: [probe('a', ['vm/104', 'probe/b']), probe('b', 'probe/a'), probe('c', 'probe/c')] },
      [
        'probes[0].dependsOn: probe/a → probe/b → probe/a, allowed: no circle',
        'probes[2].dependsOn: probe/c → probe/c, allowed: no circle',
      ],
    ],
    [
      'none, where two need the same',
      {
        probes: [probe('a', 'probe/b', 'probe/c'), probe('b', 'probe/d'), probe('c', 'probe/d'), probe('d')],
      },
      [],
    ],
  ])('are refused with their path: %s', (_, network, problems) => {
    expect(problemsOf(network)).toEqual(problems);
  });
});

test.each<[string, string]>([
  ['probe/wbe', 'a probe that settings name: probe/web, probe/b (did you mean probe/web?)'],
  ['switch/sw2', 'a switch that settings name: switch/sw1 (did you mean switch/sw1?)'],
  ['port/sw2/gi1', 'a port that settings name: port/sw1/… (did you mean port/sw1/…?)'],
  ['ups/rakc', 'a UPS that settings name: ups/rack (did you mean ups/rack?)'],
  ['mains/rakc', 'the mains of a UPS that settings name: mains/rack (did you mean mains/rack?)'],
  ['hypervisor/pvee', 'a hypervisor that settings name: hypervisor/pve (did you mean hypervisor/pve?)'],
  ['node/pve-pve2', 'a node that settings name: node/pve-pve1 (did you mean node/pve-pve1?)'],
  ['vantage/main', 'KIND/ID, such as switch/sw1 or vm/104'],
])('%s, which settings do not name, is refused with what was probably meant', (need, allowed) => {
  const network = { ups: [rack], hypervisors: [pve], switches: [sw1] };
  const of = (dependsOn: unknown[]) =>
    problemsOf({ ...network, probes: [web, { ...web, id: 'b', dependsOn }] });
  expect(of([need])).toEqual([`probes[1].dependsOn[0]: "${need}", allowed: ${allowed}`]);
  expect(of(['vm/104', ['vm/105', need]])).toEqual([
    `probes[1].dependsOn[1][1]: "${need}", allowed: ${allowed}`,
  ]);
});

test('a UPS that is not there feeds nothing', () => {
  const network = {
    switches: [{ ...sw1, poweredBy: ['rakc'] }],
    probes: [{ ...web, poweredBy: ['rack', 'x'] }],
  };
  expect(problemsOf({ ups: [rack], ...network })).toEqual([
    'switches[0].poweredBy[0]: "rakc", allowed: the id of a UPS: rack (did you mean rack?)',
    'probes[0].poweredBy[1]: "x", allowed: the id of a UPS: rack',
  ]);
  expect(problemsOf({ switches: [{ ...sw1, poweredBy: ['rack'] }] })).toEqual([
    'switches[0].poweredBy[0]: "rack", allowed: the id of a UPS; there is none',
  ]);
});
