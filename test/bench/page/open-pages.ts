import { Agent, request } from 'undici';

/** What three pages ask for: Nu, Stroom and VM's; of what only people with a directory have, nothing. */
const pages: readonly (readonly string[])[] = [
  ['/api/v1/now'],
  ['/api/v1/now', '/api/v1/ups', '/api/v1/nodes', '/api/v1/power', '/api/v1/drill', '/api/v1/vms?limit=1000'],
  ['/api/v1/now', '/api/v1/vms?limit=1000', '/api/v1/leases?limit=1000', '/api/v1/acts?limit=100'],
];
const origin = 'http://localhost';

/** Pages that are open, without their browsers. */
export interface OpenPages {
  /** How long each answer took since the last time that this was asked, from the question to its last byte, ms. */
  took(): readonly number[];
  close(): Promise<void>;
}

/**
 * Opens so many pages at what listens on that socket. Each reads the stream of news, and at each news asks again, with ETags, for all that it shows; the
 * page in a browser asks only for what the news is about.
 */
export async function openPages(count: number, socketPath: string): Promise<OpenPages> {
  const agent = new Agent({ connect: { socketPath } });
  const ending = new AbortController();
  let took: number[] = [];
  const taken = (ms: number) => took.push(ms);
  const readers = Array.from({ length: count }, (_, index) =>
    openPage(pages[index % pages.length] ?? [], { agent, signal: ending.signal, taken }),
  );
  const all = Promise.all(readers);
  // Told to whoever closes; until then it is nobody's.
  all.catch(() => undefined);
  return {
    took() {
      const past = took;
      took = [];
      return past;
    },
    async close() {
      ending.abort();
      await all;
      await agent.close();
    },
  };
}

interface Client {
  readonly agent: Agent;
  readonly signal: AbortSignal;
  readonly taken: (ms: number) => void;
}

/** Until the signal; throws when anything is refused, or the stream ends before. */
async function openPage(paths: readonly string[], { agent, signal, taken }: Client): Promise<void> {
  const etags = new Map<string, string>();
  const ask = async (path: string): Promise<void> => {
    const known = etags.get(path);
    const began = performance.now();
    const headers = known === undefined ? {} : { 'if-none-match': known };
    const {
      statusCode,
      body,
      headers: answered,
    } = await request(`${origin}${path}`, {
      dispatcher: agent,
      headers,
    });
    await body.text();
    taken(performance.now() - began);
    if (statusCode !== 200 && statusCode !== 304) throw new Error(`GET ${path}: ${statusCode}`);
    if (typeof answered.etag === 'string') etags.set(path, answered.etag);
  };
  const askAll = () => Promise.all(paths.map(ask));
  await askAll();
  const { statusCode, body } = await request(`${origin}/api/v1/live`, {
    dispatcher: agent,
    headers: { accept: 'text/event-stream' },
    signal,
    bodyTimeout: 60_000,
  });
  if (statusCode !== 200) throw new Error(`the stream was answered ${statusCode}`);
  let asking: Promise<unknown> | undefined;
  try {
    for await (const chunk of body) {
      if (!String(chunk).includes('event: heads')) continue;
      // As in the page: what is being asked is not asked twice at once.
      await asking;
      asking = askAll();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await asking;
  }
  if (!signal.aborted) throw new Error('the stream ended');
}
