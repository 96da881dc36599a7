import { createServer, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { type TempDir, tempDir } from './temp-dir.ts';

/** What one process has for all processes of a run of tests; its socket is in an environment variable, which they inherit. */
export interface ServedForRun {
  readonly variable: string;
  /** For the name of its folder, and for messages: `databases`. */
  readonly name: string;
  readonly answer: (asked: IncomingMessage, dir: TempDir) => Promise<string>;
  /** Ends what was started to answer. */
  readonly close: () => Promise<void>;
}

/** Answers {@link askForRun} in the processes that this one starts, until it is closed. */
export async function serveForRun({ variable, name, answer, close }: ServedForRun) {
  const dir = await tempDir(name);
  const socket = join(dir.path, 'socket');
  const http = createServer(async (asked, response) => {
    try {
      response.end(await answer(asked, dir));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => http.listen(socket, resolve));
  process.env[variable] = socket;
  return {
    async close(): Promise<void> {
      http.close();
      http.closeAllConnections();
      await close();
      await dir.remove();
    },
  };
}

/** Asks the process that serves it; `what` is what this test then lacks. */
export async function askForRun(
  { variable, what }: { variable: string; what: string },
  { method, path = '/', body }: { method: string; path?: string; body?: string },
): Promise<string> {
  const socketPath = process.env[variable];
  if (socketPath === undefined)
    throw new Error(`${variable} is not set: vitest.config.ts starts what answers there`);
  return await new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      if (response.statusCode === 200) resolve(text);
      else reject(new Error(`no ${what} for this test: ${text}`));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
