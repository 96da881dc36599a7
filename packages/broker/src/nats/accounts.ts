import type { AccessRule } from '../access.ts';
import { type Account, type Accounts, accountsOf, anonymousRules } from '../accounts.ts';
import { historyUsers, type NatsHistory, replayRequests } from './history-users.ts';
import { eventSubject, subjectsOf } from './subjects.ts';
import { linesOf, type User } from './user.ts';

export interface NatsPassword {
  readonly user: string;
  /** The variable of `passwords.conf` that holds it, in plain or as bcrypt. */
  readonly variable: string;
}

export interface NatsAccounts {
  /** The lines of the block `accounts`. */
  readonly lines: readonly string[];
  readonly passwords: readonly NatsPassword[];
}

/** The user of clients without a name. No reader can have this name: it is no id. */
export const anonymousUser = '_anonymous_';

/**
 * The access list as NATS has it. The news, its history and those who read that are accounts of their own: over NATS's own
 * protocol one may have any answer sent to any subject of one's account (a reply, what a consumer delivers), which would
 * be a way to publish. Throws a BrokerError on a user's name that cannot be.
 */
export function natsAccounts(wanted: Accounts, history: NatsHistory | undefined): NatsAccounts {
  const news = accountsOf(wanted).map(newsUser);
  const anonymous = anonymousRules(wanted).map((rule): User => {
    return { name: anonymousUser, connection: 'MQTT', ...permissions([rule]) };
  });
  const taken = [...news.map(({ name }) => name), anonymousUser];
  const { recorder, readers } = historyUsers(wanted.root, history, taken);
  const events = JSON.stringify(eventSubject(wanted.root));
  return {
    lines: [
      'accounts {',
      ...block('news', recorder.length > 0 ? [`exports: [{ stream: ${events}, accounts: [history] }]`] : [], [
        ...news,
        ...anonymous,
      ]),
      ...block(
        'history',
        [`imports: [{ stream: { account: news, subject: ${events} } }]`, lent(wanted.root, readers)],
        recorder,
      ),
      ...block('replay', [borrowed(wanted.root)], readers),
      '}',
    ],
    passwords: [...news, ...recorder, ...readers].flatMap(({ name: user, variable }) =>
      variable === undefined ? [] : [{ user, variable }],
    ),
  };
}

/** An account with its users; none without users. */
function block(name: string, lines: readonly string[], users: readonly User[]): string[] {
  if (users.length === 0) return [];
  // JetStream keeps what MQTT must not lose, and the history.
  const jetstream = name === 'replay' ? [] : ['jetstream: enabled'];
  const own = [...jetstream, ...lines.filter((line) => line !== ''), 'users: ['];
  return [`  ${name} {`, ...own.map((line) => `    ${line}`), ...users.flatMap(linesOf), '    ]', '  }'];
}

/** The requests to JetStream that readers of the history may make from their account. */
function lent(root: string, readers: readonly User[]): string {
  if (readers.length === 0) return '';
  const services = replayRequests(root).map(({ subject, answers }) => {
    return `{ service: ${JSON.stringify(subject)}, response: ${answers}, accounts: [replay] }`;
  });
  return `exports: [${services.join(', ')}]`;
}

function borrowed(root: string): string {
  const services = replayRequests(root).map(({ subject }) => {
    return `{ service: { account: history, subject: ${JSON.stringify(subject)} } }`;
  });
  return `imports: [${services.join(', ')}]`;
}

function newsUser({ name, kind, rules }: Account): User {
  const variable = kind === 'services' ? 'SERVICES' : `${kind}_${name}`.replaceAll('-', '_').toUpperCase();
  return { name, variable, connection: 'MQTT', ...permissions(rules) };
}

function permissions(rules: readonly AccessRule[]): Pick<User, 'publish' | 'subscribe'> {
  const publish = new Set(rules.flatMap((rule) => rule.publish.flatMap(subjectsOf)));
  const subscribe = new Set(rules.flatMap((rule) => rule.subscribe.flatMap(subjectsOf)));
  // What a subscription with QoS 1 is delivered through; nobody can subscribe to it over MQTT.
  return { publish: [...publish], subscribe: [...subscribe, '$MQTT.sub.>'] };
}
