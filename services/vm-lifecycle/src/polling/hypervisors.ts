import { type HypervisorSettings, milliseconds } from '@huismeester/contracts';
import type { Going, Part, Service } from '@huismeester/service';
import type { Managed } from '../acting/context.ts';
import { limitsOf, openHypervisor } from '../adapters/proxmox.ts';
import { idOf, isNode, parseTarget } from '../core/target.ts';
import { meterCalls } from '../metrics.ts';
import type { Parts } from '../parts.ts';
import { createInspector } from './inspect.ts';
import { pollHypervisor } from './poller.ts';

/** By the hypervisor's id. */
export type Hypervisors = ReadonlyMap<string, Managed & Going>;

/** Makes a poller and an inspector of each hypervisor; they begin when they are started. `polled` is called after each poll. */
export function openHypervisors(
  service: Service<'hypervisors'> & Pick<Parts, 'leaseMs'>,
  polled: () => Promise<void>,
): Hypervisors {
  const calls = meterCalls(service.metrics);
  return new Map(
    service.settings.hypervisors.map((settings) => {
      const { id, prefix, poll, nodes } = settings;
      const hypervisor = openHypervisor(settings, (...call) => calls(id, ...call));
      const poller = pollHypervisor({ ...service, hypervisor, prefix, polled, pollMs: milliseconds(poll) });
      const inspector = createInspector({ ...service, poller, prefix });
      const going: Going = {
        start() {
          poller.start();
          inspector.start();
        },
        async close() {
          await Promise.all([poller.close(), inspector.close()]);
          await hypervisor.close();
        },
      };
      return [id, { ...going, poller, limits: limitsOf(settings), nodes }];
    }),
  );
}

/** For health. */
export function hypervisorParts(hypervisors: Hypervisors): Part[] {
  return [...hypervisors].map(([id, { poller }]) => ({
    name: `vm-lifecycle: hypervisor ${id}`,
    ...poller.health(),
  }));
}

/**
 * The hypervisor that a task's target stands on: that of a VM by its prefix, that of a node by what was polled, since it
 * cannot be seen from the id of a node. Empty while it is not known.
 */
export function hypervisorOf(settings: readonly HypervisorSettings[], hypervisors: Hypervisors) {
  return (key: string): string => {
    const target = parseTarget(key);
    if (target === undefined) return '';
    const id = idOf(target);
    if (isNode(target)) return [...hypervisors].find(([, { poller }]) => poller.hasNode(id))?.[0] ?? '';
    const own = settings.find(({ prefix }) => id.startsWith(prefix) && /^\d+$/.test(id.slice(prefix.length)));
    return own?.id ?? '';
  };
}
