import type { SwitchSettings } from '@huismeester/contracts';
import { SnmpError, type SnmpErrorCode } from '@huismeester/snmp';
import { describe, expect, test } from 'vitest';
import type { FoundSwitch } from '../ask-switch.ts';
import { portsNeeded } from './dependencies.ts';
import { checkSwitch } from './switch.ts';

const settingsOf = (ports: SwitchSettings['ports'] = {}) =>
  ({
    id: 'sw1',
    host: 'sw1.space',
    port: 161,
    snmp: { version: '2c', community: 'x' },
    ports,
    dependsOn: ['port/sw2/gi1'],
  }) as unknown as SwitchSettings;

describe('an agent that cannot be read says what to do about that', () => {
  const remedyOf = async (error: Error) => {
    const [finding] = await checkSwitch(settingsOf(), [], () => Promise.reject(error));
    expect(finding?.problem).toBe(error.message);
    return finding?.remedy;
  };

  test.each<[SnmpErrorCode, string]>([
    ['timeout', 'an agent does not answer a community that is not its own'],
    ['unreachable', 'see that DNS knows its host'],
    ['refused', 'correct its user, auth and priv'],
    ['not-in-time-window', 'no other device has its engine ID'],
    ['too-big', 'the largest SNMP message'],
    ['protocol', 'snmpwalk'],
  ])('%s', async (code, remedy) => {
    expect(await remedyOf(new SnmpError(code, 'it failed'))).toContain(remedy);
  });

  test('credentials that no agent takes', async () => {
    expect(await remedyOf(new RangeError('too short'))).toBe('switch sw1: correct its snmp in settings');
  });
});

describe('a port that the switch does not have', () => {
  const found: FoundSwitch = {
    ports: Array.from({ length: 8 }, (_, i) => ({
      names: [`te${i + 1}`, `TenGigabitEthernet1/${i + 1}`, String(100 + i)],
      up: true,
      ethernet: true,
    })),
    ids: Array.from({ length: 8 }, (_, i) => `te${i + 1}`),
  };
  const [few, things] = ['te1, te2, te3, te4, te5, te6', [1, 2, 3, 4, 5, 6].map((n) => `port/sw1/te${n}`)];

  test('that settings name has the nearest of all names', async () => {
    const names = { te8: {}, 'TenGigabitEthernet/8': {}, vlan3: {} };
    const ports = names as unknown as SwitchSettings['ports'];
    const [, te8, descr, vlan] = await checkSwitch(settingsOf(ports), [], async () => found);
    expect(te8).toEqual({ what: 'switch sw1: port te8 is there' });
    expect(descr).toEqual({
      what: 'switch sw1: port TenGigabitEthernet/8 is there',
      problem: `it has ${few} and 2 more (did you mean TenGigabitEthernet1/8?)`,
      remedy:
        'switch sw1: under ports, name TenGigabitEthernet1/8 instead of TenGigabitEthernet/8, or leave it out',
    });
    expect(vlan).toEqual({
      what: 'switch sw1: port vlan3 is there',
      problem: `it has ${few} and 2 more`,
      remedy: 'switch sw1: under ports, name another instead of vlan3, or leave it out',
    });
  });

  test('that something depends on is spoken of by its id', async () => {
    const probes = [{ id: 'web', dependsOn: ['port/sw1/te8', ['port/sw1/t8', 'port/sw1/vlan-3', 'vm/1']] }];
    const all = { probes, switches: [settingsOf()], hypervisors: [] } as unknown as Parameters<
      typeof portsNeeded
    >[0];
    expect(portsNeeded(all, 'sw2')).toEqual([{ who: 'switch sw1', thing: 'port/sw2/gi1' }]);
    const [, ...findings] = await checkSwitch(settingsOf(), portsNeeded(all, 'sw1'), async () => found);
    expect(findings).toEqual([
      { what: 'probe web: port/sw1/te8 is a port that switch sw1 has' },
      {
        what: 'probe web: port/sw1/t8 is a port that switch sw1 has',
        warning: `it has ${things.join(', ')} and 2 more (did you mean port/sw1/te8?)`,
        remedy: 'probe web: in dependsOn, name port/sw1/te8 instead of port/sw1/t8, or leave it out',
      },
      {
        what: 'probe web: port/sw1/vlan-3 is a port that switch sw1 has',
        warning: `it has ${things.join(', ')} and 2 more`,
        remedy: 'probe web: in dependsOn, name another instead of port/sw1/vlan-3, or leave it out',
      },
    ]);
  });
});
