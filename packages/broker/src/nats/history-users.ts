import { BrokerError } from '../errors.ts';
import { historyStream } from './subjects.ts';
import type { User } from './user.ts';

/** Who may make and who may read the history of public events that JetStream keeps. */
export interface NatsHistory {
  /** As whom Huismeester makes the stream and looks after it: `broker.jetstream.username`. */
  recorder: string;
  /** Who may read it from its beginning, over NATS's own protocol. */
  readers?: readonly string[];
}

/** A request to JetStream, and whether one message answers it or several do. */
interface Request {
  readonly subject: string;
  readonly answers: 'Singleton' | 'Stream';
}

/** What a reader of the history may ask of JetStream: about that one stream, and consumers of it. */
export function replayRequests(root: string): readonly Request[] {
  const stream = historyStream(root);
  const one = (subject: string): Request => ({ subject: `$JS.API.${subject}`, answers: 'Singleton' });
  return [
    one('INFO'),
    one(`STREAM.INFO.${stream}`),
    one(`CONSUMER.CREATE.${stream}`),
    one(`CONSUMER.CREATE.${stream}.>`),
    one(`CONSUMER.INFO.${stream}.>`),
    { subject: `$JS.API.CONSUMER.MSG.NEXT.${stream}.>`, answers: 'Stream' },
  ];
}

/** The users of the history: none without one. `taken` are the names that others have. */
export function historyUsers(
  root: string,
  history: NatsHistory | undefined,
  taken: readonly string[],
): { recorder: readonly User[]; readers: readonly User[] } {
  if (!history) return { recorder: [], readers: [] };
  const { recorder, readers = [] } = history;
  checkNames([recorder, ...readers], taken);
  const stream = historyStream(root);
  const common = { connection: 'STANDARD', subscribe: ['_INBOX.>'] } as const;
  const make = [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`];
  const ask = replayRequests(root).map(({ subject }) => subject);
  return {
    recorder: [{ ...common, name: recorder, variable: 'RECORDER', publish: make }],
    readers: readers.map((name) => ({ ...common, name, variable: variableOf(name), publish: ask })),
  };
}

function checkNames(names: readonly string[], taken: readonly string[]): void {
  for (const [index, name] of names.entries()) {
    const isTwice = taken.includes(name) || names.indexOf(name) !== index;
    if (!isTwice && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) continue;
    const problem = isTwice ? 'is there twice' : 'is not of a-z, 0-9 and single dashes';
    throw new BrokerError('bad-username', `the history's user ${JSON.stringify(name)} ${problem}`);
  }
}

function variableOf(name: string): string {
  return `REPLAY_${name}`.replaceAll('-', '_').toUpperCase();
}
