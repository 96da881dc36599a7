import {
  type DependsOn,
  type HypervisorSettings,
  type ProbeSettings,
  type SwitchSettings,
  switchOfPort,
} from '@huismeester/contracts';
import { type Graph, graphOf, type Needs } from './graph.ts';
import { type Feeds, type OutsideWorld, poweredBy } from './outside-world.ts';

export interface NetworkSettings {
  readonly probes: readonly ProbeSettings[];
  readonly switches: readonly SwitchSettings[];
  readonly hypervisors: readonly Pick<HypervisorSettings, 'id' | 'dependsOn'>[];
}

/** A port and the ports that it is made of (ifStackTable): of a link aggregation any one is enough. */
export interface StackedPort {
  readonly id: string;
  readonly lower: readonly string[];
}

/** What depends on what: by settings, by which switch a port is of, and by where other services saw VMs and nodes. */
export function networkGraph(
  { probes, switches, hypervisors }: NetworkSettings,
  outside: Pick<OutsideWorld, 'needs'>,
  ports: ReadonlyMap<string, readonly StackedPort[]>,
): Graph {
  const needs = new Map<string, Needs>(outside.needs);
  for (const { id, dependsOn } of hypervisors) {
    const subject = `hypervisor/${id}`;
    needs.set(subject, [...(outside.needs.get(subject) ?? []), ...needsOf({ dependsOn })]);
  }
  for (const probe of probes) needs.set(`probe/${probe.id}`, needsOf(probe));
  for (const each of switches) {
    const subject = `switch/${each.id}`;
    needs.set(subject, needsOf(each));
    for (const { id, lower } of ports.get(each.id) ?? []) {
      const stack = lower.length === 0 ? [] : [lower.map((port) => `port/${each.id}/${port}`)];
      needs.set(`port/${each.id}/${id}`, [[subject], ...stack]);
    }
  }
  // Ports that settings name need their switch also before it has listed them: it may be away since before the start.
  for (const parent of [...needs.values()].flat(2)) {
    const owner = switchOfPort(parent);
    if (owner !== undefined && !needs.has(parent)) needs.set(parent, [[owner]]);
  }
  const passages = probes.filter((probe) => isPassage(probe)).map(({ id }) => `probe/${id}`);
  return graphOf(needs, new Set(passages));
}

/** What is looked through, though it is a probe: behind it a service may well work. */
export function isPassage({ role }: Pick<ProbeSettings, 'role'>): boolean {
  return role === 'uplink' || role === 'gateway';
}

function needsOf({
  dependsOn,
  poweredBy: feeds = [],
}: {
  dependsOn: DependsOn;
  poweredBy?: readonly string[];
}): Needs {
  return [...dependsOn.map((need) => (typeof need === 'string' ? [need] : need)), ...poweredBy(feeds)];
}

/** The feeds of all nodes, by hypervisor and node name. */
export function feedsOf(hypervisors: readonly Pick<HypervisorSettings, 'id' | 'nodes'>[]): Feeds {
  return new Map(
    hypervisors.map(({ id, nodes }) => [
      id,
      new Map(Object.entries(nodes).map(([name, { poweredBy: feeds }]) => [name, feeds])),
    ]),
  );
}
