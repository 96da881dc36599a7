import { type Link, startLink } from '@huismeester/testkit';
import type { Layout, LinkName, ProgramName } from './layout.ts';

export type Links = ReadonlyMap<LinkName, Link>;

/** Where the links lead to. */
export interface Ends {
  readonly postgres: number;
  readonly upsd: number;
  readonly proxmox: number;
  /** The port of the broker for the nth program. */
  readonly broker: (nth: number) => number;
  /** The port at which a program answers. */
  readonly program: (name: ProgramName) => number;
}

/** Puts a link of ours into every connection of a layout. */
export async function startLinks({ links, programs }: Layout, ends: Ends): Promise<Links> {
  const made = links.map(async (name) => [name, await startLink(endOf(name, ends, programs))] as const);
  return new Map(await Promise.all(made));
}

function endOf(name: LinkName, ends: Ends, programs: readonly ProgramName[]): number {
  if (name === 'upsd' || name === 'proxmox') return ends[name];
  const program = programs.find((each) => name.endsWith(` of ${each}`));
  // The witness has a database, and nothing else.
  if (program === undefined || name.startsWith('database')) return ends.postgres;
  return name.startsWith('broker') ? ends.broker(programs.indexOf(program)) : ends.program(program);
}

/** The link of that name; a layout that lacks it has no such connection. */
export function linkTo(links: Links, name: LinkName): Link {
  const link = links.get(name);
  if (!link) throw new Error(`there is no link ${name}`);
  return link;
}

/** Of all links: which are not clear is up to the plan, and in the end none. */
export async function closeLinks(links: Links): Promise<void> {
  await Promise.all([...links.values()].map((link) => link.close()));
}
