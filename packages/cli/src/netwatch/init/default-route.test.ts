import { expect, test } from 'vitest';
import { defaultGateway } from './default-route.ts';

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
const route = (
  iface: string,
  destination: string,
  gateway: string,
  flags: string,
  metric: number,
  mask: string,
) => `${iface}\t${destination}\t${gateway}\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0   `;
const lan = route('eth0', '0000000A', '00000000', '0001', 100, '00FFFFFF');

test('the default route has the lowest metric of several', () => {
  const table = [
    head,
    route('wlan0', '00000000', 'FE01A8C0', '0003', 600, '00000000'),
    route('eth0', '00000000', '0100000A', '0003', 100, '00000000'),
    lan,
  ];
  expect(defaultGateway(`${table.join('\n')}\n`, 'LE')).toBe('10.0.0.1');
  expect(defaultGateway(route('eth0', '00000000', '0A000001', '0003', 0, '00000000'), 'BE')).toBe('10.0.0.1');
});

test.each([
  ['no table', ''],
  ['only the local network', `${head}\n${lan}`],
  [
    'a default route without a gateway, as of a tunnel',
    route('wg0', '00000000', '00000000', '0001', 0, '00000000'),
  ],
  [
    'a route to a half of the internet, as VPNs set',
    route('tun0', '00000000', '0100080A', '0003', 0, '00000080'),
  ],
  ['a route that is down', route('eth0', '00000000', '0100000A', '0002', 0, '00000000')],
])('there is no gateway in %s', (_, table) => {
  expect(defaultGateway(table, 'LE')).toBeUndefined();
});
