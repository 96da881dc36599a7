import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { type Link, startLink } from '@huismeester/testkit';
import type { LinkName } from './plan.ts';

export type Links = Readonly<Record<LinkName, Link>>;

/** Where the links lead to. */
export interface Ends {
  readonly postgres: number;
  readonly upsd: number;
  readonly proxmox: number;
  /** The port of the broker for the nth service. */
  readonly broker: (nth: number) => number;
  /** The port at which a service answers. */
  readonly service: (name: ServiceName) => number;
}

/** Puts a link of ours into every connection. */
export async function startLinks(ends: Ends): Promise<Links> {
  const made: [LinkName, number][] = serviceNames.flatMap((name, nth): [LinkName, number][] => [
    [`database of ${name}`, ends.postgres],
    [`broker of ${name}`, ends.broker(nth)],
    [`log of ${name}`, ends.service(name)],
  ]);
  made.push(['database of witness', ends.postgres], ['upsd', ends.upsd], ['proxmox', ends.proxmox]);
  const links = await Promise.all(made.map(async ([name, port]) => [name, await startLink(port)] as const));
  return Object.fromEntries(links) as Record<LinkName, Link>;
}

/** Of all links: which are not clear is up to the plan, and in the end none. */
export async function closeLinks(links: Links): Promise<void> {
  await Promise.all(Object.values(links).map((link) => link.close()));
}
