import type { SpaceSettings } from '@huismeester/contracts';
import type { Finding } from './finding.ts';

/** Whether a power cut can have any effect: VMs are shut down only on nodes of which settings say which UPS feeds them. */
export function checkFeeds({ ups, hypervisors }: Pick<SpaceSettings, 'ups' | 'hypervisors'>): Finding[] {
  const nodesOf = (hypervisor: (typeof hypervisors)[number]) => Object.entries(hypervisor.nodes);
  const fed = new Set(hypervisors.flatMap((each) => nodesOf(each).flatMap(([, { poweredBy }]) => poweredBy)));
  return [
    ...hypervisors.map((hypervisor): Finding => {
      const what = `hypervisor ${hypervisor.id}: a UPS feeds a node`;
      if (nodesOf(hypervisor).some(([, { poweredBy }]) => poweredBy.length > 0)) return { what };
      return {
        what,
        problem: 'no node names a UPS (poweredBy), so a power cut shuts no VM of it down',
        remedy: `in space.yaml, for each node of ${hypervisor.id} on a UPS: nodes: { NAME: { poweredBy: [${ups[0]?.id ?? 'UPS'}] } }`,
      };
    }),
    ...ups.map(({ id }): Finding => {
      const what = `ups ${id}: feeds a node`;
      if (fed.has(id) || hypervisors.length === 0) return { what };
      return { what, problem: 'no node names it (poweredBy), so nothing follows when its mains fails' };
    }),
  ];
}
