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

/** Whether each node that Huismeester itself depends on is one of those configured. */
export function dependencies(self: Draft<SpaceSettings['self']> | undefined, hypervisors: Hypervisors) {
  const known = hypervisors.flatMap((hypervisor) =>
    Object.keys(hypervisor?.nodes ?? {}).map((node) => `node/${nodeId(hypervisor?.id ?? '', node)}`),
  );
  return (self?.dependsOn ?? []).flatMap((dependency, index): Mismatch[] => {
    if (!dependency?.startsWith('node/') || known.includes(dependency)) return [];
    const path = ['self', 'dependsOn', index];
    return [{ path, found: `"${dependency}"`, allowed: aNode(dependency, known) }];
  });
}

function aNode(wrong: string, known: string[]): string {
  const what = 'a node that is under nodes of its hypervisor';
  return known.length === 0 ? `${what}; there is none` : `${what}: ${oneOf(known, wrong)}`;
}
