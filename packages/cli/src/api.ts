import { Problem, page } from '@huismeester/contracts';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Client } from 'undici';
import { CannotReach, Refused, UnexpectedAnswer } from './errors.ts';
import { placeOf, type Target } from './target.ts';

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The REST API of one Huismeester; paths start at its root, such as `/api/v1/vms`. */
export interface Api {
  /** Where it is, for messages. */
  readonly place: string;
  /**
   * Throws {@link CannotReach}, {@link Refused}, or {@link UnexpectedAnswer}. `alsoFine` names statuses besides 2xx
   * whose answer is of the same schema.
   */
  get<S extends TSchema>(path: string, schema: S, options?: GetOptions): Promise<Static<S>>;
  /** The same, with the ETag that it came with, for `ifMatch` of a change. */
  read<S extends TSchema>(path: string, schema: S): Promise<{ value: Static<S>; etag: string | undefined }>;
  /** All of a list, page by page, up to `most` items. */
  list<S extends TSchema>(path: string, item: S, query?: Query, most?: number): Promise<Static<S>[]>;
  /** With `ifMatch` only what still has that ETag is changed: else it is {@link Refused} with 412. */
  send<S extends TSchema>(
    method: Exclude<Method, 'GET'>,
    path: string,
    body: object,
    schema: S,
    ifMatch?: string,
  ): Promise<Static<S>>;
  /** Makes something; the same key again makes nothing more (`Idempotency-Key`), so what broke off may be asked again. */
  create<S extends TSchema>(path: string, body: object, schema: S, key: string): Promise<Static<S>>;
  delete(path: string): Promise<void>;
  /** What is no JSON, such as CSV, as it came. */
  text(path: string, query?: Query): Promise<string>;
  /** Sends such a text. */
  sendText<S extends TSchema>(path: string, text: TextBody, schema: S, query?: Query): Promise<Static<S>>;
  close(): Promise<void>;
}

export interface GetOptions {
  readonly query?: Query;
  readonly alsoFine?: readonly number[];
}

