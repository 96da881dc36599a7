import { setTimeout as pause } from 'node:timers/promises';
import { create as createInventory } from '@huismeester/inventory';
import { Client } from 'undici';
import { type ChainSpace, cutEverywhere, oneFact, settled, startChainSpace } from '../chain-space.ts';
import { inMs, inSeconds, median, quantile, type Row } from '../row.ts';

const lines = 2_000;
const mostMs = 3_000;
const inBlock = 15;
/** After each fact; less than where the chain is measured alone, so that there are more of them. */
const restMs = 20;
/** Whoever fills in a register does not import it again at once. */
const betweenImportsMs = 500;

const kinds = ['alone', 'imports'] as const;
type Kind = (typeof kinds)[number];

/** Imports of 2,000 lines, the first of which registers them and the others of which change each; and fact → request beside them, in blocks of facts in turns. */
export async function imports(rounds: number): Promise<Row[]> {
  const vms = (rounds + 1) * kinds.length * inBlock;
  const space = await startChainSpace({ vms, services: { inventory: createInventory } });
  const client = new Client('http://localhost', { socketPath: space.running.socket });
  try {
    for (let index = 0; index < vms; index += 1) await space.facts.cut(`ups${index}`);
    await cutEverywhere(space, vms);
    const first = await importOnce(client, 0);
    const { delays, took } = await blocks(space, client, rounds);
    return [importRow(first, took), chainRow(delays, took.length)];
  } finally {
    await client.close();
    await space.close();
  }
}

type Delays = Record<Kind, number[]>;

/** The first round, in which code runs for the first time, does not count. Each round begins with another kind. */
async function blocks(space: ChainSpace, client: Client, rounds: number) {
  const delays: Delays = { alone: [], imports: [] };
  const took: number[] = [];
  let fact = 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (let block = 0; block < kinds.length; block += 1) {
      const kind = kinds[(round + block) % kinds.length] ?? 'alone';
      const importing = kind === 'imports' ? importAgain(client) : undefined;
      for (let each = 0; each < inBlock; each += 1) {
        const delay = await oneFact(space, fact);
        fact += 1;
        if (round > 0) delays[kind].push(delay);
        await settled(space, fact, restMs);
      }
      const found = await importing?.end();
      if (round > 0) took.push(...(found ?? []));
    }
  }
  return { delays, took };
}

/** Imports one file after the other until it is ended; each changes all lines. */
function importAgain(client: Client) {
  const ending = new AbortController();
  const took: number[] = [];
  const work = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      took.push(await importOnce(client, performance.now()));
      await pause(betweenImportsMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const working = work();
  return {
    async end() {
      ending.abort();
      await working;
      return took;
    },
  };
}

async function importOnce(client: Client, version: number): Promise<number> {
  const sent = performance.now();
  const { statusCode, body } = await client.request({
    method: 'POST',
    path: '/api/v1/csv/items',
    headers: { 'content-type': 'text/csv' },
    body: fileOf(version),
  });
  const text = await body.text();
  if (statusCode !== 200)
    throw new Error(`the import was answered with ${statusCode}: ${text.slice(0, 500)}`);
  return performance.now() - sent;
}

/** Each item but the first depends on one before it. */
function fileOf(version: number): string {
  const rows = Array.from({ length: lines }, (_, n) => {
    const needs = n === 0 ? '' : `item/i${Math.floor(n / 3)}`;
    return `i${n},Item ${n},other,supporting,"rack ${n % 40}, unit ${n % 12}",as of ${version},${needs}`;
  });
  return `id,name,kind,layer,place,note,depends-on\n${rows.join('\n')}\n`;
}

function importRow(first: number, took: readonly number[]): Row {
  const worst = Math.max(first, ...took);
  return {
    what: `import of ${lines.toLocaleString('en')} lines of CSV, each with a link, PostgreSQL with fsync`,
    measured: `all new: ${inSeconds(first)}; all changed, median of ${took.length}: ${inSeconds(median(took))}, worst ${inSeconds(worst)}`,
    target: `≤ ${mostMs / 1000} s`,
    met: worst <= mostMs,
    reference: 'the chain of a power cut goes on meanwhile, as the next row has it',
  };
}

function chainRow({ alone, imports: beside }: Delays, count: number): Row {
  const [ours, reference] = [quantile(beside, 0.99), quantile(alone, 0.99)];
  return {
    what: `the chain beside ${count} imports of ${lines.toLocaleString('en')} lines, ${beside.length} facts in blocks of ${inBlock} in turns`,
    measured: `median ${inMs(median(beside))}, p99 ${inMs(ours)}: ${(ours / reference).toFixed(2)} × the reference`,
    target: 'p99 ≤ 1.1 × the reference',
    met: ours <= 1.1 * reference,
    reference: `no imports: median ${inMs(median(alone))}, p99 ${inMs(reference)}`,
  };
}
