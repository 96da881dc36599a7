import { type ServiceName, serviceNames } from '@huismeester/contracts';
import { BrokerError } from './errors.ts';
import { covers, isFilter } from './topic-filter.ts';

/** Who is at the other end of a connection: one of our services, somebody with a reader's password, or anybody. */
export type Reader =
  | { readonly kind: 'service'; readonly service: ServiceName }
  | { readonly kind: 'reader' }
  | { readonly kind: 'anonymous' };

export interface AccessRule {
  readonly who: Reader;
  /** Topic filters of what it may publish. */
  readonly publish: readonly string[];
  /** Topic filters of what it may read. */
  readonly subscribe: readonly string[];
}

/**
 * The one list of who may what on the broker; the embedded broker's hooks, Mosquitto's files and NATS's accounts follow it. Below
 * `<root>/v1` there is nothing but status, state, graf and evt, since nobody may publish anything else: so all of it may
 * be read. Nothing else on the broker is anybody's.
 */
export function accessRules(root: string): readonly AccessRule[] {
  const subscribe = [`${root}/v1/#`];
  const services = serviceNames.map((service): AccessRule => {
    const own = `${root}/v1/${service}`;
    const publish = [`${own}/status`, `${own}/state/#`, `${own}/graf/#`, `${own}/evt/#`];
    return { who: { kind: 'service', service }, publish, subscribe };
  });
  return [
    ...services,
    { who: { kind: 'reader' }, publish: [], subscribe },
    { who: { kind: 'anonymous' }, publish: [], subscribe },
  ];
}

/** Whether `who` may publish to the topic. A name with a wildcard in it is no topic: nobody may. */
export function mayPublish(root: string, who: Reader, topic: string): boolean {
  if (/[+#]/.test(topic) || !isFilter(topic)) return false;
  return ruleOf(root, who).publish.some((allowed) => covers(allowed, topic));
}

/**
 * Whether `who` may read all that the filter matches; a filter that reaches further than that is refused as a whole.
 * `$SYS` and shared subscriptions (`$share/…`) lie outside of everything allowed.
 */
export function maySubscribe(root: string, who: Reader, filter: string): boolean {
  return isFilter(filter) && ruleOf(root, who).subscribe.some((allowed) => covers(allowed, filter));
}

/** Throws a {@link BrokerError} when a reader's user name is a service's, given twice, or not an id. */
export function checkReaders(usernames: readonly string[]): void {
  for (const [index, username] of usernames.entries()) {
    const reserved: readonly string[] = serviceNames;
    const problem = reserved.includes(username)
      ? 'is the name of a service'
      : usernames.indexOf(username) !== index
        ? 'is there twice'
        : !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(username) && 'is not of a-z, 0-9 and single dashes';
    if (problem) throw new BrokerError('bad-username', `the broker's reader "${username}" ${problem}`);
  }
}

/** By root and who it is about: each message is held to them. */
const rules = new Map<string, ReadonlyMap<string, AccessRule>>();

function rulesOf(root: string): ReadonlyMap<string, AccessRule> {
  let found = rules.get(root);
  if (!found) {
    found = new Map(accessRules(root).map((each) => [nameOf(each.who), each]));
    rules.set(root, found);
  }
  return found;
}

function ruleOf(root: string, who: Reader): AccessRule {
  const rule = rulesOf(root).get(nameOf(who));
  if (!rule) throw new RangeError(`no access rule for ${nameOf(who)}`);
  return rule;
}

function nameOf(who: Reader): string {
  return who.kind === 'service' ? `service ${who.service}` : who.kind;
}
