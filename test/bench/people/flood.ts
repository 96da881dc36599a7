import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { create as createMembership } from '@huismeester/membership';
import { startChild, waitFor } from '@huismeester/testkit';
import { type ChainSpace, cutEverywhere, oneFact, settled, startChainSpace } from '../chain-space.ts';
import { inMs, median, quantile, type Row } from '../row.ts';
import { type BigDirectory, startBigDirectory } from './big-directory.ts';

const program = fileURLToPath(new URL('flood-process.ts', import.meta.url));
const perSecond = 500;
const people = 2_000;
const inBlock = 10;
/** Refused logins are answered after 0.4 s: then the flood is under way, or over. */
const betweenBlocksMs = 600;
/** After each fact; less than where the chain is measured alone, so that there are more of them. */
const restMs = 20;
const patient = { timeoutMs: 60_000 };

const floods = ['none', 'one', 'many'] as const;
type From = (typeof floods)[number];
type Samples = Record<From, number[]>;
type Statuses = Readonly<Record<string, number>>;

interface Flood {
  /** Goes on from there; answers with how often it was answered with each status since the call before. */
  from(where: From): Promise<Statuses>;
  close(): Promise<void>;
}

/** Fact → request beside a flood of wrong logins, in blocks of 10 facts without it, with it from one address, and with it from many, in turns. */
export async function loginFlood(rounds: number): Promise<Row> {
  const directory = await startBigDirectory(people, false);
  try {
    return await beside(directory, rounds);
  } finally {
    await directory.close();
  }
}

async function beside({ settings: directory }: BigDirectory, rounds: number): Promise<Row> {
  const warmUp = floods.length * inBlock;
  const vms = warmUp + rounds * floods.length * inBlock;
  const more = { secrets: { key: 'k'.repeat(32) }, directory };
  const space = await startChainSpace({ vms, more, services: { membership: createMembership } });
  try {
    await waitFor('the directory is known', async () => await isKnown(space), patient);
    const flood = await startFlood(space.running.url);
    try {
      for (let index = 0; index < vms; index += 1) await space.facts.cut(`ups${index}`);
      await cutEverywhere(space, vms);
      return rowOf(await blocks(space, flood, rounds));
    } finally {
      await flood.close();
    }
  } finally {
    await space.close();
  }
}

interface Found {
  readonly delays: Samples;
  /** By where it came from. */
  readonly answered: Readonly<Record<From, Record<string, number>>>;
}

/** The first round, in which code runs for the first time, does not count. Each round begins with another flood. */
async function blocks(space: ChainSpace, flood: Flood, rounds: number): Promise<Found> {
  const delays: Samples = { none: [], one: [], many: [] };
  const answered: Found['answered'] = { none: {}, one: {}, many: {} };
  let fact = 0;
  for (let round = 0; round <= rounds; round += 1) {
    for (let block = 0; block < floods.length; block += 1) {
      const from = floods[(round + block) % floods.length] ?? 'none';
      await flood.from(from);
      await pause(betweenBlocksMs);
      for (let each = 0; each < inBlock; each += 1) {
        const delay = await oneFact(space, fact);
        fact += 1;
        if (round > 0) delays[from].push(delay);
        await settled(space, fact, restMs);
      }
      add(answered[from], await flood.from('none'));
    }
  }
  return { delays, answered };
}

function add(to: Record<string, number>, statuses: Statuses): void {
  for (const [status, count] of Object.entries(statuses)) to[status] = (to[status] ?? 0) + count;
}

function rowOf({ delays, answered }: Found): Row {
  const [none, one, many] = [median(delays.none), median(delays.one), median(delays.many)];
  const worst = Math.max(one, many) / none;
  const more = (from: From) =>
    `${percent(median(delays[from]) / none)} (${spread(delays[from], delays.none)})`;
  const shares = [`from one address ${shown(answered.one)}`, `from many ${shown(answered.many)}`].join(', ');
  return {
    what: `committed fact → request at Proxmox while somebody logs in with wrong passwords ${perSecond} times a second in the same process, PostgreSQL, a slapd, ${delays.none.length} facts of each in blocks of ${inBlock} in turns`,
    measured: `from one address median ${inMs(one)}, ${more('one')}; from as many addresses as logins ${inMs(many)}, ${more('many')}, p99 ${inMs(quantile(delays.many, 0.99))}; answers: ${shares}`,
    target: '< 10 % more',
    met: worst < 1.1,
    reference: `without: median ${inMs(none)}, p99 ${inMs(quantile(delays.none, 0.99))}`,
  };
}

function shown(statuses: Statuses): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${count.toLocaleString('en')} × ${status}`)
    .join(' and ');
}

function percent(ratio: number): string {
  const more = (ratio - 1) * 100;
  return `${Math.abs(more).toFixed(1)} % ${more < 0 ? 'less' : 'more'}`;
}

const resamples = 1_000;

/** How sure the ratio of the two medians is: where nine of ten lie when both samples are drawn anew from themselves (bootstrap). */
function spread(samples: readonly number[], others: readonly number[]): string {
  const anew = (from: readonly number[]) =>
    median(from.map(() => from[Math.floor(Math.random() * from.length)] ?? Number.NaN));
  const ratios = Array.from({ length: resamples }, () => anew(samples) / anew(others));
  return `90 %: ${percent(quantile(ratios, 0.05))} to ${percent(quantile(ratios, 0.95))}`;
}

async function isKnown({ running }: ChainSpace): Promise<boolean> {
  const response = await fetch(`${running.url}/health/ready`);
  return ((await response.json()) as { ready: boolean }).ready;
}

async function startFlood(url: string): Promise<Flood> {
  const child = await startChild({
    name: 'the flood',
    command: process.execPath,
    args: [program],
    env: { FLOOD_URL: url, FLOOD_PER_SECOND: String(perSecond), FLOOD_PEOPLE: String(people) },
  });
  const port = () => /listening on (\d+)/.exec(child.output())?.[1];
  await child.ready('its port', () => port() !== undefined, patient);
  return {
    async from(where) {
      const response = await fetch(`http://127.0.0.1:${port()}/${where}`);
      return (await response.json()) as Statuses;
    },
    close: () => child.stop(),
  };
}
