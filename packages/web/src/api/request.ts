import type { Problem } from '@huismeester/contracts';
import { learnClock } from '../app/clock.ts';
import { language } from '../words/language.ts';

export type { Problem };

/** Why something was not answered: `problem` is what a service said (RFC 9457), `unreachable` is that none answered. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

/** Thrown by {@link send}: what was asked for was not done, or it is not known whether it was (`unreachable`). */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind === 'problem' ? failure.problem.title : 'no answer');
    this.failure = failure;
  }
}

export interface Reply {
  readonly status: number;
  /** The parsed JSON, or the text where it is none; undefined for 204 and 304. */
  readonly value: unknown;
  readonly etag: string | undefined;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: object | undefined;
  /** A text that is sent as it is, such as CSV. */
  readonly text?: { readonly type: string; readonly content: string | Blob };
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly key?: string | undefined;
  readonly accept?: string;
}

const timeoutMs = 15_000;
/** What a display shows as its bearer token; everybody else has a cookie, which no script can read. */
let bearer: string | undefined;

/** From now on requests carry this token: for the display, whose secret is in the fragment of its address. */
export function showBearer(token: string): void {
  bearer = token;
}

/** Whether it is a display, which has a token and no session. */
export function isByBearer(): boolean {
  return bearer !== undefined;
}

/** The headers by which a request says who asks; none for whoever has a cookie. */
export function identity(): Readonly<Record<string, string>> {
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
}

/** Called when a request was answered 401: nobody is logged in any more. */
let ended: () => void = () => {};
export function onSessionEnded(act: () => void): void {
  ended = act;
}

/** Called when a request was answered as it should be: the server is heard, also where there is no stream. */
let answered: () => void = () => {};
export function onAnswer(act: () => void): void {
  answered = act;
}

/** Asks the REST API. Never throws: what was not answered is a Failure. A 304 is a reply. */
export async function ask(path: string, asked: Asked = {}): Promise<Reply | Failure> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method: asked.method ?? 'GET',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: headersOf(asked),
      body: bodyOf(asked),
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch {
    return { kind: 'unreachable' };
  }
  learnClock(response.headers.get('date'));
  const etag = response.headers.get('etag') ?? undefined;
  if (response.ok || response.status === 304) {
    answered();
    return { status: response.status, value: parsedOf(text), etag };
  }
  if (response.status === 401) ended();
  const problem = parsedOf(text);
  return isProblem(problem) ? { kind: 'problem', problem } : { kind: 'unreachable' };
}

/** The same for what acts: throws {@link Failed}. */
export async function send(path: string, asked: Asked): Promise<Reply> {
  const answer = await ask(path, asked);
  if ('kind' in answer) throw new Failed(answer);
  return answer;
}

function headersOf({ body, text, ifMatch, ifNoneMatch, key, accept }: Asked): Record<string, string> {
  return {
    accept: accept ?? 'application/json, application/problem+json',
    'accept-language': language.value,
    ...identity(),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(text !== undefined && { 'content-type': text.type }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
}

function bodyOf({ body, text }: Asked): BodyInit | null {
  return body === undefined ? (text?.content ?? null) : JSON.stringify(body);
}

function parsedOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}
