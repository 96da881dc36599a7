import type { Misfit } from '../../define.ts';
import { tooShort } from './durations.ts';
import type { At, Switch } from './thing.ts';

/** What of the settings of one switch does not fit together. */
export const ofSwitch = (each: Switch, at: At): Misfit[] => [
  ...credentials(each, at),
  ...tooShort(at('poll'), each.poll),
  ...tooShort(at('counters'), each.counters),
];

function credentials({ snmp }: Switch, at: At): Misfit[] {
  if (snmp === undefined || !('priv' in snmp) || snmp.priv === undefined || snmp.auth !== undefined)
    return [];
  return [
    {
      path: at('snmp', 'auth'),
      found: 'nothing, but priv',
      allowed: 'auth: SNMPv3 encrypts only what it signs',
    },
  ];
}