/** A text that is no JSON, or its bytes as a file has them. */
export interface TextBody {
  readonly type: string;
  readonly bytes: string | Uint8Array;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Request {
  readonly method: Method;
  readonly path: string;
  readonly query?: Query | undefined;
  readonly body?: object;
  readonly text?: TextBody;
  readonly alsoFine?: readonly number[] | undefined;
  readonly ifMatch?: string | undefined;
  readonly key?: string;
  readonly accept?: string;
}

const timeouts = { connectTimeout: 5_000, headersTimeout: 15_000, bodyTimeout: 15_000 };
const largestPage = 1000;

/** Makes a client; it connects at the first request. */
export function openApi(target: Target): Api {
  const client = clientOf(target);
  const answered = async (request: Request): Promise<Exchanged> => {
    const answer = await exchange(client, target, request);
    const { status } = answer;
    const fine = (status >= 200 && status < 300) || request.alsoFine?.includes(status);
    if (!fine) throw refusal(answer, request.path);
    return answer;
  };
  const asked = async <S extends TSchema>(request: Request, schema: S) => {
    const { text, etag } = await answered(request);
    return { value: checked(schema, parsed(text), request.path), etag };
  };
  const ask = async <S extends TSchema>(request: Request, schema: S): Promise<Static<S>> =>
    (await asked(request, schema)).value;
  return {
    place: placeOf(target),
    get: (path, schema, { query, alsoFine } = {}) => ask({ method: 'GET', path, query, alsoFine }, schema),
    read: (path, schema) => asked({ method: 'GET', path }, schema),
    async list(path, item, query = {}, most = Number.POSITIVE_INFINITY) {
      const items: Static<typeof item>[] = [];
      let rest: Query | undefined = { ...query, limit: Math.min(largestPage, most) };
      while (rest && items.length < most) {
        const { results, next }: Static<typeof AnyPage> = await ask(
          { method: 'GET', path, query: rest },
          AnyPage,
        );
        items.push(...results.map((each) => checked(item, each, path)));
        rest = next === null ? undefined : queryOf(next);
      }
      return items.slice(0, most);
    },
    send: (method, path, body, schema, ifMatch) => ask({ method, path, body, ifMatch }, schema),
    async create(path, body, schema, key) {
      const request = { method: 'POST', path, body, key } as const;
      try {
        return await ask(request, schema);
      } catch (error) {
        if (!(error instanceof CannotReach)) throw error;
        return await ask(request, schema);
      }
    },
    async delete(path) {
      await ask({ method: 'DELETE', path }, Type.Unknown());
    },
    text: async (path, query) => (await answered({ method: 'GET', path, query, accept: '*/*' })).text,
    sendText: (path, text, schema, query) => ask({ method: 'POST', path, text, query }, schema),
    close: () => client.close(),
  };
}

const AnyPage = page(Type.Unknown());

/** Only the query of `next` is used: whatever host it names, the token goes nowhere else. */
function queryOf(next: string): Query {
  return Object.fromEntries(new URL(next, 'http://huismeester').searchParams);
}

function clientOf(target: Target): Client {
  return target.kind === 'socket'
    ? new Client('http://huismeester', { socketPath: target.path, ...timeouts })
    : new Client(target.url.origin, timeouts);
}

interface Exchanged {
  readonly status: number;
  readonly text: string;
  /** Seconds (RFC 9110, 10.2.3); undefined where there is none, or a date. */
  readonly retryAfter: number | undefined;
  readonly etag: string | undefined;
}

async function exchange(
  client: Client,
  target: Target,
  { method, path, query = {}, body, text, ifMatch, key, accept }: Request,
): Promise<Exchanged> {
  const prefix = target.kind === 'url' ? target.url.pathname.replace(/\/$/, '') : '';
  const search = searchOf(query);
  try {
    const answer = await client.request({
      method,
      path: `${prefix}${path}${search.size > 0 ? `?${search}` : ''}`,
      headers: {
        accept: accept ?? 'application/json, application/problem+json',
        ...(target.kind === 'url' && target.token !== undefined
          ? { authorization: `Bearer ${target.token}` }
          : {}),
        ...(target.kind === 'socket' &&
          target.actAs !== undefined && {
            // A header has no letters beyond ASCII (RFC 9110, 5.5).
            'act-as': encodeURIComponent(target.actAs.toWellFormed()),
          }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(text !== undefined && { 'content-type': text.type }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: body === undefined ? (text?.bytes ?? null) : JSON.stringify(body),
    });
    const wait = String(answer.headers['retry-after'] ?? '');
    const retryAfter = /^\d+$/.test(wait) ? Number(wait) : undefined;
    const { etag } = answer.headers;
    return {
      status: answer.statusCode,
      text: await answer.body.text(),
      retryAfter,
      etag: typeof etag === 'string' ? etag : undefined,
    };
  } catch (cause) {
    throw new CannotReach(whyUnreachable(target, cause), { cause });
  }
}

/** A parameter with several values stands there once for each. */
function searchOf(query: Query): URLSearchParams {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const values = typeof value === 'object' ? value : [value];
    for (const each of values) if (each !== undefined) search.append(key, String(each));
  }
  return search;
}

/** What Node says of a certificate whose issuer it does not know. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function whyUnreachable(target: Target, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const place = placeOf(target);
  if (target.kind === 'socket') {
    if (code === 'ENOENT' || code === 'ECONNREFUSED') {
      return `no Huismeester listens at ${place}\n  Start one with \`npx -y pnpm@12 start\`, or say where it is with --socket or --url.`;
    }
    if (code === 'EACCES') {
      return `${place} may not be used by you\n  It is for the user that runs Huismeester, and for root.`;
    }
  }
  const hint = untrusted.has(code)
    ? '\n  Its certificate is of an authority that is not known here: name a file with that in NODE_EXTRA_CA_CERTS.'
    : '';
  return `${place} cannot be reached: ${cause instanceof Error && cause.message ? cause.message : code}${hint}`;
}

function refusal({ status, text, retryAfter }: Exchanged, path: string): Error {
  const body = parsed(text);
  if (Value.Check(Problem, body)) return new Refused(body, retryAfter);
  return new UnexpectedAnswer(`${path} answered ${status}, without saying why: is this a Huismeester?`);
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the check against the schema says so, with the path.
    return text;
  }
}

function checked<S extends TSchema>(schema: S, value: unknown, path: string): Static<S> {
  if (Value.Check(schema, value)) return value;
  const [first] = Value.Errors(schema, value);
  const what = first ? `${first.instancePath || 'the answer'} ${first.message}` : 'it is of another form';
  throw new UnexpectedAnswer(
    `${path} did not answer as a Huismeester of this version does: ${what}. Is the other side older, newer, or something else?`,
  );
}
