import type { SpaceSettings, UpsSettings } from '@huismeester/contracts';
import { comparable, isLoopback } from './address.ts';
import type { Finding } from './finding.ts';

/** What upsd reported of one UPS. */
export interface Logins {
  readonly upsd: UpsSettings['upsd'];
  /** The addresses of those who are logged in at it (LIST CLIENT, RFC 9271): who draws power from it. */
  readonly clients: readonly string[];
  /** The addresses of upsd's own machine, from which an upsmon may log in as localhost. */
  readonly machine: readonly string[];
}

/** A node that is left to its upsmon. */
export interface LeftToUpsmon {
  readonly hypervisor: string;
  readonly node: string;
  readonly poweredBy: readonly string[];
}

/** The nodes that somebody feeds and that upsmon is to shut down. */
export function leftToUpsmon({ hypervisors }: Pick<SpaceSettings, 'hypervisors'>): LeftToUpsmon[] {
  return hypervisors.flatMap(({ id, nodes }) =>
    Object.entries(nodes)
      .filter(([, { nodeShutdown }]) => nodeShutdown === 'upsmon')
      .map(([node, { poweredBy }]) => ({ hypervisor: id, node, poweredBy })),
  );
}

/**
 * Whether the node is logged in at each UPS that feeds it. A UPS whose upsd did not answer is left out: that is a
 * finding of its own.
 */
export function upsmonFindings(
  { hypervisor, node, poweredBy }: LeftToUpsmon,
  addresses: readonly string[],
  logins: ReadonlyMap<string, Logins>,
): Finding[] {
  return poweredBy.flatMap((ups): Finding[] => {
    const at = logins.get(ups);
    if (at === undefined) return [];
    const what = `hypervisor ${hypervisor}: upsmon of node ${node} is logged in at ups ${ups}`;
    if (addresses.length === 0) {
      const problem = 'the address of the node is not known: it is in neither the settings nor Proxmox';
      return [{ what, problem, remedy: `write it in space.yaml: nodes.${node}.address` }];
    }
    if (isLoggedIn(addresses, at)) return [{ what }];
    const found = at.clients.join(', ') || 'nobody';
    const problem = `${addresses.join(', ')} is not, so nothing shuts the node down before the battery is empty; logged in there: ${found}`;
    return [{ what, problem, remedy: remedyFor(node, addresses, at) }];
  });
}

/** Whether one who has one of these addresses is logged in. */
export function isLoggedIn(addresses: readonly string[], { clients, machine }: Omit<Logins, 'upsd'>) {
  const onMachine = sharesOne(addresses, machine);
  return clients.some(
    (client) => sharesOne([client], addresses) || (onMachine && isLoopback(comparable(client))),
  );
}

function remedyFor(node: string, addresses: readonly string[], { upsd, machine }: Logins): string {
  const onMachine = sharesOne(addresses, machine);
  const host = !onMachine && machine.some(isLoopback) ? 'ADDRESS-OF-UPSD' : upsd.host;
  const line = `MONITOR ${upsd.name}@${host}:${upsd.port} 1 USER PASSWORD ${onMachine ? 'primary' : 'secondary'}`;
  return `on ${node}, in /etc/nut/upsmon.conf: ${line} (a user of upsd.users), then: systemctl restart nut-monitor. If it comes from another address, write that in space.yaml: nodes.${node}.address`;
}

function sharesOne(some: readonly string[], others: readonly string[]): boolean {
  const known = others.map(comparable);
  return some.some((each) => known.includes(comparable(each)));
}
