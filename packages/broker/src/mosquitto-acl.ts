import { serviceNames } from '@huismeester/contracts';
import { type AccessRule, accessRules, checkReaders } from './access.ts';
import { BrokerError } from './errors.ts';

/** Who is to be let in, beside our services. */
export interface Accounts {
  root: string;
  /** User names of those who may only read. */
  readers?: readonly string[];
  anonymousRead?: boolean;
  /** The one user as whom all services of a process log in; left out, or a service's name: each service as itself. */
  user?: string;
}

export interface MosquittoAcl {
  /** For everybody, without a name: stands before the first `user` line of the file. */
  readonly anonymous: readonly string[];
  /** Each user's lines. */
  readonly users: readonly string[];
  readonly names: readonly string[];
}

/** The access list as Mosquitto's ACL file has it. Throws a BrokerError on a user's name that cannot be. */
export function mosquittoAcl({ root, readers = [], anonymousRead = false, user }: Accounts): MosquittoAcl {
  checkReaders(readers);
  const rules = accessRules(root);
  const of = (kind: AccessRule['who']['kind']) => rules.filter(({ who }) => who.kind === kind);
  const one = oneForAll(user, readers);
  const each = rules.flatMap((rule) =>
    rule.who.kind === 'service' ? [{ name: rule.who.service, rules: [rule] }] : [],
  );
  const accounts: { name: string; rules: readonly AccessRule[] }[] = [
    ...(one === undefined ? each : [{ name: one, rules: of('service') }]),
    ...readers.map((name) => ({ name, rules: of('reader') })),
  ];
  return {
    anonymous: anonymousRead ? linesOf(of('anonymous')) : [],
    users: accounts.flatMap((account) => ['', `user ${account.name}`, ...linesOf(account.rules)]),
    names: accounts.map(({ name }) => name),
  };
}

function oneForAll(user: string | undefined, readers: readonly string[]): string | undefined {
  const names: readonly string[] = serviceNames;
  if (user === undefined || names.includes(user)) return undefined;
  // A line break would add lines of its own; Mosquitto trims spaces away.
  if (!/^[\x21-\x7e]+$/.test(user) || user.includes(':')) {
    throw new BrokerError(
      'bad-username',
      `the broker's user ${JSON.stringify(user)} is not of printable ASCII without spaces and colons`,
    );
  }
  if (readers.includes(user)) {
    throw new BrokerError('bad-username', `the broker's user "${user}" is a reader too: it could publish`);
  }
  return user;
}

function linesOf(rules: readonly AccessRule[]): string[] {
  const lines = rules.flatMap(({ publish, subscribe }) => [
    ...publish.map((filter) => `topic write ${filter}`),
    ...subscribe.map((filter) => `topic read ${filter}`),
  ]);
  return [...new Set(lines)];
}
