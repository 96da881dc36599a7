import { type HypervisorSettings, milliseconds } from '@huismeester/contracts';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Part, ServiceContext } from '@huismeester/service';
import { failureOf, limitsOf, openHypervisor } from './adapters/proxmox.ts';
import { createInspector, type Inspector } from './inspect.ts';
import type { Limits } from './look.ts';
import { meterCalls } from './metrics.ts';
import type { Hypervisor } from './ports.ts';
import { createWatch, type Watch } from './watch.ts';

/** All that looks after one hypervisor, and how far settings allow us to go with it. */
interface Watched {
  readonly hypervisor: Hypervisor;
  readonly watch: Watch;
  readonly inspector: Inspector;
  readonly limits: Limits;
  readonly nodes: HypervisorSettings['nodes'];
}

/** By the hypervisor's id. */
export type Watches = Map<string, Watched>;

/** Makes a watch and an inspector of each hypervisor; they begin when they are started. */
export function openWatches(
  { database, clock, logger, metrics }: ServiceContext,
  hypervisors: readonly HypervisorSettings[],
  parts: { log: EventLog; tasks: Tasks; watches: Watches; polled: () => Promise<void> },
): void {
  const calls = meterCalls(metrics);
  const { watches, log, tasks, polled } = parts;
  for (const each of hypervisors) {
    const hypervisor = openHypervisor(each, (...call) => calls(each.id, ...call));
    const { prefix, poll, nodes } = each;
    const shared = { failureOf, prefix, database, log, clock, logger };
    const watch = createWatch({ ...shared, hypervisor, tasks, polled, pollMs: milliseconds(poll) });
    const inspector = createInspector({ ...shared, watch });
    watches.set(each.id, { hypervisor, watch, inspector, limits: limitsOf(each), nodes });
  }
}

export function startWatches(watches: Watches): void {
  for (const { watch, inspector } of watches.values()) {
    watch.start();
    inspector.start();
  }
}

export async function closeWatches(watches: Watches): Promise<void> {
  const close = async ({ watch, inspector }: Watched): Promise<void> => {
    await inspector.close();
    await watch.close();
  };
  await Promise.all([...watches.values()].map(close));
}

/** For health. */
export function watchParts(watches: Watches): Part[] {
  return [...watches].map(([id, { watch }]) => ({
    name: `vm-lifecycle: hypervisor ${id}`,
    ...watch.health(),
  }));
}
