import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ProxmoxSimulator, startSwitchSimulator } from '@huismeester/simulators';
import type { Mains } from './house-types.ts';
import type { Closers } from './power-supply.ts';

/** The network of a house: what stands in its space.yaml. */
export interface HouseNetwork {
  /** `switches` and `probes`, as YAML. */
  readonly yaml: string;
}

/**
 * Starts a switch, the website, which runs on VM 102, and a display at the bar, which hangs on bare mains: each ends its connections
 * while what it runs on is off.
 */
export async function startNetwork(
  { mains, proxmox }: { mains: Mains; proxmox: ProxmoxSimulator },
  closers: Closers,
): Promise<HouseNetwork> {
  const switched = await startSwitchSimulator({
    credentials: { communities: ['house'] },
    ports: [{ name: 'gi1/0/1' }, { name: 'gi1/0/24' }],
  });
  closers.push(switched.close);
  const website = await startPage(() => proxmox.guest(102).status === 'running', closers);
  const display = await startPage(() => mains.on, closers);
  return {
    yaml: `switches:
  - { id: sw1, host: 127.0.0.1, port: ${switched.port}, snmp: { version: 2c, community: house }, poll: 500ms, counters: 1s, ports: { gi1/0/24: { role: uplink } } }
probes:
  - { id: website, kind: http, role: website, core: true, url: "${website}", every: 300ms, dependsOn: [vm/102] }
  - { id: display, kind: http, core: true, url: "${display}", every: 300ms, dependsOn: [mains/rack, port/sw1/gi1-0-1] }
`,
  };
}

async function startPage(isOn: () => boolean, closers: Closers): Promise<string> {
  const server = createServer((request, reply) => {
    if (isOn()) reply.end('hello');
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
