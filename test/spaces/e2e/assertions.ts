import { type ServiceName, states } from '@huismeester/contracts';
import type { ProxmoxRequestRecord } from '@huismeester/simulators';
import { createFramer } from '@huismeester/testkit';
import { hidden } from './guests.ts';
import type { House } from './house-types.ts';
import type { Heard } from './listener.ts';

/** An event as the log API gives it. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly position: number;
  readonly correlationid: string;
  readonly actor?: string;
  readonly data: Record<string, unknown>;
}

/** Every event of a service's log, oldest first. */
export async function logOf(house: House, service: ServiceName): Promise<LoggedEvent[]> {
  const page = await house.get<{ events: LoggedEvent[]; head: number }>(
    `/api/v1/${service}/events?after=0&limit=1000`,
  );
  if (page.events.length < page.head)
    throw new Error(`${service} has more than one page of events: read them all`);
  return page.events;
}

/** The power requests that reached Proxmox: guest, what was asked. */
export function powerRequests(requests: readonly ProxmoxRequestRecord[]): { vmid: number; act: string }[] {
  return requests.flatMap(({ method, path }) => {
    const match = /\/(?:qemu|lxc)\/(\d+)\/status\/([a-z]+)/.exec(path);
    return method === 'POST' && match ? [{ vmid: Number(match[1]), act: match[2] ?? '' }] : [];
  });
}

/** Where one of the guests that must not be spoken of is named after all. */
export function leaks(texts: Iterable<{ where: string; text: string }>): string[] {
  const words = Object.values(hidden).flatMap(({ vmid, name }) => [String(vmid), name]);
  return [...texts].flatMap(({ where, text }) =>
    words.filter((word) => text.includes(word)).map((word) => `${where}: ${word}`),
  );
}

/** What Grafana's MQTT datasource would break on among the states and pivots that were heard. */
export function framerProblems(heard: readonly Heard[]): string[] {
  const framer = createFramer();
  return heard
    .filter(({ topic, text }) => /\/v1\/[a-z-]+\/(state|graf)\//.test(topic) && text !== '')
    .flatMap(({ topic, text }) =>
      framer.feed(topic, text).map((problem) => `${topic}: ${JSON.stringify(problem)}`),
    );
}

/** The kinds of state topics that contracts name and nobody heard. */
export function missingStates(heard: readonly Heard[], root: string): string[] {
  const kinds = Object.entries(states).flatMap(([service, kind]) =>
    // A port stands below its switch.
    Object.keys(kind).map((name) => `${root}/v1/${service}/state/${name === 'port' ? 'switch' : name}/`),
  );
  return kinds.filter((prefix) => !heard.some(({ topic }) => topic.startsWith(prefix)));
}
