import { parseSettings } from '@huismeester/service';
import { expect, test } from 'vitest';
import { rule as core } from './rules/core/index.ts';
import type { PolicySettings } from './rules/settings.ts';
import { decisionSettings } from './settings.ts';

const sw1 = (ports: object) => ({
  id: 'sw1',
  host: '10.0.0.3',
  snmp: { version: '2c', community: 'x' },
  ports,
});
const targets = ['1.1.1.1', '9.9.9.9', '8.8.8.8'].map((host) => ({ host, operator: host }));

const pve = {
  id: 'pve',
  url: 'https://127.0.0.1:1',
  fingerprints: [Array.from({ length: 32 }, () => 'AA').join(':')],
  tokens: { operate: { id: 'a@pve!b', secret: 'x' } },
  pools: { participant: 'p' },
};
const watched = (more: object) => [...settingsOf(more).watched];

function settingsOf(more: object): PolicySettings {
  const yaml = JSON.stringify({
    site: { id: 'test', name: 'Test' },
    database: { url: 'postgres://localhost/x' },
    broker: { embedded: {} },
    ...more,
  });
  const parsed = parseSettings(yaml, { file: 'test', env: {}, readFile: () => '' });
  return decisionSettings(parsed);
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
  expect(watched({})).toEqual([]);
});

test('a hypervisor is watched whatever else is named, so the rule is set up', () => {
  expect(watched({ hypervisors: [pve] })).toEqual(['hypervisor']);
  const isSetUp = (more: object) => core.notSetUp?.(settingsOf(more)) === undefined;
  const all = [{ hypervisors: [pve] }, { switches: [sw1({})] }, {}];
  expect(all.map(isSetUp)).toEqual([true, true, false]);
});
