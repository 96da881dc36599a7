import type { AccessRule } from '../access.ts';
import { type Accounts, accountsOf, anonymousRules } from '../accounts.ts';

export interface MosquittoAcl {
  /** For everybody, without a name: stands before the first `user` line of the file. */
  readonly anonymous: readonly string[];
  /** Each user's lines. */
  readonly users: readonly string[];
  readonly names: readonly string[];
}

/** The access list as Mosquitto's ACL file has it. Throws a BrokerError on a user's name that cannot be. */
export function mosquittoAcl(wanted: Accounts): MosquittoAcl {
  const accounts = accountsOf(wanted);
  return {
    anonymous: linesOf(anonymousRules(wanted)),
    users: accounts.flatMap((account) => ['', `user ${account.name}`, ...linesOf(account.rules)]),
    names: accounts.map(({ name }) => name),
  };
}

function linesOf(rules: readonly AccessRule[]): string[] {
  const lines = rules.flatMap(({ publish, subscribe }) => [
    ...publish.map((filter) => `topic write ${filter}`),
    ...subscribe.map((filter) => `topic read ${filter}`),
  ]);
  return [...new Set(lines)];
}
