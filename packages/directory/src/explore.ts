import type { GroupName, LdapSettings } from '@huismeester/contracts';

/** How to reach a directory of which nothing else is known yet. */
export type ExploreOptions = Pick<LdapSettings, 'startTls'> &
  Partial<Pick<LdapSettings, 'ca' | 'bindDn' | 'bindPassword' | 'base'>> & { readonly url: string };

/** What a look at a directory found: proposals for its settings. */
export interface Explored {
  /** Below it are people. */
  readonly base: string;
  readonly filter: string;
  readonly attributes: Partial<LdapSettings['attributes']>;
  readonly people: number;
  /** Every group below the naming context that could be read. */
  readonly groups: readonly { readonly dn: string; readonly name: string; readonly members: number }[];
  /** What some of them are for, by their names. */
  readonly proposed: Readonly<Partial<Record<GroupName, string>>>;
  /** What could not be read, and what to do about it. */
  readonly problems: readonly string[];
}

/** Looks at a directory and proposes its settings. Throws a DirectoryError. */
export async function exploreLdap(options: ExploreOptions, signal: AbortSignal): Promise<Explored> {
  signal.throwIfAborted();
  throw new Error(`not built yet: ${options.url}`);
}
