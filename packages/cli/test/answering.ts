import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type RunMore, runCli } from './run-cli.ts';

export interface Answer {
  readonly status?: number;
  /** JSON, unless it is text. */
  readonly body?: unknown;
}

/** For one test: answers what no Huismeester would, or one that is alone does not, such as what is broken or away. */
export async function answering(answer: (path: string) => Answer) {
  const asked: { method?: string; path: string; authorization?: string }[] = [];
  const server = createServer(({ method, url: path = '', headers }, response) => {
    const { authorization } = headers;
    asked.push({ ...(method && { method }), path, ...(authorization && { authorization }) });
    const { status = 200, body } = answer(path);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, ran: (args: string[], more?: RunMore) => runCli([...args, '--url', url], more) };
}

export function problem(status: number, code: string, more: object = {}): Answer {
  return { status, body: { type: 'about:blank', title: code, status, code, ...more } };
}

export function list(...results: unknown[]): Answer {
  return { body: { results, next: null, count: results.length } };
}
