import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import { authenticate, dispatch } from './dispatch.ts';
import type { ArmedFaults, Fault } from './faults.ts';
import { type RequestRecord, readParams, readToken } from './request.ts';
import type { Call } from './route.ts';
import { localNode } from './world.ts';

interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

export interface Serving extends Omit<Call, 'values' | 'local' | 'token'> {
  readonly faults: ArmedFaults;
  readonly requests: RequestRecord[];
  /** How many requests are being answered, and were at most. */
  readonly load: { now: number; most: number };
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';

function errorAnswer(error: unknown): Answer {
  const { status, message, errors } =
    error instanceof ApiError ? error : new ApiError(500, `internal error: ${String(error)}\n`);
  // A 401, a proxy's failure and a refusal by the HTTP layer have no JSON body.
  const bare = status === 401 || status > 590;
  const body = bare ? '' : JSON.stringify({ data: null, ...(errors && { errors }), message });
  return { status, reason: firstLine(message), body };
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.reason, {
    Server: 'pve-api-daemon/3.0',
    'Cache-Control': 'max-age=0',
    Pragma: 'no-cache',
    'Content-Length': Buffer.byteLength(answer.body),
    ...(answer.body !== '' && { 'Content-Type': 'application/json;charset=UTF-8' }),
    // The real one ends the connection after every error.
    ...(answer.status >= 400 && { Connection: 'close' }),
  });
  response.end(answer.body);
}

async function act(serving: Serving, incoming: IncomingMessage, record: RequestRecord): Promise<Answer> {
  const { world, broadcasts } = serving;
  try {
    const token = authenticate(world, readToken(incoming));
    broadcasts.refresh();
    const data = await dispatch({ ...serving, token }, record.method, record.path, record.params);
    return { status: 200, reason: 'OK', body: JSON.stringify({ data }) };
  } catch (error) {
    const answer = errorAnswer(error);
    if (answer.status === 401) await world.clock.sleep(world.durations.unauthorizedDelay);
    return answer;
  }
}

async function recordOf(serving: Serving, incoming: IncomingMessage): Promise<RequestRecord> {
  const url = new URL(incoming.url ?? '/', 'https://simulator');
  const params = await readParams(incoming, url.searchParams);
  const token = readToken(incoming);
  const record: RequestRecord = {
    at: serving.world.clock.now(),
    method: incoming.method ?? '',
    path: url.pathname.replace(/^\/api2\/(json|extjs)/, ''),
    params,
    ...(token && { tokenId: token.id }),
  };
  serving.requests.push(record);
  return record;
}

function before(fault: Fault | undefined): Answer | undefined {
  return fault?.kind === 'refuse' ? errorAnswer(new ApiError(fault.status, `${fault.reason}\n`)) : undefined;
}

async function serve(serving: Serving, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  let gaveUp = false;
  response.once('close', () => {
    gaveUp = true;
  });
  if (!(await serving.faults.arrives()) || gaveUp) {
    incoming.socket.destroy();
    return;
  }
  const record = await recordOf(serving, incoming);
  const fault = serving.faults.take(record.method, record.path);
  if (fault?.kind === 'cut' || localNode(serving.world.state) === undefined) {
    incoming.socket.destroy();
    return;
  }
  const answer = before(fault) ?? (await act(serving, incoming, record));
  if (fault?.kind === 'drop') {
    incoming.socket.destroy();
    return;
  }
  if (fault?.kind === 'delay') await wait(fault.milliseconds, undefined, { ref: false });
  record.status = answer.status;
  send(response, answer);
}

/** The request handler of the simulated pveproxy. */
export function createHandler(serving: Serving) {
  return (incoming: IncomingMessage, response: ServerResponse): void => {
    const { load } = serving;
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    response.once('close', () => {
      load.now -= 1;
    });
    serve(serving, incoming, response).catch((error: unknown) => {
      // The client left, the simulator closes, or the request could not be read.
      if (incoming.socket.destroyed || response.headersSent) incoming.socket.destroy();
      else send(response, errorAnswer(error));
    });
  };
}
