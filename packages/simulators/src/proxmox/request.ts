import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/** What the simulator remembers of each request, for a test to look at. No secret is kept. */
export interface RequestRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** Without `/api2/json` and without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** The token it named, whether or not its secret was right. */
  readonly tokenId?: string;
  /** What was answered; absent while it is not, or when the connection was cut. */
  status?: number;
}

const maxBody = 64 * 1024;

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming) {
    body += String(chunk);
    if (body.length > maxBody) throw new ApiError(501, 'for data too large');
  }
  return body;
}

function fromJson(body: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (cause) {
    throw new ApiError(500, `malformed JSON string: ${cause instanceof Error ? cause.message : ''}`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new ApiError(500, 'no object');
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'boolean') return [name, value ? '1' : '0'];
      return [
        name,
        typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value),
      ];
    }),
  );
}

/** Reads the parameters from query and body, form or JSON, like pve-http-server. */
export async function readParams(incoming: IncomingMessage, query: URLSearchParams) {
  const params = Object.fromEntries(query);
  const body = await readBody(incoming);
  if (body === '') return params;
  const method = incoming.method ?? '';
  if (method !== 'POST' && method !== 'PUT')
    throw new ApiError(501, `Unexpected content for method '${method}'`);
  const type = incoming.headers['content-type'] ?? '';
  const more = type.startsWith('application/json')
    ? fromJson(body)
    : Object.fromEntries(new URLSearchParams(body));
  return { ...params, ...more };
}

/** The token and secret of an Authorization header, or undefined when there is none. */
export function readToken(incoming: IncomingMessage): { id: string; secret: string } | undefined {
  const found = /^PVEAPIToken=(.+)=([^=]*)$/.exec(incoming.headers.authorization ?? '');
  return found?.[1] !== undefined && found[2] !== undefined ? { id: found[1], secret: found[2] } : undefined;
}
