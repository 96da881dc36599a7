import { isIP } from 'node:net';
import type { FoundSwitch } from '../ask-switch.ts';

/** What to call a switch: sysName without its domain. An address gives the number of the switch no meaning, so those are counted. */
export function switchName(found: Pick<FoundSwitch, 'name'> | undefined, host: string): string {
  const name = found?.name ?? host;
  return isIP(name) === 0 ? (name.split('.')[0] ?? name) : 'switch';
}
