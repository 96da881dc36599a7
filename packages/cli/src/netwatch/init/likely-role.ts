import type { PortRole } from '@huismeester/contracts';
import type { FoundPort } from '../ask-switch.ts';

const words: readonly (readonly [PortRole, RegExp])[] = [
  ['uplink', /\b(uplink|wan|isp|internet|router|gateway|fibre|fiber|glasvezel)\b/i],
  ['hypervisor', /\b(pve|proxmox|hypervisor|esxi?|vmhost)[\w-]*/i],
  ['access-point', /\b(aps?|ap-?\d+|wifi|wi-fi|wlan|unifi|access[ -]?points?)\b/i],
  ['core', /\b(core|switch|trunk|backbone|nas|server)\b/i],
];

/** The role that what people wrote at a port points to; a person chooses. */
export function likelyRole({ alias = '' }: Pick<FoundPort, 'alias'>): PortRole | undefined {
  return words.find(([, pattern]) => pattern.test(alias))?.[0];
}
