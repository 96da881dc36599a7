import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { errorOf } from './classify.ts';
import { connectAhead } from './connect-ahead.ts';
import { createConnector, FingerprintMismatch, type Trust } from './connector.ts';
import { encodeParams, encodePath, type Params } from './encode.ts';
import { ProxmoxError } from './errors.ts';
import { ExchangeError, exchange, type Incoming, type Outgoing } from './exchange.ts';

export interface TransportOptions extends Trust {
  /** `https://host:8006` */
  origin: string;
  authorization: string;
  requestTimeoutMs: number;
}

export type Method = Outgoing['method'];

export interface Transport {
  /** The `data` of the answer. Throws ProxmoxError. */
  request(method: Method, path: string, params?: Params): Promise<unknown>;
  /** Something else than a GET is about to be requested: connects for it already. */
  prepare(): void;
  close(): Promise<void>;
}

/** Pauses before the second and the third try of a GET, in milliseconds. */
const backoffMs = [100, 400] as const;

const certificateProblem =
  /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET|DECRYPT)|HOSTNAME_MISMATCH)/;

function isCertificateProblem(cause: unknown): boolean {
  if (cause instanceof FingerprintMismatch) return true;
  return cause instanceof Error && 'code' in cause && certificateProblem.test(String(cause.code));
}

function failure(request: string, error: ExchangeError): ProxmoxError {
  const wrongServer = !error.sent && isCertificateProblem(error.cause);
  const reason = error.message === '' ? 'the connection failed' : error.message;
  const code = wrongServer ? 'certificate' : error.kind;
  return new ProxmoxError({ code, request, reason, mayHaveArrived: error.sent, cause: error });
}

interface Body {
  data?: unknown;
  errors?: unknown;
  message?: unknown;
}

function parseBody(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    // No JSON: a 401 and the errors of proxies have none; the caller knows what that means.
    return undefined;
  }
}

function fieldsOf(errors: unknown): Record<string, string> {
  if (typeof errors !== 'object' || errors === null) return {};
  return Object.fromEntries(Object.entries(errors).map(([name, problem]) => [name, String(problem)]));
}

/** The data of a 200, the typed error of everything else. */
function dataOf(request: string, { status, reason, text }: Incoming): unknown {
  const body = parseBody(text);
  if (status !== 200) {
    // The reason phrase is one line and was long the only place; `message` came in 2025.
    const said = typeof body?.message === 'string' ? body.message.trim() : '';
    throw errorOf(request, { status, reason: said || reason, fields: fieldsOf(body?.errors) });
  }
  if (body && 'data' in body) return body.data;
  throw new ProxmoxError({
    code: 'protocol',
    request,
    status,
    reason: 'the answer is no JSON object with "data": is this a Proxmox VE API?',
    mayHaveArrived: true,
  });
}

function worthRetrying(error: unknown): boolean {
  return error instanceof ProxmoxError && (error.code === 'connection' || error.code === 'timeout');
}

/**
 * HTTPS to one Proxmox API. Only a GET is ever sent again: at most twice, when the connection failed, it timed out
 * or a proxy answered 502–504. Everything else is sent once, on a connection of its own, so that it cannot be lost
 * on one that the server had already given up.
 */
export function createTransport(options: TransportOptions): Transport {
  const { origin, authorization, requestTimeoutMs } = options;
  const connect = createConnector(options, requestTimeoutMs);
  const reading = new Agent({ connect, allowH2: false, keepAliveTimeout: 4000, keepAliveMaxTimeout: 4000 });
  const ahead = connectAhead(connect, origin);
  const acting = new Agent({ connect: ahead.connect, allowH2: false, pipelining: 0 });

  async function once(method: Method, path: string, params: Params): Promise<unknown> {
    const encoded = encodeParams(params);
    const form = method === 'POST' || method === 'PUT';
    const request = `${method} ${path}`;
    const headers = {
      authorization,
      accept: 'application/json',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    try {
      const incoming = await exchange(method === 'GET' ? reading : acting, {
        origin,
        method,
        path: `/api2/json${encodePath(request, path)}${!form && encoded !== '' ? `?${encoded}` : ''}`,
        headers,
        body: form ? encoded : null,
        timeoutMs: requestTimeoutMs,
      });
      return dataOf(request, incoming);
    } catch (error) {
      throw error instanceof ExchangeError ? failure(request, error) : error;
    }
  }

  return {
    async request(method, path, params = {}) {
      for (const pause of method === 'GET' ? backoffMs : []) {
        try {
          return await once(method, path, params);
        } catch (error) {
          if (!worthRetrying(error)) throw error;
          await sleep(pause);
        }
      }
      return once(method, path, params);
    },
    prepare: ahead.begin,
    async close() {
      ahead.close();
      await Promise.all([reading.close(), acting.close()]);
    },
  };
}
