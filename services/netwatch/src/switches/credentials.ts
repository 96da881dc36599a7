import type { SwitchSettings } from '@huismeester/contracts';
import type { SnmpCredentials } from '@huismeester/snmp';

/** The credentials of a switch as its settings write them: YAML reads a version as a number. */
export function credentialsOf(snmp: SwitchSettings['snmp']): SnmpCredentials {
  if ('community' in snmp) {
    return { version: snmp.version === '2c' ? '2c' : '1', community: snmp.community };
  }
  const { user, auth, priv } = snmp;
  return { version: '3', user, ...(auth && { auth }), ...(priv && { priv }) };
}
