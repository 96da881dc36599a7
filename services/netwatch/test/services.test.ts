import type { ProbeResource } from '@huismeester/contracts';
import {
  type Freeradius,
  freePort,
  type Link,
  type Mosquitto,
  type Nginx,
  type Signed,
  type Slapd,
  sign,
  skipWithout,
  startFreeradius,
  startLink,
  startMosquitto,
  startNginx,
  startSlapd,
  startUnbound,
  type TestSite,
  tempSite,
  type Unbound,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetwatch, type TestNetwatch, until } from './netwatch.ts';

const missing = skipWithout('nginx', 'slapd', 'unbound', 'freeradius', 'mosquitto', 'ping');
const secrets = { ldap: 'the-ldap-password', wrong: 'a-wrong-password', radius: 'the-radius-secret' };
const entries = `dn: cn=probe,dc=space
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: probe
userPassword: ${secrets.ldap}
`;

interface Expected extends Partial<ProbeResource> {
  /** What is said of it, and of its certificate, but for incidents. */
  readonly says?: readonly string[];
}
const down = (reason: string, detail?: string): Expected =>
  ({ state: 'down', reason, ...(detail !== undefined && { detail }), says: ['probe.down'] }) as Expected;
const up: Expected = { state: 'up', says: ['probe.up'] };
const invalid = (fault: string): Expected => ({
  ...down('certificate'),
  certificate: expect.objectContaining({ fault }),
  says: ['certificate.invalid', 'probe.down'],
});

/** What each probe is to come to, by its id. */
const expected: Readonly<Record<string, Expected>> = {
  page: up,
  'another-status': down('wrong-answer', '503'),
  'another-text': down('wrong-answer', 'text not found'),
  'chain-with-expired-root': up,
  expired: invalid('expired'),
  'wrong-name': invalid('wrong-name'),
  'self-signed': invalid('self-signed'),
  'self-signed-allowed': {
    state: 'up',
    degraded: 'certificate',
    says: ['certificate.invalid', 'probe.degraded', 'probe.up'],
  },
  expiring: { state: 'up', says: ['certificate.expiring', 'probe.up'] },
  directory: up,
  'directory-password': down('wrong-secret'),
  'directory-empty': down('wrong-answer', 'no entry found'),
  name: up,
  'no-name': down('wrong-answer', 'NXDOMAIN'),
  'name-fails': down('wrong-answer', 'SERVFAIL'),
  'name-refused': down('refused', 'REFUSED'),
  'name-silent': down('no-answer'),
  'radius-accept': up,
  'radius-reject': up,
  'radius-challenge': up,
  'radius-secret': down('no-answer'),
  'radius-other': down('wrong-answer', 'Access-Reject'),
  broker: up,
  here: up,
  'nothing-there': down('refused', 'ECONNREFUSED'),
  'command-good': up,
  'command-bad': down('wrong-answer'),
  'command-unsure': { state: 'unknown', says: [] },
  'command-degraded': { state: 'up', degraded: 'command', says: ['probe.degraded', 'probe.up'] },
};

describe.skipIf(missing)('real services', () => {
  let nginx: Nginx<string>;
  let slapd: Slapd;
  let unbound: Unbound;
  let radius: Freeradius;
  let mosquitto: Mosquitto;
  let link: Link;
  let site: TestSite;
  let netwatch: TestNetwatch;
  beforeAll(async () => {
    const { servers, ca } = await certificates();
    [nginx, slapd, unbound, radius, mosquitto, site] = await Promise.all([
      startNginx({ plain: {}, gone: { directives: 'location / { return 503; }' }, ...servers }),
      startSlapd({ entries }),
      startUnbound(['www.test. A 10.0.0.1']),
      startFreeradius(secrets.radius),
      startMosquitto({ open: true }),
      tempSite('services'),
    ]);
    link = await startLink(nginx.ports.plain ?? 0);
    const daemons = { nginx, slapd, unbound, radius, mosquitto, closed: await freePort(), ca };
    const probes = {
      ...probesOf(daemons),
      cut: { kind: 'http', url: `http://127.0.0.1:${link.port}/`, every: '200ms' },
    };
    // One look is a verdict here, and a busy machine is neither slow nor down.
    const looks = { every: '5s', deadline: '10s', slowAbove: '1m', down: { failed: 1 }, up: { good: 1 } };
    netwatch = await startNetwatch({
      site,
      settings: { probes: Object.entries(probes).map(([id, probe]) => ({ id, ...looks, ...probe })) },
    });
  });
  afterAll(async () => {
    await netwatch.close();
    const daemons = [nginx, slapd, unbound, radius, mosquitto, link];
    await Promise.all([...daemons.map((each) => each.close()), site.remove()]);
  });

  it.concurrent.each(Object.entries(expected))('%s', async (id, { says, ...wanted }) => {
    const said = async () =>
      (await netwatch.lines(`probe/${id}`, `certificate/${id}`)).map((line) => line.split(' ')[0]);
    await until(`${id} is ${wanted.state}`, async () => {
      const probe = await netwatch.probe(id);
      return (
        probe?.lookedAt !== undefined &&
        probe.state === wanted.state &&
        (await said()).length >= (says?.length ?? 0)
      );
    });
    expect(await netwatch.probe(id)).toMatchObject(wanted);
    expect((await said()).sort()).toEqual(says);
  });

  it.concurrent('down and up again with true times', async () => {
    await netwatch.hears('probe.up probe/cut');
    const cutAt = Date.now();
    link.weather({ kind: 'cut' });
    await netwatch.hears('probe.down probe/cut');
    const clearedAt = Date.now();
    link.weather({ kind: 'clear' });
    await netwatch.hears('probe.up probe/cut', 2);
    const fell = await netwatch.times('probe.down', 'probe/cut');
    const rose = await netwatch.times('probe.up', 'probe/cut');
    // The moment in which the first look began that failed, or was good: on a busy machine one may have been under way.
    const lookMs = 2_000;
    expect(fell.since).toBeGreaterThanOrEqual(cutAt - lookMs);
    expect(fell.since).toBeLessThan(fell.told);
    expect(rose.since).toBeGreaterThanOrEqual(clearedAt - lookMs);
    expect(rose.since).toBeLessThan(rose.told);
    expect((await netwatch.last('probe.up', 'probe/cut'))?.data).toMatchObject({
      lasted_s: expect.closeTo((rose.since - fell.since) / 1000, 1),
    });
    const closed = (await netwatch.events()).find(
      ({ type, data }) => type === 'incident.closed' && (data as { root: string }).root === 'probe/cut',
    );
    expect(closed?.data).toMatchObject({
      since: new Date(fell.since).toISOString(),
      until: new Date(rose.since).toISOString(),
    });
  });

  it('warn of nothing, and no secret of theirs is logged', () => {
    expect(netwatch.warnings()).toEqual([]);
    for (const secret of Object.values(secrets)) expect(netwatch.logged()).not.toContain(secret);
  });
});

