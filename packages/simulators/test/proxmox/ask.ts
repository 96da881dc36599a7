import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { waitFor } from '@huismeester/testkit';
import {
  type ProxmoxSimulator,
  type ProxmoxSimulatorOptions,
  startProxmoxSimulator,
} from '../../src/index.ts';
import type { GuestState, ProxmoxState } from '../../src/proxmox/state.ts';
import { auditor, cluster } from './cluster.ts';

export interface Answer {
  status: number;
  reason: string;
  contentType: string | undefined;
  /** The whole body, parsed; undefined when there is none. */
  body: { data?: unknown; errors?: Record<string, string>; message?: string } | undefined;
}

type Params = Record<string, string | number>;

export interface Asker {
  readonly simulator: ProxmoxSimulator;
  as(token: { id: string; secret: string } | undefined): Asker;
  send(method: string, path: string, params?: Params, timeoutMs?: number): Promise<Answer>;
  /** The data of a 200; anything else throws. */
  get(path: string, params?: Params): Promise<unknown>;
  /** The UPID of a POST. */
  act(path: string, params?: Params): Promise<string>;
  /** Acts and waits for the task: its exit status. */
  actAndWait(path: string, params?: Params): Promise<string>;
  /** Waits for a task: its exit status. */
  ended(upid: string): Promise<string>;
  /** As `actAndWait`, by another method than POST. */
  doAndWait(method: string, path: string, params?: Params): Promise<string>;
  /** Status, reason and what is wrong with each parameter, on one line. */
  refused(method: string, path: string, params?: Params): Promise<string>;
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return {
    status: incoming.statusCode ?? 0,
    reason: incoming.statusMessage ?? '',
    contentType: incoming.headers['content-type'],
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function createAsker(simulator: ProxmoxSimulator, token: { id: string; secret: string } | undefined): Asker {
  async function send(
    method: string,
    path: string,
    params: Params = {},
    timeoutMs?: number,
  ): Promise<Answer> {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(params)) form.set(name, String(value));
    const inBody = method === 'POST' || method === 'PUT';
    const query = !inBody && form.size > 0 ? `?${form}` : '';
    const outgoing = request(`${simulator.url}/api2/json${path}${query}`, {
      method,
      ca: simulator.ca,
      agent: false,
      ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }),
      headers: token ? { Authorization: `PVEAPIToken=${token.id}=${token.secret}` } : {},
    });
    outgoing.end(inBody ? form.toString() : undefined);
    const [incoming]: [IncomingMessage] = (await once(outgoing, 'response')) as [IncomingMessage];
    return readAnswer(incoming);
  }

  async function data(method: string, path: string, params?: Params): Promise<unknown> {
    const answer = await send(method, path, params);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.reason}`);
    return answer.body?.data;
  }

  const act = async (path: string, params?: Params) => String(await data('POST', path, params));
  const ended = (upid: string) =>
    waitFor(`the end of ${upid}`, () => simulator.tasks().find((one) => one.upid === upid)?.exitstatus);
  return {
    simulator,
    as: (other) => createAsker(simulator, other),
    send,
    get: (path, params) => data('GET', path, params),
    act,
    actAndWait: async (path, params) => ended(await act(path, params)),
    ended,
    doAndWait: async (method, path, params) => ended(String(await data(method, path, params))),
    async refused(method, path, params) {
      const { status, reason, body } = await send(method, path, params);
      return `${status} ${reason}${body?.errors ? ` ${JSON.stringify(body.errors)}` : ''}`;
    },
  };
}

const running: ProxmoxSimulator[] = [];

/** Starts a simulator, 100 times faster than real, and asks it as the token that may do everything. */
export async function simulate(
  guests: GuestState[],
  options: Partial<ProxmoxSimulatorOptions> & { change?: (state: ProxmoxState) => void } = {},
): Promise<Asker> {
  const state = cluster(guests);
  options.change?.(state);
  const simulator = await startProxmoxSimulator({
    state,
    speed: 100,
    durations: { resourcesDelay: 0 },
    ...options,
  });
  running.push(simulator);
  return createAsker(simulator, auditor);
}

export async function closeSimulators(): Promise<void> {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
}
