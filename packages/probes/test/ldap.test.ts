import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { freePort, type Slapd, sign, skipWithout, startLink, startSlapd } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

const entries = `
dn: ou=people,dc=space
objectClass: organizationalUnit
ou: people

dn: ou=empty,dc=space
objectClass: organizationalUnit
ou: empty

dn: uid=p1,ou=people,dc=space
objectClass: inetOrgPerson
uid: p1
cn: P1
sn: P1
userPassword: right

dn: uid=p2,ou=people,dc=space
objectClass: inetOrgPerson
uid: p2
cn: P2
sn: P2
`;

interface Rest {
  url?: string;
  startTls?: boolean;
  bindDn?: string;
  password?: string;
  base?: string;
  filter?: string;
  ca?: string;
  deadline?: string;
  certificate?: 'fail' | 'warn';
}

describe.skipIf(skipWithout('slapd'))('an LDAP probe', () => {
  let open: Slapd;
  let closed: Slapd;
  let ca: string;
  let otherCa: string;

  beforeAll(async () => {
    const root = await sign({ name: 'Root', authority: true });
    const server = await sign({ name: 'ldap', by: root });
    ca = root.cert;
    otherCa = (await sign({ name: 'Other', authority: true })).cert;
    const certificate = { chain: server.cert, key: server.key };
    [open, closed] = await Promise.all([
      startSlapd({ entries, certificate }),
      startSlapd({ entries, certificate, settings: ['olcRequires: authc', 'olcSecurity: simple_bind=128'] }),
    ]);
  });
  afterAll(() => Promise.all([open.close(), closed.close()]));

  const look = (rest: Rest = {}) =>
    lookOnce('ldap', {
      url: `ldap://127.0.0.1:${open.port}`,
      startTls: false,
      certificate: 'fail',
      base: 'ou=people,dc=space',
      filter: '(objectClass=*)',
      ...rest,
    });
  const p1 = { bindDn: 'uid=p1,ou=people,dc=space', password: 'right' };

  it('is up when an entry is found, anonymously or with a login', async () => {
    expect(await look()).toEqual({ outcome: 'up', latencyMs: expect.any(Number), answered: false });
    expect(await look(p1)).toMatchObject({ outcome: 'up' });
    expect(await look({ filter: '(uid=p2)' })).toMatchObject({ outcome: 'up' });
  });

  it.each([['ldaps'], ['startTls']])('is up with %s, and shows the certificate', async (how) => {
    const url = how === 'ldaps' ? `ldaps://127.0.0.1:${open.tlsPort}` : `ldap://127.0.0.1:${open.port}`;
    const secured = { ...p1, url, startTls: how === 'startTls' };
    const good = await look({ ...secured, ca });
    expect(good).toMatchObject({ outcome: 'up', certificate: { notAfter: expect.any(String) } });
    const bad = await look({ ...secured, ca: otherCa });
    expect(bad).toMatchObject({
      outcome: 'down',
      reason: 'certificate',
      certificate: { fault: 'issuer-unknown' },
    });
    const allowed = await look({ ...secured, ca: otherCa, certificate: 'warn' });
    expect(allowed).toMatchObject({ outcome: 'degraded', defect: 'certificate' });
  });

  it.each<[string, Rest, string, string]>([
    ['a wrong password', { ...p1, password: 'wrong' }, 'wrong-secret', 'LDAP 49'],
    ['no such base', { base: 'ou=nobody,dc=space' }, 'wrong-answer', 'LDAP 32'],
    ['an empty result', { filter: '(uid=nobody)' }, 'wrong-answer', 'no entry found'],
  ])('is down with %s', async (_, rest, reason, detail) => {
    expect(await look(rest)).toEqual({ outcome: 'down', reason, detail, answered: false });
  });

  it('is refused by a server that wants logins, and encrypted ones', async () => {
    const url = `ldap://127.0.0.1:${closed.port}`;
    expect(await look({ url })).toMatchObject({ outcome: 'down', reason: 'refused' });
    expect(await look({ url, ...p1 })).toMatchObject({
      outcome: 'down',
      reason: 'refused',
      detail: 'LDAP 13',
    });
    expect(await look({ url, ...p1, startTls: true, ca })).toMatchObject({ outcome: 'up' });
  });

  it.each<[string, Rest]>([
    ['bindDn without a password', { bindDn: p1.bindDn }],
    ['bindDn without a password', { bindDn: p1.bindDn, password: '' }],
    ['not an LDAP filter', { filter: '(uid=p1' }],
  ])('does not ask with settings that cannot be used: %s', async (detail, rest) => {
    expect(await look(rest)).toEqual({
      outcome: 'unknown',
      reason: 'not-allowed-here',
      detail,
      answered: false,
    });
  });

  it('is down without a server, with another protocol, in silence and when cut', async () => {
    const ssh = createServer((socket) =>
      socket.on('error', () => undefined).write('SSH-2.0-OpenSSH_9.2\r\n'),
    );
    ssh.listen(0, '127.0.0.1');
    await once(ssh, 'listening');
    const link = await startLink(open.port);
    const at = (port: number, deadline = '5s') => look({ url: `ldap://127.0.0.1:${port}`, deadline });
    expect(await at(await freePort())).toMatchObject({ outcome: 'down', reason: 'refused' });
    expect(await at((ssh.address() as AddressInfo).port)).toMatchObject({
      reason: 'wrong-answer',
      detail: 'not LDAP',
    });
    link.weather({ kind: 'silent' });
    expect(await at(link.port, '300ms')).toMatchObject({
      reason: 'no-answer',
      detail: 'no answer within 300ms',
    });
    link.weather({ kind: 'cut' });
    expect(await at(link.port)).toMatchObject({ outcome: 'down', reason: 'no-answer' });
    await link.close();
    ssh.close();
  });
});
