import { EventPage, faults, Problem, type ServiceName, Snapshot } from '@huismeester/contracts';
import { PositionGone, SourceFailed, WrongEpoch } from './errors.ts';
import type { EventLog } from './log.ts';
import type { ReadQuery } from './read-page.ts';
import { type Ask, fetchTrusting } from './trusting.ts';
import { whatToDo, whyUnreachable } from './unreachable.ts';

/** A log as a consumer reads it, be it in this process or in another. */
export interface LogSource {
  readonly service: ServiceName;
  /** Throws {@link WrongEpoch}, {@link PositionGone} or {@link SourceFailed}. */
  read(query: ReadQuery): Promise<EventPage>;
  snapshot(): Promise<Snapshot>;
  /**
   * Calls the listener when there may be something new, with the head that was announced if it is known; returns how to stop that.
   */
  onWake(listener: WakeListener): () => void;
  /** How often to look when nothing wakes the reader, ms: as long as it takes to notice that a wake was lost. */
  readonly lookEveryMs: number;
}

/** Where a log ends, as its service says on the broker or in the process: a hint, never the truth. */
export interface AnnouncedHead {
  readonly epoch: string;
  readonly position: number;
}

export type WakeListener = (announced?: AnnouncedHead) => void;

/** A log in this process wakes its readers itself. */
export const localLookEveryMs = 30_000;
/** Without a broker nobody wakes the readers of another process's log. */
const remoteLookEveryMs = 1_000;

/** The same log, of whose news nobody hears: it is looked at every so often alone. */
export function withoutWakes(source: LogSource): LogSource {
  return { ...source, onWake: () => () => undefined };
}

export interface HttpSourceOptions {
  readonly service: ServiceName;
  /** Where the service answers, without `/api/v1`. */
  readonly url: string;
  readonly secret: string;
  /** The authority of its certificate, PEM, instead of the system's and of NODE_EXTRA_CA_CERTS. */
  readonly ca?: string | undefined;
  /** Usually the broker's status topic. */
  readonly onWake: (listener: WakeListener) => () => void;
  /** How long an answer may take, in milliseconds; 10 000. */
  readonly timeoutMs?: number;
}

/** The log of a service in this process. */
export function localSource(log: EventLog, snapshot: () => Promise<Snapshot>): LogSource {
  return {
    service: log.service,
    read: (query) => log.read(query),
    snapshot,
    onWake: (listener) => log.onAppended(() => listener()),
    lookEveryMs: localLookEveryMs,
  };
}

/** The log of a service in another process, over its HTTP routes. */
export function httpSource(options: HttpSourceOptions): LogSource {
  const { service, onWake } = options;
  const ask = options.ca === undefined ? fetch : fetchTrusting(options.ca);
  const get = (path: string) => answerTo(ask, options, path);
  return {
    service,
    onWake,
    lookEveryMs: remoteLookEveryMs,
    async read({ after, limit, ...filters }) {
      const search = new URLSearchParams({ after: String(after), limit: String(limit), ...filters });
      const page = await get(`events?${search}`);
      const wrong = faults(EventPage, page);
      if (wrong.length > 0) throw new SourceFailed(`${service} answered no page of events: ${wrong[0]}`);
      return page as EventPage;
    },
    async snapshot() {
      const snapshot = await get('snapshot');
      const wrong = faults(Snapshot, snapshot);
      if (wrong.length > 0) throw new SourceFailed(`${service} answered no snapshot: ${wrong[0]}`);
      return snapshot as Snapshot;
    },
  };
}

async function answerTo(
  ask: Ask,
  { service, url, secret, timeoutMs = 10_000 }: HttpSourceOptions,
  path: string,
): Promise<unknown> {
  const address = `${url.replace(/\/$/, '')}/api/v1/${service}/${path}`;
  let response: Awaited<ReturnType<Ask>>;
  let body: string;
  try {
    response = await ask(address, {
      headers: { authorization: `Bearer ${secret}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.text();
  } catch (cause) {
    const why = whyUnreachable(cause, timeoutMs);
    throw new SourceFailed(`${service} at ${url} cannot be reached: ${why}; ${whatToDo(cause, service)}`, {
      cause,
    });
  }
  const answer = parse(body);
  if (response.ok && answer !== undefined) return answer;
  const problem = problemOf(answer);
  const { code, detail = code } = problem;
  if (code === 'wrong-epoch') throw new WrongEpoch(detail ?? code);
  if (code === 'position-gone') throw new PositionGone(detail ?? code);
  throw new SourceFailed(`${service} at ${url} ${refusal(service, response.status, problem)}`);
}

/** What the answer means, and what to do; other services may be waiting themselves. */
function refusal(service: ServiceName, status: number, { code, title }: Partial<Problem>): string {
  if (status === 503 && title !== undefined) return `is not ready: ${title}`;
  const answer = `answered ${status}${code ? ` (${code})` : ''}`;
  if (status === 401 || status === 403) {
    return `${answer}: it does not know our secret; give both the same services in their settings`;
  }
  return status === 404 ? `${answer}: correct services.${service}.url, where something else answers` : answer;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON, whatever the status says: the caller reports the status.
    return undefined;
  }
}

function problemOf(answer: unknown): Partial<Problem> {
  return faults(Problem, answer).length === 0 ? (answer as Problem) : {};
}
