import type { ProbeSettings } from '@huismeester/contracts';
import type { Look } from '@huismeester/probes';
import { describe, expect, test } from 'vitest';
import { checkProbe, probeFindings } from './probe.ts';
import { trapFinding } from './traps.ts';

const now = new Date('2026-11-30T12:00:00Z');
const settings = {
  http: { kind: 'http', url: 'https://h/', status: [200] },
  ping: { kind: 'ping', host: 'h' },
  ldap: { kind: 'ldap', url: 'ldaps://h', base: 'dc=x', filter: '(uid=' },
  dns: { kind: 'dns', server: 'h', name: 'n', type: 'A', expect: '10.0.0.7' },
  tcp: { kind: 'tcp', host: 'h', port: 1 },
};
const found = (look: Look, kind: keyof typeof settings = 'http') =>
  probeFindings({ id: 'web', ...settings[kind] } as ProbeSettings, look, now);
const certificate = {
  fingerprint: 'AA',
  notBefore: '2026-09-30T12:00:00Z',
  notAfter: '2026-12-29T12:00:00Z',
};

test('a service that answers is fine', () => {
  expect(found({ outcome: 'up', answered: true })).toEqual([{ what: 'probe web: it answers (http)' }]);
});

test('what fails says why and what to do; degraded is a warning', () => {
  expect(found({ outcome: 'down', reason: 'refused', detail: 'ECONNREFUSED', answered: true })).toEqual([
    {
      what: 'probe web: it answers (http)',
      problem: 'refused, ECONNREFUSED',
      remedy: 'probe web: see that the service runs there, and that it serves this machine',
    },
  ]);
  expect(found({ outcome: 'degraded', defect: 'one-family', answered: true })).toEqual([
    { what: 'probe web: it answers (http)', warning: 'with a defect: one-family' },
  ]);
});

test('a look that throws is a finding of its own, and not the end of all others', async () => {
  const web = { id: 'web', kind: 'ping', host: '127.0.0.1' } as ProbeSettings;
  const broken = () => () => Promise.reject(new Error('it broke'));
  expect(await checkProbe(web, now, broken)).toEqual([
    { what: 'probe web: it answers (ping)', problem: 'it broke' },
  ]);
});

test.each([
  ['http', 'status: [200], no contains'],
  ['ldap', 'base: "dc=x", filter: "(uid="'],
  ['dns', 'type: A, expect: "10.0.0.7"'],
] as const)('a wrong answer names the settings of %s that say which is right', (kind, allowed) => {
  const look: Look = { outcome: 'down', reason: 'wrong-answer', detail: '404', answered: true };
  expect(found(look, kind)[0]?.remedy).toBe(
    `probe web: correct what answers there, or in settings what is right; now: ${allowed}`,
  );
  expect(found(look, 'tcp')[0]?.remedy).toContain('ask it by hand');
});

test('a filter that is none is named', () => {
  const look: Look = {
    outcome: 'unknown',
    reason: 'not-allowed-here',
    detail: 'not an LDAP filter',
    answered: false,
  };
  expect(found(look, 'ldap')[0]?.remedy).toContain('filter: "(uid="');
});

test('a ping that may not be run asks for its right', () => {
  const look: Look = { outcome: 'unknown', reason: 'not-allowed-here', detail: 'EPERM', answered: false };
  const [finding] = found(look, 'ping');
  expect(finding?.problem).toBe('not-allowed-here, EPERM');
  expect(finding?.remedy).toContain('CAP_NET_RAW');
  expect(found(look)[0]?.remedy).not.toContain('CAP_NET_RAW');
});

describe('a certificate', () => {
  test('that does not verify says how to mend it, and nothing of its end', () => {
    const look: Look = {
      outcome: 'down',
      reason: 'certificate',
      detail: 'intermediate-missing',
      answered: true,
    };
    const all = found({ ...look, certificate: { ...certificate, fault: 'intermediate-missing' } });
    expect(all).toHaveLength(1);
    expect(all[0]?.remedy).toContain('fullchain.pem');
  });

  test.each([
    ['with 29 of 90 days left is fine', '2026-12-29T12:00:00Z', undefined],
    ['with 18 of them is a warning', '2026-12-18T11:00:00Z', /^it ends in 17 days, at 2026-12-18T11:00Z$/],
    ['that ended just now says so', '2026-11-30T11:59:00Z', /^it ends in 0 days/],
  ])('%s', (_, notAfter, warning) => {
    const notBefore = new Date(Date.parse(notAfter) - 90 * 86_400_000).toISOString();
    const [, end] = found({
      outcome: 'up',
      answered: true,
      certificate: { ...certificate, notBefore, notAfter },
    });
    if (warning === undefined)
      expect(end).toEqual({ what: 'probe web: its certificate is good for a while' });
    else expect(end?.warning).toMatch(warning);
  });
});

test('the port for traps: a right that is missing fails, a port that is taken may be our own', () => {
  const of = (code: string, isRoot = false) =>
    trapFinding('traps', 162, code, new Error('traps cannot be received'), isRoot);
  expect(of('EACCES', true).problem).toContain('EACCES');
  expect(of('EACCES', true).remedy).toContain('CAP_NET_BIND_SERVICE');
  // Netwatch may, where this user may not.
  expect(of('EACCES').problem).toBeUndefined();
  expect(of('EACCES').warning).toContain('this user may not open');
  expect(of('EACCES').remedy).toContain('CAP_NET_BIND_SERVICE');
  expect(of('EADDRINUSE').problem).toBeUndefined();
  expect(of('EADDRINUSE').remedy).toContain('ss -lunp sport = :162');
  expect(of('EADDRNOTAVAIL').problem).toBe('traps cannot be received (EADDRNOTAVAIL)');
});
