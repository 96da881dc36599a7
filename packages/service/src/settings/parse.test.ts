import type { ServiceName } from '@huismeester/contracts';
import { describe, expect, test } from 'vitest';
import { SettingsError } from './error.ts';
import { parseSettings } from './parse.ts';
import { everySecret, secretsOfOthers, type Unneeded } from './unread.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

const good = `site: { id: hackalot, name: Hackalot }
broker:
  embedded: { anonymousRead: true, readers: [{ username: grafana, password: p }] }
database:
  url: postgres://huismeester@db/huismeester
ups:
  - id: rack
    upsd:
      host: 10.0.0.5
      name: space
      username: monitor
      password: hunter2
hypervisors:
  - id: pve
    url: https://10.0.0.2:8006
    fingerprints: ["${fingerprint}"]
    tokens: { operate: { id: "huismeester@pve!operate", secret: s } }
    pools: { core: core }
    nodes:
      pve1: { poweredBy: [rack] }
`;

interface Outside {
  env?: Record<string, string>;
  files?: Record<string, string>;
}

function parse(text: string, { env = {}, files = {} }: Outside = {}) {
  const readFile = (path: string) => {
    const found = files[path];
    if (found === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    return found;
  };
  return parseSettings(text, { file: '/etc/huismeester/space.yaml', env, readFile });
}

function problemsOf(text: string, outside: Outside = {}): string[] {
  try {
    parse(text, outside);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.replaceAll('/etc/huismeester/', '').split('\n');
  }
}

/** How a variable is written in YAML. */
const v = (name: string) => `$\{${name}}`;

/** The good settings with one thing replaced, which must be there. */
function but(from: string, to: string): string {
  expect(good).toContain(from);
  return good.replace(from, () => to);
}

test('good settings get their defaults', () => {
  const settings = parse(good);
  expect(settings.site).toEqual({
    id: 'hackalot',
    name: 'Hackalot',
    timezone: 'Europe/Amsterdam',
    language: 'nl',
  });
  expect(settings.http).toEqual({
    host: '127.0.0.1',
    port: 8080,
    trustedProxy: 'loopback',
    acceptPlainPasswords: false,
    socket: './var/huismeester.sock',
  });
  expect(settings.broker).toMatchObject({ embedded: { port: 1883, anonymousRead: true }, root: 'space' });
  expect(settings.ups[0]?.upsd).toMatchObject({ port: 3493, tls: 'off' });
  expect(settings.ups[0]?.poll).toEqual({ status: '500ms', variables: '5s' });
  expect(settings.policy.power.core).toEqual({ runtimeBelow: '5m', chargeBelow: 20, unreadAfter: '7m' });
  expect(settings.self).toEqual({ dependsOn: [] });
  const [hypervisor] = settings.hypervisors;
  expect(hypervisor).toMatchObject({ prefix: '', forceStop: [], parallelPerNode: 4 });
  expect(hypervisor?.nodes.pve1).toEqual({
    poweredBy: ['rack'],
    nodeShutdown: 'upsmon',
    ownShutdown: '2m',
    wakeAddress: '255.255.255.255:9',
  });
  expect(settings.services).toEqual({});
});

test('services are found at URLs without secrets in them, and each has a secret of its own', () => {
  const of = (more: string) => () =>
    parse(
      `${good}services:\n  vm-lifecycle: { url: "http://a:1", secret: hunter2-of-many-letters }\n  policy: ${more}\n`,
    );
  const path = '/etc/huismeester/space.yaml:23: services.policy';
  expect(of('{ url: "https://a/hm/", secret: b-of-many-letters, listen: { port: 0 } }')).not.toThrow();
  expect(of('{ url: "http://u:hunter3@a", secret: hunter2-of-many-letters }')).toThrow(
    [
      `${path}.url: found a URL with a name or a password in it, allowed: such as http://10.0.0.7:8080`,
      `${path}.secret: found that of vm-lifecycle, allowed: a secret of its own, by which the others know who asks`,
    ].join('\n'),
  );
  expect(of('{ url: "http://a", secret: fifteen-letters }')).toThrow(
    `${path}.secret: found (secret), allowed: of 16 characters or more (openssl rand -hex 24), better from a file than written here`,
  );
  expect(of('{ url: "http://a/api/v1", secret: b-of-many-letters }')).toThrow(
    'found a URL with /api/v1, which is put behind it',
  );
  expect(of('{ url: "http://a?x", secret: b-of-many-letters }')).toThrow('found a URL with a ? or a #');
  expect(of('{ url: "http://a:99999", secret: b-of-many-letters }')).toThrow('found no URL');
  expect(of('{ url: "http://a", secret: b-of-many-letters, listen: { prot: 1 } }')).toThrow('listen.prot');
});

test('processes of one machine have a port and a socket each', () => {
  const problems = (http: string, first: string, second: string) =>
    problemsOf(`${good}http: ${http}
services:
  vm-lifecycle: { url: "http://a:1", secret: a-of-many-letters, listen: ${first} }
  policy: { url: "http://a:2", secret: b-of-many-letters, listen: ${second} }
`);
  const path = 'space.yaml:24: services.policy.listen';
  expect(problems('{}', '{ host: 10.0.0.8, port: 1 }', '{ host: 10.0.0.8, port: 2 }')).toEqual([
    `${path}.socket: found ./var/huismeester.sock, that of vm-lifecycle on 10.0.0.8, too, allowed: a socket of its own`,
  ]);
  expect(problems('{ port: 7 }', '{ socket: ./a }', '{ port: 7, socket: ./b }')).toEqual([
    `${path}.port: found 7, that of vm-lifecycle on 127.0.0.1, too, allowed: a port of its own`,
  ]);
  expect(problems('{}', '{ port: 0, socket: ./a }', '{ port: 0, socket: ./b }')).toEqual([]);
  expect(problems('{}', '{ host: 10.0.0.7 }', '{ host: 10.0.0.8 }')).toEqual([]);
  // Containers.
  expect(problems('{ host: 0.0.0.0 }', '{ port: 80 }', '{ port: 80 }')).toEqual([]);
});

test('a key without a value is a key that is not there', () => {
  const settings = parse(`${good}http:\npolicy:\nservices:\n`);
  expect(settings.http.port).toBe(8080);
});

const known = 'host, port, name, username, password, tls, ca';

/** A wrong value in each kind of place: what replaces what, and all the lines that must come of it. */
const wrong: [kind: string, from: string, to: string, lines: string[]][] = [
  [
    'a text for an integer',
    'host: 10.0.0.5',
    'port: abc\n      host: a',
    ['space.yaml:9: ups[0].upsd.port: found "abc", allowed: an integer from 1 to 65535'],
  ],
  [
    'an integer out of range',
    'host: 10.0.0.5',
    'port: 70000\n      host: a',
    ['space.yaml:9: ups[0].upsd.port: found 70000, allowed: an integer from 1 to 65535'],
  ],
  [
    'a fraction for an integer',
    'host: 10.0.0.5',
    'port: 1.5\n      host: a',
    ['space.yaml:9: ups[0].upsd.port: found 1.5, allowed: an integer from 1 to 65535'],
  ],
  [
    'a number in quotes',
    'host: 10.0.0.5',
    'port: "3493"\n      host: a',
    ['space.yaml:9: ups[0].upsd.port: found "3493", allowed: an integer from 1 to 65535'],
  ],
  [
    'a number for a text',
    'name: space',
    'name: 12',
    [
      'space.yaml:10: ups[0].upsd.name: found 12, allowed: the name of the UPS at upsd, as `upsc -l` lists it',
    ],
  ],
  [
    'an empty text',
    'name: Hackalot',
    'name: ""',
    ['space.yaml:1: site.name: found "", allowed: text that is not empty'],
  ],
  [
    'a pattern not met',
    'id: rack',
    'id: Rack 1',
    [
      'space.yaml:7: ups[0].id: found "Rack 1", allowed: a-z, 0-9 and single dashes',
      'space.yaml:20: hypervisors[0].nodes.pve1.poweredBy[0]: found "rack", allowed: the id of a UPS; there is none under ups',
    ],
  ],
  [
    'not one of an enumeration',
    'name: space',
    'name: space\n      tls: maybe',
    ['space.yaml:11: ups[0].upsd.tls: found "maybe", allowed: one of off, required'],
  ],
  [
    'no boolean',
    'anonymousRead: true',
    'anonymousRead: yes',
    ['space.yaml:3: broker.embedded.anonymousRead: found "yes", allowed: true or false'],
  ],
  [
    'a missing key',
    '      host: 10.0.0.5\n',
    '',
    ['space.yaml:8: ups[0].upsd.host: found nothing, allowed: a host name or an IP address'],
  ],
  [
    'an unknown key near a known one',
    'host: 10.0.0.5',
    'host: a\n      prot: 1',
    [`space.yaml:10: ups[0].upsd.prot: found an unknown key, allowed: ${known} (did you mean port?)`],
  ],
  [
    'an unknown key near none',
    'host: 10.0.0.5',
    'host: a\n      colour: red',
    [`space.yaml:10: ups[0].upsd.colour: found an unknown key, allowed: ${known}`],
  ],
  [
    'a mapping for a text',
    'id: rack',
    'id: { a: 1 }',
    [
      'space.yaml:7: ups[0].id: found a mapping, allowed: a-z, 0-9 and single dashes',
      'space.yaml:20: hypervisors[0].nodes.pve1.poweredBy[0]: found "rack", allowed: the id of a UPS; there is none under ups',
    ],
  ],
  [
    'a text for a list',
    '[rack]',
    'rack',
    ['space.yaml:20: hypervisors[0].nodes.pve1.poweredBy: found "rack", allowed: a list'],
  ],
  [
    'a text for a mapping in a record',
    '{ poweredBy: [rack] }',
    'rack',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1: found "rack", allowed: a mapping with poweredBy, address, nodeShutdown, ownShutdown, wake, mac, wakeAddress',
    ],
  ],
  [
    'an empty list where one entry is the least',
    `["${fingerprint}"]`,
    '[]',
    ['space.yaml:16: hypervisors[0].fingerprints: found a list of 0, allowed: a list of at least 1 entries'],
  ],
  [
    'a wrong entry of a list',
    `["${fingerprint}"]`,
    '["AB"]',
    ['space.yaml:16: hypervisors[0].fingerprints[0]: found "AB", allowed: SHA-256, AA:BB:…'],
  ],
  [
    'in a union, only what the meant branch says',
    'anonymousRead: true',
    'port: x',
    ['space.yaml:3: broker.embedded.port: found "x", allowed: an integer from 0 to 65535'],
  ],
  [
    'a union of which no branch was meant',
    'url: postgres:',
    'dsn: postgres:',
    ['space.yaml:4: database: found a mapping with none of these keys, allowed: url, or embedded'],
  ],
  [
    'a duration without a unit',
    'site:',
    'policy: { power: { restoreHold: 5 } }\nsite:',
    [
      'space.yaml:1: policy.power.restoreHold: found 5, allowed: a number with ms, s, m, h or d (24 hours), such as 30s or 4h',
    ],
  ],
];

