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

/** A user of an external broker, and what it may. */
export interface Account {
  readonly name: string;
  /** What the user is: one of our services, all of them in one process, or a reader. */
  readonly kind: 'service' | 'services' | 'reader';
  readonly rules: readonly AccessRule[];
}

/** The users that an external broker is to know. Throws a BrokerError on a user's name that cannot be. */
export function accountsOf({ root, readers = [], user }: Accounts): readonly Account[] {
  checkReaders(readers);
  const rules = accessRules(root);
  const of = (kind: AccessRule['who']['kind']) => rules.filter(({ who }) => who.kind === kind);
  const one = oneForAll(user, readers);
  const services: Account[] =
    one === undefined
      ? rules.flatMap((rule) =>
          rule.who.kind === 'service'
            ? [{ name: rule.who.service, kind: 'service' as const, rules: [rule] }]
            : [],
        )
      : [{ name: one, kind: 'services', rules: of('service') }];
  return [...services, ...readers.map((name) => ({ name, kind: 'reader' as const, rules: of('reader') }))];
}

/** What everybody may without a name; nothing if they may not come in at all. */
export function anonymousRules({ root, anonymousRead = false }: Accounts): readonly AccessRule[] {
  return anonymousRead ? accessRules(root).filter(({ who }) => who.kind === 'anonymous') : [];
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
