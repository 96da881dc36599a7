import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/errors.ts';
import { Problem } from '../http/problem.ts';
import { html } from '../pages/html.ts';

/** Static files that a process answers beside its API: a page that finds out by itself what to show at a path. */
export interface WebPage {
  /** Its files, once they are built; rejects with why they could not be, for people. */
  readonly built: Promise<WebFiles>;
  /** Whether a path is the page's, such as `/vms/104`; all others that lead nowhere are problems. */
  readonly has: (path: string) => boolean;
  /** What a file is answered with. */
  readonly headers: (
    path: string,
    asked: { readonly protocol: string; readonly hostname: string },
  ) => Readonly<Record<string, string>>;
}

export interface WebFiles {
  readonly directory: string;
  /** Paths from the folder; beside each may be one with `.br` and one with `.gz` behind its name. */
  readonly files: readonly string[];
}

/** Answers a request with the page, if the path is its; false: it is not, and nothing was answered. */
export type AnswerPage = (request: FastifyRequest, reply: FastifyReply) => boolean;

/** The first part of the path of files of which none is made up for: whoever asks for one wants that very file. */
const assets = 'assets/';

/**
 * Has an app able to answer with the page. It is no route, since it takes what no route does: what stands in the
 * documentation and who may ask for what stay as they are.
 */
export async function addWebPage(app: FastifyInstance, page: WebPage): Promise<AnswerPage> {
  // Its folder is known once the page is built.
  await app.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false, index: false });
  return (request, reply) => {
    const path = pathOf(request.url);
    if (!['GET', 'HEAD'].includes(request.method) || path === undefined || !page.has(path)) return false;
    page.built.then(
      (files) => send(page, files, path, { request, reply }),
      (error: unknown) => sayNotBuilt(reply, error),
    );
    return true;
  };
}

function send(
  page: WebPage,
  { directory, files }: WebFiles,
  path: string,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): void {
  const asked = path.slice(1);
  const file = files.includes(asked) ? asked : 'index.html';
  if (file !== asked && asked.startsWith(assets)) {
    reply.header('cache-control', 'no-store');
    sendProblem(request, reply, noSuchFile());
    return;
  }
  const { protocol, hostname } = request;
  reply.headers(page.headers(`/${file}`, { protocol, hostname })).sendFile(file, directory);
}

function noSuchFile(): Problem {
  const detail = 'The program has another version by now: load the page again';
  return new Problem(404, 'no-such-file', 'There is no such file', { detail });
}

/** The path without what is asked of it, decoded; undefined where it is none. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '');
  } catch {
    return undefined;
  }
}

/** The API works without the page, so it says why, and where else to go. */
function sayNotBuilt(reply: FastifyReply, error: unknown): void {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Huismeester</title>
<link rel="icon" href="data:,">
</head>
<body>
<h1>The web page could not be built</h1>
<pre>${error instanceof Error ? error.message : String(error)}</pre>
<p>Everything else works: <a href="/docs">the API</a>, MQTT, and on the machine itself <code>npx -y pnpm@12 huismeester status</code>.
The page is built when Huismeester starts.</p>
<p lang="nl">De webpagina kon niet worden gemaakt; al het andere werkt.</p>
</body>
</html>
`;
  void reply
    .code(503)
    .header(
      'content-security-policy',
      "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    )
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(text);
}