describe('a wrong value', () => {
  test.each(wrong)('%s', (_, from, to, lines) => {
    expect(problemsOf(but(from, to))).toEqual(lines);
  });

  test('every problem is said at once, in the order of the lines', () => {
    const text = good
      .replace('id: hackalot', 'id: "-"')
      .replace('name: space', 'name: 3')
      .replace('[rack]', '[rak]')
      .replace('core: core', 'core: 1');
    expect(problemsOf(text).map((line) => line.split(': ')[1])).toEqual([
      'site.id',
      'ups[0].upsd.name',
      'hypervisors[0].pools.core',
      'hypervisors[0].nodes.pve1.poweredBy[0]',
    ]);
  });

  test('nothing at all', () => {
    expect(problemsOf('').map((line) => line.split(': ')[1])).toEqual(['site', 'broker', 'database']);
  });
});

const cross: [kind: string, from: string, to: string, lines: string[]][] = [
  [
    'poweredBy names a UPS that is not there',
    '[rack]',
    '[rakc]',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1.poweredBy[0]: found "rakc", allowed: the id of a UPS: rack (did you mean rack?)',
    ],
  ],
  [
    'two UPSes of one id',
    'ups:\n',
    'ups:\n  - { id: rack, upsd: { host: b, name: c } }\n',
    ['space.yaml:8: ups[1].id: found "rack", as in another, allowed: a value that no other has'],
  ],
  [
    'an unknown time zone',
    'name: Hackalot',
    'name: Hackalot, timezone: Europe/Eindhoven',
    [
      'space.yaml:1: site.timezone: found "Europe/Eindhoven", allowed: an IANA time zone, such as Europe/Amsterdam',
    ],
  ],
  [
    'an embedded database on a real site',
    'url: postgres://huismeester@db/huismeester',
    'embedded: { dir: ./db }',
    [
      'space.yaml:5: database.embedded: found the embedded database on a real site, allowed: url: postgres://… or, if a power cut may lose or break the data, acceptPowerLossRisk: true',
    ],
  ],
  [
    'a false clock on a real site',
    'site: { id',
    'testing: { clockOffsetFile: ./offset }\nsite: { id',
    [
      'space.yaml:1: testing.clockOffsetFile: found a false clock on a real site, allowed: nothing or, only in a test or a demo, together with acceptFalseClock: true',
    ],
  ],
  [
    'leases that run fast',
    'site: { id',
    'testing: { leaseSpeed: 100 }\nsite: { id',
    [
      'space.yaml:1: testing.leaseSpeed: found leases 100 times as fast on a real site, allowed: 1 or, only in a test or a demo, together with acceptFalseClock: true',
    ],
  ],
  [
    'a log of less than a day',
    'site: { id',
    'log: { retention: 90m }\nsite: { id',
    ['space.yaml:1: log.retention: found 90m, allowed: 24h to 87600h (ten years)'],
  ],
  [
    'a hypervisor that nothing pins',
    `    fingerprints: ["${fingerprint}"]\n`,
    '',
    [
      'space.yaml:14: hypervisors[0].ca: found neither ca nor fingerprints, allowed: ca, fingerprints, or both',
    ],
  ],
  [
    'a pool of two classes',
    'core: core',
    'core: core, participant: core',
    [
      'space.yaml:18: hypervisors[0].pools.participant: found "core", as in another, allowed: a value that no other has',
    ],
  ],
  [
    'a password without a user',
    '      username: monitor\n',
    '',
    ['space.yaml:8: ups[0].upsd.username: found nothing, but a password, allowed: the user of upsd'],
  ],
  [
    'a certificate for a line without TLS',
    'name: space',
    `name: space\n      ca: "-----BEGIN CERTIFICATE-----"`,
    ['space.yaml:8: ups[0].upsd.tls: found off with a ca, allowed: required, or no ca'],
  ],
  [
    'a poll without an interval',
    'id: rack',
    'id: rack\n    poll: { status: 0s }',
    ['space.yaml:8: ups[0].poll.status: found 0s, allowed: at least 10ms'],
  ],
];

