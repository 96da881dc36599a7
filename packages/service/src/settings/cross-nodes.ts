import { type Draft, nodeId, type SpaceSettings } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import { oneOf } from '../schema/nearest.ts';

type Hypervisors = Draft<SpaceSettings['hypervisors']>;

/** Whether each node that we are to shut down, or to wake, has a way back. */
export function waysBack(hypervisors: Hypervisors): Mismatch[] {
  return hypervisors.flatMap((hypervisor, index) =>
    Object.entries(hypervisor?.nodes ?? {}).flatMap(([node, settings]) => {
      const at = (key: string) => ['hypervisors', index, 'nodes', node, key];
      const found: Mismatch[] = [];
      // What was wrong was taken out but is still a key: it is no second problem.
      if (settings?.nodeShutdown === 'huismeester' && !('wake' in settings)) {
        const allowed = 'wol, ups-cycle or manual: a node that is shut down needs a way back';
        found.push({ path: at('wake'), found: 'nothing, with nodeShutdown: huismeester', allowed });
      }
      if (settings?.wake === 'wol' && !('mac' in settings)) {
        const allowed = 'the address of the network card that listens for the magic packet, AA:BB:…';
        found.push({ path: at('mac'), found: 'nothing, with wake: wol', allowed });
      }
      return found;
    }),
  );
}

/**
 * Whether each node and each switch that Huismeester itself depends on is one of those configured. A space may do without netwatch: then
 * nobody knows its switches.
 */
export function dependencies({
  self,
  hypervisors = [],
  switches = [],
}: Pick<Draft<SpaceSettings>, 'self' | 'hypervisors' | 'switches'>): Mismatch[] {
  const nodes = hypervisors.flatMap((hypervisor) =>
    Object.keys(hypervisor?.nodes ?? {}).map((node) => `node/${nodeId(hypervisor?.id ?? '', node)}`),
  );
  const ofSettings = switches.flatMap((each) => (each?.id === undefined ? [] : [`switch/${each.id}`]));
  const kinds = [
    { prefix: 'node/', what: 'a node that is under nodes of its hypervisor', known: nodes },
    { prefix: 'switch/', what: 'a switch that is under switches', known: ofSettings },
  ];
  return (self?.dependsOn ?? []).flatMap((dependency, index): Mismatch[] => {
    const kind = kinds.find(({ prefix }) => dependency?.startsWith(prefix));
    if (kind?.prefix === 'switch/' && switches.length === 0) return [];
    if (dependency === undefined || !kind || kind.known.includes(dependency)) return [];
    const path = ['self', 'dependsOn', index];
    return [{ path, found: `"${dependency}"`, allowed: amongThese(kind, dependency) }];
  });
}

function amongThese({ what, known }: { what: string; known: string[] }, wrong: string): string {
  return known.length === 0 ? `${what}; there is none` : `${what}: ${oneOf(known, wrong)}`;
}
