import type { DependsOn } from '@huismeester/contracts';
import type { ThingNeed, Vertex } from '../things.ts';
import type { Facts, OutsideSettings } from './view.ts';

/** What things need of each other by settings, and by where Proxmox has them now. */
export function thingNeeds(facts: Facts, settings: OutsideSettings): ThingNeed[] {
  const { hypervisors, switches, probes } = settings;
  return [
    ...hypervisors.flatMap(({ id, nodes, dependsOn }) => [
      ...dependencies(`hypervisor/${id}`, dependsOn),
      ...Object.entries(nodes).flatMap(([node, { poweredBy }]) =>
        powered(`node/${facts.idOf(id, node)}`, poweredBy),
      ),
      ...anyNodeOf(id, facts),
    ]),
    ...switches.flatMap(({ id, ...each }) => both(`switch/${id}`, each)),
    ...probes.flatMap(({ id, ...each }) => both(`probe/${id}`, each)),
    ...facts.vms.map(({ id, hypervisor, node }): ThingNeed => {
      const to = [`node/${facts.idOf(hypervisor, node)}`];
      return { from: `vm/${id}`, kind: 'runs-on', to, source: 'proxmox' };
    }),
  ];
}

function both(
  from: Vertex,
  { poweredBy, dependsOn }: { poweredBy: readonly string[]; dependsOn: DependsOn },
) {
  return [...powered(from, poweredBy), ...dependencies(from, dependsOn)];
}

/** Of several UPSes any one is enough. */
function powered(from: Vertex, ups: readonly string[]): ThingNeed[] {
  if (ups.length === 0) return [];
  return [{ from, kind: 'powered-by', to: ups.map((id) => `ups/${id}`), source: 'settings' }];
}

/** All of them, and of a list in the list any one. What leads to no thing that an item can stand for is left out. */
function dependencies(from: Vertex, dependsOn: DependsOn): ThingNeed[] {
  return dependsOn.flatMap((need): ThingNeed[] => {
    const to = [need].flat().flatMap(vertexOf);
    // One alternative that is no vertex, such as mains, is enough by itself.
    const isWhole = to.length === [need].flat().length;
    return isWhole ? [{ from, kind: 'depends-on', to: [...new Set(to)], source: 'settings' }] : [];
  });
}

/** A port goes with its switch. Mains and our own place in the network are no things of the register. */
function vertexOf(thing: string): Vertex[] {
  const [kind = '', id = ''] = thing.split('/');
  if (kind === 'mains' || kind === 'vantage') return [];
  return [kind === 'port' ? `switch/${id}` : thing];
}

/** A hypervisor goes on while one of its nodes does. */
function anyNodeOf(hypervisor: string, { nodes }: Facts): ThingNeed[] {
  const to = nodes.filter((each) => each.hypervisor === hypervisor).map(({ id }) => `node/${id}`);
  if (to.length === 0) return [];
  return [{ from: `hypervisor/${hypervisor}`, kind: 'runs-on', to: to.toSorted(), source: 'proxmox' }];
}