const node = '{ poweredBy: [rack] }';

const nodes: typeof cross = [
  [
    'a node that is shut down without a way back',
    node,
    '{ nodeShutdown: huismeester }',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1.wake: found nothing, with nodeShutdown: huismeester, allowed: wol, ups-cycle or manual: a node that is shut down needs a way back',
    ],
  ],
  [
    'a magic packet to nobody',
    node,
    '{ nodeShutdown: huismeester, wake: wol }',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1.mac: found nothing, with wake: wol, allowed: the address of the network card that listens for the magic packet, AA:BB:…',
    ],
  ],
  [
    'a way back that there is not is one problem',
    node,
    '{ nodeShutdown: huismeester, wake: prayer }',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1.wake: found "prayer", allowed: one of wol, ups-cycle, manual (how it comes back: a magic packet that we send, the UPS that switches its outlets off and on, or a person)',
    ],
  ],
  [
    'a mac that is none is one problem',
    node,
    '{ wake: wol, mac: "12:34" }',
    [
      'space.yaml:20: hypervisors[0].nodes.pve1.mac: found "12:34", allowed: of the network card that listens for the magic packet, AA:BB:…',
    ],
  ],
  [
    'a dependency on a node that is not configured',
    'site:',
    'self: { dependsOn: [vm/100, node/pve-pve2, host/nas] }\nsite:',
    [
      'space.yaml:1: self.dependsOn[1]: found "node/pve-pve2", allowed: a node that is under nodes of its hypervisor: node/pve-pve1 (did you mean node/pve-pve1?)',
    ],
  ],
  [
    'a dependency of a kind that there is not',
    'site:',
    'self: { dependsOn: [lamp/1] }\nsite:',
    [
      'space.yaml:1: self.dependsOn[0]: found "lamp/1", allowed: such as vm/100, node/pve-pve1 (hypervisor-node), switch/sw1 or host/nas',
    ],
  ],
  [
    'a class that there is not',
    'pools:',
    'forceStop: [everything]\n    pools:',
    [
      'space.yaml:18: hypervisors[0].forceStop[0]: found "everything", allowed: one of core, space-wide, participant (of the pool that a guest is in)',
    ],
  ],
];

