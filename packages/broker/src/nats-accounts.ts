import type { AccessRule } from './access.ts';
import { type Account, type Accounts, accountsOf, anonymousRules } from './accounts.ts';
import { BrokerError } from './errors.ts';
import { eventSubject, historyStream, subjectsOf } from './nats-subjects.ts';

/** Who may make and who may read the history of public events that JetStream keeps. */
export interface NatsHistory {
  /** As whom Huismeester makes the stream and looks after it: `broker.jetstream.username`. */
  recorder: string;
  /** Who may read it from its beginning, over NATS's own protocol. */
  readers?: readonly string[];
}

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

interface User {
  readonly name: string;
  /** Undefined for nobody in particular. */
  readonly variable: string | undefined;
  readonly connection: 'MQTT' | 'STANDARD';
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/**
 * The access list as NATS has it. The news and its history are accounts of their own: over NATS's own protocol one may
 * have any answer sent to any subject of one's account (a reply, a consumer's deliver subject), which would be a way to
 * publish. Throws a BrokerError on a user's name that cannot be.
 */
export function natsAccounts(wanted: Accounts, history: NatsHistory | undefined): NatsAccounts {
  const news = accountsOf(wanted).map(newsUser);
  const anonymous = anonymousRules(wanted).map((rule): User => {
    return { name: anonymousUser, variable: undefined, connection: 'MQTT', ...permissions([rule]) };
  });
  const keepers = history ? historyUsers(wanted.root, history, news) : [];
  const events = JSON.stringify(eventSubject(wanted.root));
  const exported = history ? [`    exports: [{ stream: ${events}, accounts: [history] }]`] : [];
  const imported = `    imports: [{ stream: { account: news, subject: ${events} } }]`;
  return {
    lines: [
      'accounts {',
      '  news {',
      '    jetstream: enabled',
      ...exported,
      ...usersOf([...news, ...anonymous]),
      '  }',
      ...(history ? ['  history {', '    jetstream: enabled', imported, ...usersOf(keepers), '  }'] : []),
      '}',
    ],
    passwords: [...news, ...keepers].flatMap(({ name: user, variable }) =>
      variable === undefined ? [] : [{ user, variable }],
    ),
  };
}

function newsUser({ name, kind, rules }: Account): User {
  const variable = kind === 'services' ? 'SERVICES' : variableOf(kind, name);
  return { name, variable, connection: 'MQTT', ...permissions(rules) };
}

function permissions(rules: readonly AccessRule[]): Pick<User, 'publish' | 'subscribe'> {
  const publish = new Set(rules.flatMap((rule) => rule.publish.flatMap(subjectsOf)));
  const subscribe = new Set(rules.flatMap((rule) => rule.subscribe.flatMap(subjectsOf)));
  // What a subscription with QoS 1 is delivered through; nobody can subscribe to it over MQTT.
  return { publish: [...publish], subscribe: [...subscribe, '$MQTT.sub.>'] };
}

/** Readers of the history may make consumers of that one stream, and no other thing in JetStream. */
function historyUsers(root: string, { recorder, readers = [] }: NatsHistory, news: readonly User[]): User[] {
  const stream = historyStream(root);
  const taken = new Set([...news.map(({ name }) => name), anonymousUser]);
  for (const name of [recorder, ...readers]) {
    if (taken.has(name) || !/^[\x21-\x7e]+$/.test(name)) {
      const problem = taken.has(name) ? 'is there twice' : 'is not of printable ASCII without spaces';
      throw new BrokerError('bad-username', `the history's user ${JSON.stringify(name)} ${problem}`);
    }
    taken.add(name);
  }
  const look = ['$JS.API.INFO', `$JS.API.STREAM.INFO.${stream}`];
  const read = ['CREATE', 'INFO', 'MSG.NEXT', 'DELETE'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.>`);
  const common = { connection: 'STANDARD', subscribe: ['_INBOX.>'] } as const;
  return [
    {
      ...{ ...common, name: recorder, variable: 'RECORDER' },
      publish: [...look, `$JS.API.STREAM.CREATE.${stream}`],
    },
    ...readers.map((name): User => {
      const publish = [...look, `$JS.API.CONSUMER.CREATE.${stream}`, ...read];
      return { ...common, name, variable: variableOf('history', name), publish };
    }),
  ];
}

function variableOf(kind: string, name: string): string {
  const plain = /^[a-z0-9-]+$/.test(name) ? name : Buffer.from(name).toString('hex');
  return `${kind}_${plain}`.replaceAll('-', '_').toUpperCase();
}

function usersOf(users: readonly User[]): string[] {
  return ['    users: [', ...users.flatMap(linesOf), '    ]'];
}

function linesOf({ name, variable, connection, publish, subscribe }: User): string[] {
  const list = (subjects: readonly string[]) => subjects.map((each) => JSON.stringify(each)).join(', ');
  const password = variable === undefined ? '""' : `$${variable}`;
  // An empty `allow` would mean everything.
  const may = publish.length > 0 ? `{ allow: [${list(publish)}] }` : '{ deny: [">"] }';
  return [
    `      { user: ${JSON.stringify(name)}, password: ${password}, allowed_connection_types: [${connection}],`,
    `        permissions: { publish: ${may},`,
    `          subscribe: { allow: [${list(subscribe)}] } } }`,
  ];
}
