import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '@huismeester/testkit';
import { inMs, inSeconds, median, type Row } from '../row.ts';
import type { MembershipAway } from './membership-away.ts';
import type { ReadTimes } from './read-times.ts';

const program = fileURLToPath(new URL('read-process.ts', import.meta.url));
const patient = { timeoutMs: 120_000 };

interface Read {
  readonly ours: readonly ReadTimes[];
  readonly theirs: readonly ReadTimes[];
}

/** The read of a directory alone, and the look of membership at it, from which nothing changed. */
export async function readRow(directory: object, membership: MembershipAway, rounds: number): Promise<Row> {
  const looks = await looksOf(membership, rounds);
  const { ours, theirs } = await reads(directory, rounds);
  const [first] = ours;
  const [wall, cpu] = middle(ours);
  const [otherWall, otherCpu] = middle(theirs);
  const [look, lookCpu] = middle(looks);
  return {
    what: `a full read of 5,000 people and 50 groups of 200 within one, slapd on loopback without TLS, median of ${rounds}`,
    measured: `${inSeconds(wall)}, ${inSeconds(cpu)} of CPU; the first of a process ${inSeconds(first?.wallMs ?? Number.NaN)}; with what membership does with it, which changes nothing, ${inSeconds(look)}, ${inSeconds(lookCpu)} of CPU`,
    target: '≤ 0.5 s, ≤ 0.2 s of CPU',
    met: wall <= 500 && cpu <= 200,
    reference: `two paged searches for the same with ldapts' Client, unchecked: ${inSeconds(otherWall)}, ${inMs(otherCpu)} of CPU`,
  };
}

function middle(times: readonly ReadTimes[]): [wallMs: number, cpuMs: number] {
  return [median(times.map(({ wallMs }) => wallMs)), median(times.map(({ cpuMs }) => cpuMs))];
}

async function looksOf(membership: MembershipAway, rounds: number): Promise<ReadTimes[]> {
  const looks: ReadTimes[] = [];
  for (let round = 0; round < rounds; round += 1) looks.push(await membership.look());
  return looks;
}

async function reads(directory: object, rounds: number): Promise<Read> {
  const settings = {
    site: { id: 'bench', name: 'Bench' },
    // Settings have these; the reads need neither.
    broker: { embedded: { port: 0 } },
    database: { url: 'postgres://127.0.0.1/none' },
    secrets: { key: 'k'.repeat(32) },
    directory,
  };
  const child = await startChild({
    name: 'the reads of a directory',
    command: process.execPath,
    args: [program],
    env: { BENCH_SETTINGS: JSON.stringify(settings), BENCH_ROUNDS: String(rounds) },
  });
  try {
    await child.ready('it has read', () => found(child) !== undefined, patient);
    return JSON.parse(found(child) ?? '');
  } finally {
    await child.stop();
  }
}

function found(child: Child): string | undefined {
  return /^read (.*)$/m.exec(child.output())?.[1];
}
