import type { ProxmoxSimulator } from '@huismeester/simulators';
import type { Upsd } from '@huismeester/testkit';
import { operateToken } from './guests.ts';

/** The space.yaml of a house; `http`, and where there are, `services`, are YAML flow text, as all but the simulated parts. */
export function houseSettings(parts: {
  http: string;
  services: string;
  broker: string;
  database: string;
  upsd: Upsd;
  proxmox: ProxmoxSimulator;
  power: string;
  /** Switches and probes, as YAML; empty where there are none. */
  network: string;
}): string {
  return `site: { id: house, name: Test house, language: en }
http: ${parts.http}
broker: ${parts.broker}
database: ${parts.database}
ups:
  - { id: rack, upsd: { host: ${parts.upsd.host}, port: ${parts.upsd.port}, name: rack }, poll: { variables: 500ms } }
hypervisors:
  - id: pve
    url: ${parts.proxmox.url}
    fingerprints: ["${parts.proxmox.fingerprint}"]
    tokens: { operate: { id: ${operateToken.id}, secret: ${operateToken.secret} } }
    pools: { core: core, space-wide: spacewide, participant: deelnemers }
    nodes: { pve1: { poweredBy: [rack], ownShutdown: 0s }, pve2: { poweredBy: [rack], ownShutdown: 0s } }
    poll: 500ms
policy: { power: ${parts.power} }
services: ${parts.services}
${parts.network}`;
}
