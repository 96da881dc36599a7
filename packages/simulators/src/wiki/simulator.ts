import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answer, type WikiBot, type WikiState, type WikiUser } from './api.ts';
import { createPages, type WikiPages } from './pages.ts';

export interface WikiSimulatorOptions {
  /** Wikitext by title. */
  readonly pages: Readonly<Record<string, string>>;
  readonly users: readonly WikiUser[];
  readonly bot?: WikiBot;
  readonly now?: () => Date;
}

export interface WikiSimulator {
  /** Its origin; `/api.php` and `/wiki/<title>` are there. */
  readonly url: string;
  readonly pages: WikiPages;
  close(): Promise<void>;
}

/**
 * A wiki for the demo: of MediaWiki's API what the demo asks, and its pages as plain text for people to read. Anything more is for a real MediaWiki, which
 * tests start.
 */
export async function startWikiSimulator(options: WikiSimulatorOptions): Promise<WikiSimulator> {
  const { pages: texts, users, bot, now = () => new Date() } = options;
  const pages = createPages(texts, now);
  const sessions = new Set<string>();
  const server = createServer((request, reply) => {
    serve(request, reply, { pages, users, bot, url: self.url }, sessions).catch(() => reply.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const self: WikiSimulator = {
    url: `http://127.0.0.1:${port}`,
    pages,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

async function serve(
  request: IncomingMessage,
  reply: ServerResponse,
  state: WikiState,
  sessions: Set<string>,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', state.url);
  if (pathname !== '/api.php') return showPage(pathname, reply, state);
  const params = request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
  const [, session] = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
  const { body, logsIn } = answer(params, session !== undefined && sessions.has(session), state);
  if (logsIn) {
    const made = randomUUID();
    sessions.add(made);
    reply.setHeader('set-cookie', `session=${made}; path=/; HttpOnly`);
  }
  reply.setHeader('content-type', 'application/json; charset=utf-8');
  reply.end(JSON.stringify(body));
}

function showPage(pathname: string, reply: ServerResponse, { pages }: WikiState): void {
  const title = decodeURIComponent(pathname.replace(/^\/(wiki\/)?/, ''));
  const page = pages.get(title);
  reply.setHeader('content-type', 'text/plain; charset=utf-8');
  reply.statusCode = page === undefined ? 404 : 200;
  const there = pages.all().map((each) => `/wiki/${encodeURIComponent(each.title)}`);
  reply.end(
    page === undefined ? `There is no page ${title}. There are:\n${there.join('\n')}\n` : `${page.text}\n`,
  );
}