describe('nodes and what Huismeester itself needs', () => {
  test.each(nodes)('%s', (_, from, to, lines) => {
    expect(problemsOf(but(from, to))).toEqual(lines);
  });

  test.each([
    '{ nodeShutdown: huismeester, wake: manual }',
    '{ nodeShutdown: huismeester, wake: ups-cycle, poweredBy: [rack] }',
    '{ nodeShutdown: huismeester, wake: wol, mac: "AA:bb:CC:dd:EE:00", wakeAddress: "10.0.0.255:9" }',
    '{ wake: manual }',
  ])('%s has a way back', (settings) => {
    expect(problemsOf(but(node, settings))).toEqual([]);
  });

  test('a node is depended on by the id that its events have', () => {
    const text = but('pve1:', 'PVE_1.space:').replace(
      'site:',
      'self: { dependsOn: [node/pve-pve-1-space] }\nsite:',
    );
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('parts that do not fit together', () => {
  test.each(cross)('%s', (_, from, to, lines) => {
    expect(problemsOf(but(from, to))).toEqual(lines);
  });

  test('TLS without a ca trusts the system, and the embedded database may be accepted', () => {
    const text = but('name: space', 'name: space\n      tls: required').replace(
      'url: postgres://huismeester@db/huismeester',
      'embedded: { dir: ./db }\n  acceptPowerLossRisk: true',
    );
    expect(problemsOf(text)).toEqual([]);
  });

  test('of several hypervisors one may do without a prefix', () => {
    const second = (prefix: string) => `${good}  - id: second
    url: https://b:8006
    ${prefix}
    fingerprints: ["${fingerprint}"]
    tokens: { operate: { id: "h@pve!o", secret: s } }
    pools: {}
`;
    expect(problemsOf(second('prefix: b-'))).toEqual([]);
    expect(problemsOf(second(''))).toEqual([
      'space.yaml:21: hypervisors[1].prefix: found nothing, as in another, allowed: a value that no other has',
    ]);
  });
});

describe('values from outside', () => {
  test('variables stand anywhere in a text, and a dollar before one keeps it as it is', () => {
    const text = but('hunter2', `a-${v('ONE')}-$${v('ONE')}-${v('TWO')}`);
    expect(parse(text, { env: { ONE: '1', TWO: v('ONE') } }).ups[0]?.upsd.password).toBe(
      `a-1-${v('ONE')}-${v('ONE')}`,
    );
  });

  test('a variable may be a number or a boolean where one belongs, and stays text where not', () => {
    const text = but('anonymousRead: true', `port: "${v('PORT')}", anonymousRead: "${v('READ')}"`).replace(
      'hunter2',
      v('PORT'),
    );
    const settings = parse(text, { env: { PORT: '1884', READ: 'false' } });
    expect(settings.broker).toMatchObject({ embedded: { port: 1884, anonymousRead: false } });
    expect(settings.ups[0]?.upsd.password).toBe('1884');
  });

  test('a missing variable is one problem that names it', () => {
    expect(problemsOf(but('postgres://huismeester@db/huismeester', v('DB_URL')))).toEqual([
      `space.yaml:5: database.url: found ${v('DB_URL')}, not set, allowed: the name of a variable that is in the environment`,
    ]);
  });

  test('a file is read relative to the space.yaml, without its last line end', () => {
    const text = but('password: hunter2', 'password: { file: secrets/upsd }').replace(
      `fingerprints: ["${fingerprint}"]`,
      `ca: { file: "/etc/pve/${v('NAME')}.pem" }`,
    );
    const files = { '/etc/huismeester/secrets/upsd': 'very secret\n', '/etc/pve/ca.pem': pem };
    const settings = parse(text, { files, env: { NAME: 'ca' } });
    expect(settings.ups[0]?.upsd.password).toBe('very secret');
    expect(settings.hypervisors[0]?.ca).toBe(pem.trimEnd());
  });

  test('a file that is not there is one problem', () => {
    expect(problemsOf(but('password: hunter2', 'password: { file: gone }'))).toEqual([
      'space.yaml:12: ups[0].upsd.password: found the file gone, not readable (ENOENT), allowed: a file with the value',
    ]);
  });
});

describe('no message shows a secret', () => {
  const secret = 'hunter2-geheim';
  const places: [kind: string, text: string, outside?: Outside][] = [
    ['a list for a password', but('hunter2', `[${secret}]`)],
    ['a mapping for a password', but('hunter2', `{ x: ${secret} }`)],
    ['a number of a password', but('password: hunter2', 'password: 77124')],
    ['a password in a URL', but('postgres://huismeester@', `postgress://u:${secret}@`)],
    ['a password in the URL of a broker', but('embedded: {', `url: "mqtt://joe:${secret}@a:925201"\n  #`)],
    ['a password in the URL of a hypervisor', but('https://', `https://root:${secret}@`)],
    ['a password in the URL of a PostgreSQL', but('huismeester@db', `u:${secret}@db:99999`)],
    ['a password with a slash in a URL', but('postgres://huismeester@', `pg://u:a/${secret}@`)],
    [
      'a secret variable where a port belongs',
      but('name: space', `name: n\n      port: ${v('PW_TOKEN')}`),
      { env: { PW_TOKEN: secret } },
    ],
    [
      'a file where a port belongs',
      but('name: space', 'name: n\n      port: { file: s }'),
      { files: { '/etc/huismeester/s': secret } },
    ],
    ['a key written wrong', but('password:', `pasword: ${secret}\n      colour:`)],
    ['an alias to nowhere', but('hunter2', `*${secret}`)],
    ['YAML that is broken there', but('hunter2', `"${secret}" x`)],
    ['YAML of two documents', `${good}--- ${secret}`],
    [
      'a secret time zone',
      but('name: Hackalot', `name: a, timezone: "${v('PASS')}"`),
      { env: { PASS: secret } },
    ],
  ];
  test.each(places)('%s', (_, text, outside) => {
    const lines = problemsOf(text, outside).join('\n');
    expect(lines).toMatch(/space\.yaml:\d+: /);
    expect(lines).not.toContain(secret);
    expect(lines).not.toContain('77124');
  });
});

describe('what is no YAML', () => {
  test('says the line', () => {
    expect(problemsOf('site: { id: a\nbroker: 1\n')[0]).toMatch(
      /^space\.yaml:\d: found no YAML \(.*\), allowed/,
    );
    expect(problemsOf(`${good}site: {}\n`)).toEqual([
      'space.yaml:21: found a key that is already there, allowed: YAML',
    ]);
  });

  test('a bare variable inside braces gets a hint', () => {
    expect(problemsOf(`a: 1\nsite: { id: ${v('ID')} }\n`).join()).toContain(`in quotes: "${v('NAME')}"`);
  });

  test('an alias of what it stands in', () => {
    expect(problemsOf('site: &a { x: *a }\n')).toHaveLength(1);
  });

  test('a text or a list instead of settings', () => {
    expect(problemsOf('hello')).toEqual([
      'space.yaml:1: found "hello", allowed: a mapping with site, broker, database',
    ]);
    expect(problemsOf('- a')).toHaveLength(1);
  });
});

describe('secrets that are not needed may be missing', () => {
  const network = `switches:
  - { id: sw1, host: h, snmp: { version: 2c, community: { file: secrets/community } } }
  - id: sw2
    host: h
    snmp: { version: 3, user: u, auth: { password: "${v('AUTH')}" }, priv: { password: "${v('PRIV')}" } }
probes:
  - { id: a, kind: ldap, url: "ldaps://h", ca: { file: secrets/ca }, bindDn: cn=x, password: { file: secrets/ldap }, base: dc=x }
  - { id: b, kind: radius, host: h, secret: "${v('SHARED')}", password: { file: secrets/radius } }
  - { id: c, kind: http, url: "https://h/", contains: { file: page } }
`;
  const text = good
    .replace('hunter2', '{ file: secrets/upsd }')
    .replace('secret: s ', () => `secret: "${v('PVE_SECRET')}" `)
    .replace('postgres://huismeester@db/huismeester', '{ file: secrets/database }');
  const load = (unneeded: Unneeded, settings: string) =>
    parseSettings(settings, {
      file: '/etc/huismeester/space.yaml',
      env: {},
      readFile: () => {
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
      unneeded,
    });
  const missing = (unneeded: Unneeded) => {
    try {
      load(unneeded, `${text}${network}`);
      return [];
    } catch (error) {
      return error instanceof SettingsError ? error.problems.map(({ path }) => path) : [error];
    }
  };

  test('all of them, where configuration is only printed; everything else is checked as ever', () => {
    const { ups, switches, probes } = load(everySecret, `${text}${network.replace('{ file: page }', 'x')}`);
    expect(ups[0]?.upsd.password).toBe('not read: ups.0.upsd.password');
    expect(switches[0]?.snmp).toMatchObject({ community: 'not read: switches.0.snmp.community' });
    expect(probes[0]).toMatchObject({ ca: '-----BEGIN CERTIFICATE-----' });
    expect(() => load(everySecret, `${text}http: { prot: 1 }\n`)).toThrow(
      /^[^\n]*http\.prot: found an unknown key[^\n]*$/,
    );
  });

  test.each<[ServiceName, string[]]>([
    ['policy', []],
    ['ups-monitor', ['ups[0].upsd.password']],
    ['vm-lifecycle', ['hypervisors[0].tokens.operate.secret']],
    [
      'netwatch',
      [
        'switches[0].snmp.community',
        'switches[1].snmp.auth.password',
        'switches[1].snmp.priv.password',
        'probes[0].ca',
        'probes[0].password',
        'probes[1].secret',
        'probes[1].password',
      ],
    ],
  ])('%s needs its own', (service, own) => {
    expect(new Set(missing(secretsOfOthers(service)))).toEqual(
      new Set(['database.url', ...own, 'probes[2].contains']),
    );
  });
});
