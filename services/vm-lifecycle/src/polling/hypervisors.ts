import type { HypervisorSettings } from '@huismeester/contracts';
import { milliseconds } from '@huismeester/contracts';
import type { EventLog, Tasks } from '@huismeester/events';
import type { Part, ServiceContext } from '@huismeester/service';
import { failureOf, limitsOf, openHypervisor } from '../adapters/proxmox.ts';
import { idOf, isNode, parseTarget } from '../core/target.ts';
import { meterCalls } from '../metrics.ts';
import { createInspector, type Inspector } from './inspect.ts';
import { createPoller, type Poller } from './poller.ts';

/** All that looks after one hypervisor, and how far settings allow us to go with it. */
export interface Polled {
  readonly poller: Poller;
  readonly inspector: Inspector;
  readonly limits: ReturnType<typeof limitsOf>;
  readonly nodes: HypervisorSettings['nodes'];
}

/** By the hypervisor's id. */
export type Hypervisors = Map<string, Polled>;

/** Makes a poller and an inspector of each hypervisor; they begin when they are started. */
export function openHypervisors(
  { database, clock, logger, metrics }: ServiceContext,
  settings: readonly HypervisorSettings[],
  parts: { log: EventLog; tasks: Tasks; hypervisors: Hypervisors; polled: () => Promise<void> },
): void {
  const calls = meterCalls(metrics);
  const { hypervisors, log, tasks, polled } = parts;
  for (const each of settings) {
    const hypervisor = openHypervisor(each, (...call) => calls(each.id, ...call));
    const { prefix, poll, nodes } = each;
    const shared = { failureOf, prefix, database, log, clock, logger };
    const poller = createPoller({ ...shared, hypervisor, tasks, polled, pollMs: milliseconds(poll) });
    const inspector = createInspector({ ...shared, poller });
    hypervisors.set(each.id, { poller, inspector, limits: limitsOf(each), nodes });
  }
}

export function startPolling(hypervisors: Hypervisors): void {
  for (const { poller, inspector } of hypervisors.values()) {
    poller.start();
    inspector.start();
  }
}

export async function stopPolling(hypervisors: Hypervisors): Promise<void> {
  const close = async ({ poller, inspector }: Polled): Promise<void> => {
    await inspector.close();
    await poller.close();
  };
  await Promise.all([...hypervisors.values()].map(close));
}

/** For health. */
export function hypervisorParts(hypervisors: Hypervisors): Part[] {
  return [...hypervisors].map(([id, { poller }]) => ({
    name: `vm-lifecycle: hypervisor ${id}`,
    ...poller.health(),
  }));
}

/**
 * The hypervisor that a task's target stands on: that of a VM by its prefix, that of a node by what was polled, since ids
 * of nodes do not tell it. Empty while it is not known.
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
