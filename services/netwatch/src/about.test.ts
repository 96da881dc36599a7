import type { ProbeSettings, SwitchSettings } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { isHere, otherHosts, targetOf } from './about.ts';

const common = {
  core: false,
  poweredBy: [],
  dependsOn: [],
  deadline: '5s',
  down: { failed: 3 },
  up: { good: 2 },
};
const ping = (id: string, host: string): ProbeSettings => ({ ...common, id, kind: 'ping', host });
const http = (url: string): ProbeSettings => ({
  ...common,
  id: 'web',
  kind: 'http',
  url,
  status: [200],
  certificate: 'fail',
});
const isOwn = (host: string) => host === '192.0.2.1';

test('probes of one machine ask one, however settings write it', () => {
  const target = (host: string) => ({ host, operator: host });
  const uplink: ProbeSettings = {
    ...common,
    id: 'uplink',
    kind: 'uplink',
    targets: [target('192.0.2.1'), target('198.51.100.1'), target('198.51.100.2')],
  };
  const probes = [
    ping('gw', 'Router.test.'),
    ping('v6', '2001:db8::1'),
    http('http://[2001:DB8::1]/'),
    uplink,
  ];
  const switches = [{ id: 'sw1', host: 'router.test' } as SwitchSettings];
  expect(Object.fromEntries(otherHosts({ probes, switches }, isOwn))).toEqual({
    'probe/gw': ['router.test'],
    'probe/v6': ['2001:db8::1'],
    'probe/web': ['2001:db8::1'],
    'probe/uplink': ['198.51.100.1', '198.51.100.2'],
    'switch/sw1': ['router.test'],
  });
});

test('what is no URL is nowhere', () => {
  expect(isHere(http('http://'), isOwn)).toBe(false);
  expect(targetOf(http('http://'))).toBe('not a URL');
  expect(isHere(http('http://192.0.2.1:8080/'), isOwn)).toBe(true);
});
