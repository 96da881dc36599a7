import type { AccountId } from '@huismeester/contracts';

/** What an account is called, and what takes its rights away. */
export interface Named {
  readonly name: string;
  readonly commands: readonly string[];
}

/** Names of accounts, in memory alone, from the last look at each source since the start: uids are in them (PRIV-1). */
export interface Names {
  /** Of all accounts of a source, by a complete look; those that it missed keep their name while they are kept, all others are forgotten. */
  take(source: string, named: ReadonlyMap<AccountId, Named>, missed: readonly AccountId[]): void;
  /** What somebody named, who registers it. */
  add(source: string, id: AccountId, name: string): void;
  readonly of: (id: AccountId) => Named | undefined;
}

export function createNames(): Names {
  const bySource = new Map<string, Map<AccountId, Named>>();
  return {
    take(source, named, missed) {
      const before = bySource.get(source);
      const still = missed.flatMap((id) => {
        const known = before?.get(id);
        return known === undefined ? [] : [[id, known] as const];
      });
      bySource.set(source, new Map([...still, ...named]));
    },
    add(source, id, name) {
      const known = bySource.get(source) ?? new Map<AccountId, Named>();
      if (!known.has(id)) bySource.set(source, known.set(id, { name, commands: [] }));
    },
    of: (id) => [...bySource.values()].find((named) => named.has(id))?.get(id),
  };
}

/** The id of an account: a keyed digest of its name, so that it is in no table, log or URL. Undefined where settings have no `secrets.key`. */
export function accountIdOf(
  uidHash: (text: string) => string | undefined,
  source: string,
  name: string,
): AccountId | undefined {
  const digest = uidHash(`${source}/${name}`);
  return digest === undefined ? undefined : `${source}-${digest.slice(0, 12)}`;
}
