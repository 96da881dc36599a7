import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '@huismeester/clock';
import {
  type AskService,
  createLogger,
  parseSettings,
  type Role,
  type RunningProcess,
  type RunningService,
  runServices,
  type ServiceContext,
  Unanswered,
} from '@huismeester/service';
import { type TestSite, tempSite } from '@huismeester/testkit';
import { create } from '../src/index.ts';

/** Somebody who has logged in. */
export interface Somebody {
  readonly person: string;
  readonly secret: string;
}

export interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly location: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

export interface Question {
  readonly method?: string;
  readonly json?: unknown;
  /** A body that is no JSON; its type is among the headers. */
  readonly bytes?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A space with inventory alone in its process. */
export interface Site {
  readonly running: RunningProcess;
  readonly database: ServiceContext['database'];
  readonly log: RunningService['log'];
  /** Somebody of the directory with these roles, who logs in. */
  somebody(...roles: Role[]): Promise<Somebody>;
  /** They are somebody else from now on; nobody, without roles. */
  become(who: Somebody, ...roles: Role[]): Promise<void>;
  ask(who: Somebody, path: string, question?: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** `more` of space.yaml; `people`: who has which login name, as membership says it; `clock`: of inventory alone. */
export async function startSite(
  more: string,
  people: ReadonlyMap<string, () => string> = new Map(),
  clock: ServiceContext['clock'] = systemClock,
): Promise<Site> {
  const site: TestSite = await tempSite('inventory');
  const text = `
site: { id: test, name: Test }
http: { port: 0, socket: ${join(site.path, 'h.sock')} }
broker: { embedded: { port: 0 } }
database: { url: "${site.url}" }
${more}`;
  const settings = parseSettings(text, { file: join(site.path, 'space.yaml'), env: {}, readFile: () => '' });
  let found: ServiceContext | undefined;
  let service: ReturnType<typeof create> | undefined;
  const inventory = (context: ServiceContext) => {
    found = context;
    service = create({ ...context, clock, ask: asMembership(people) });
    return service;
  };
  const logger = createLogger({ level: 'silent' });
  const running = await runServices(settings, { inventory }, { version: '1', logger });
  if (!found || !service) throw new Error('inventory was not created');
  const { log } = await service;
  const { database, access } = found;
  const save = (person: string, roles: Role[]) =>
    database.transaction(async (tx) => {
      await access.people.readWhole(tx, new Date());
      await access.people.save(tx, [{ id: person, uidHash: person, roles }]);
    });
  return {
    running,
    database,
    log,
    async somebody(...roles) {
      const person = randomUUID();
      await save(person, roles);
      const { secret } = await database.transaction((tx) => access.sessions.create(tx, person));
      return { person, secret };
    },
    become: ({ person }, ...roles) =>
      roles.length > 0
        ? save(person, roles)
        : database.transaction((tx) => access.people.remove(tx, [person])),
    ask: (who, path, question) => ask(running, who, path, question),
    async close() {
      await running.close();
      await site.remove();
    },
  };
}

/** What membership would answer. */
function asMembership(people: ReadonlyMap<string, () => string>): AskService {
  return (async (service: string, question: string, { login }: { login?: string }) => {
    if (service !== 'membership' || question !== 'named') throw new Unanswered('nobody is asked that here');
    const person = people.get(login ?? '')?.();
    return person === undefined ? { state: 'nobody' } : { state: 'known', person, enabled: true };
  }) as AskService;
}

async function ask(
  { url }: RunningProcess,
  { secret }: Somebody,
  path: string,
  { method = 'GET', json, bytes, headers = {} }: Question = {},
): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      authorization: `Bearer ${secret}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(bytes !== undefined && { body: bytes }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get('etag') ?? '',
    location: answer.headers.get('location'),
    body: isJson(answer) ? JSON.parse(text) : text,
  };
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.includes('json') ?? false;
}
