import { parseSettings } from '@huismeester/service';
import { expect, test } from 'vitest';
import { decisionSettings } from './settings.ts';

const sw1 = (ports: object) => ({
  id: 'sw1',
  host: '10.0.0.3',
  snmp: { version: '2c', community: 'x' },
  ports,
});
const targets = ['1.1.1.1', '9.9.9.9', '8.8.8.8'].map((host) => ({ host, operator: host }));

function watched(more: object): string[] {
  const yaml = JSON.stringify({
    site: { id: 'test', name: 'Test' },
    database: { url: 'postgres://localhost/x' },
    broker: { embedded: {} },
    ...more,
  });
  const parsed = parseSettings(yaml, { file: 'test', env: {}, readFile: () => '' });
  return [...(decisionSettings(parsed).watched ?? ['nothing is set up'])];
}

test('the internet connection of CORE-3 is watched by a probe of it, and by no link to a modem', () => {
  expect(watched({ switches: [sw1({ 'gi1/0/24': { role: 'uplink' } })] })).toEqual([]);
  expect(watched({ probes: [{ id: 'internet', kind: 'uplink', targets }] })).toEqual(['uplink']);
  expect(watched({ probes: [{ id: 'internet', kind: 'ping', host: '1.1.1.1', role: 'uplink' }] })).toEqual([
    'uplink',
  ]);
});

test('the others are by a probe with their role', () => {
  const web = { id: 'web', kind: 'http', url: 'https://hackalot.nl/' };
  expect(watched({ probes: [web] })).toEqual([]);
  expect(watched({ probes: [{ ...web, role: 'website' }] })).toEqual(['website']);
  expect(watched({})).toEqual(['nothing is set up']);
});