interface Daemons {
  readonly nginx: Nginx<string>;
  readonly slapd: Slapd;
  readonly unbound: Unbound;
  readonly radius: Freeradius;
  readonly mosquitto: Mosquitto;
  /** A port that nothing listens on. */
  readonly closed: number;
  readonly ca: string;
}

function probesOf({ nginx, slapd, unbound, radius, mosquitto, closed, ca }: Daemons): Record<string, object> {
  const page = (server: string) => ({ kind: 'http', url: `http://127.0.0.1:${nginx.ports[server]}/` });
  const secure = (server: string) => ({ kind: 'http', url: `https://127.0.0.1:${nginx.ports[server]}/`, ca });
  const ldap = { kind: 'ldap', url: `ldap://127.0.0.1:${slapd.port}`, base: 'dc=space' };
  const bound = { ...ldap, bindDn: 'cn=probe,dc=space', password: secrets.ldap };
  const dns = { kind: 'dns', server: '127.0.0.1', port: unbound.port };
  const access = {
    kind: 'radius',
    host: '127.0.0.1',
    port: radius.port,
    secret: radius.secret,
    password: 'secret',
  };
  const exit = (code: number) => ({ kind: 'command', command: ['/bin/sh', '-c', `exit ${code}`] });
  return {
    page: page('plain'),
    'another-status': page('gone'),
    'another-text': { ...page('plain'), contains: 'good bye' },
    'chain-with-expired-root': secure('crossed'),
    expired: secure('expired'),
    'wrong-name': secure('wrongName'),
    'self-signed': secure('alone'),
    'self-signed-allowed': { ...secure('alone'), certificate: 'warn', every: '500ms' },
    expiring: secure('expiring'),
    directory: bound,
    'directory-password': { ...bound, password: secrets.wrong },
    'directory-empty': { ...bound, filter: '(cn=nobody)' },
    name: { ...dns, name: 'www.test', expect: '10.0.0.1' },
    'no-name': { ...dns, name: 'nothing.test' },
    'name-fails': { ...dns, name: 'x.servfail' },
    'name-refused': { ...dns, name: 'x.refused' },
    'name-silent': { ...dns, name: 'x.silent', deadline: '1s' },
    'radius-accept': { ...access, user: 'accept', expect: 'accept' },
    'radius-reject': { ...access, user: 'nobody', expect: 'reject' },
    'radius-challenge': { ...access, user: 'challenge' },
    'radius-secret': { ...access, user: 'accept', secret: secrets.wrong, deadline: '1s' },
    'radius-other': { ...access, user: 'nobody', expect: 'accept' },
    broker: { kind: 'mqtt', url: mosquitto.url },
    here: { kind: 'ping', host: '127.0.0.1' },
    'nothing-there': { kind: 'tcp', host: '127.0.0.1', port: closed },
    'command-good': exit(0),
    'command-degraded': { ...exit(1), every: '500ms' },
    'command-bad': exit(2),
    'command-unsure': exit(3),
  };
}

async function certificates() {
  const root = await sign({ name: 'Root', authority: true, days: [-10, 3_000] });
  const oldRoot = await sign({ name: 'Old root', authority: true, days: [-3_000, -5] });
  const middle = await sign({ name: 'Middle', authority: true, by: root, days: [-10, 300] });
  const crossing = { name: 'Root', authority: true, by: oldRoot, keys: root.keys } as const;
  const crossed = await sign({ ...crossing, days: [-3_000, -5] });
  const server = (leaf: Signed, ...rest: readonly Signed[]) => ({
    certificate: { chain: [leaf, ...rest].map(({ cert }) => cert).join(''), key: leaf.key },
  });
  const servers = {
    crossed: server(await sign({ name: 'good', by: middle }), middle, crossed, oldRoot),
    expired: server(await sign({ name: 'expired', by: root, days: [-90, -1] })),
    wrongName: server(await sign({ name: 'wrong-name', by: root, names: ['elsewhere.test'] })),
    alone: server(await sign({ name: 'alone' })),
    // 5 of 85 days are left: less than 10 %, more than 3 %.
    expiring: server(await sign({ name: 'expiring', by: root, days: [-80, 5] })),
  };
  return { servers, ca: root.cert };
}
