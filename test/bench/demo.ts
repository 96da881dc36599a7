import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild, tempDir } from '@huismeester/testkit';
import { residentMb } from './memory.ts';
import { isReady } from './ready.ts';
import { inSeconds, median, type Row } from './row.ts';

const main = fileURLToPath(new URL('../../deploy/standalone/src/main.ts', import.meta.url));
const reference = fileURLToPath(new URL('pglite-alone.ts', import.meta.url));
/** How long the demo is left alone before its memory is read: garbage of the start is gone by then. */
const idleMs = 20_000;

interface Run {
  readonly readyMs: number;
  readonly mb: number;
}

/** How soon the demo space answers «ready» from nothing, and what it holds when idle, beside PGlite all alone. */
export async function demo(rounds: number): Promise<Row> {
  const ours: Run[] = [];
  const alone: Run[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await startOnce(main, 'Huismeester runs a DEMO', isReady));
    alone.push(await startOnce(reference, 'open', async () => true));
  }
  const [ready, mb] = [median(ours.map((run) => run.readyMs)), median(ours.map((run) => run.mb))];
  const [openMs, aloneMb] = [median(alone.map((run) => run.readyMs)), median(alone.map((run) => run.mb))];
  return {
    what: `standalone demo from nothing, median of ${rounds} starts`,
    measured: `ready after ${inSeconds(ready)}, ${Math.round(mb)} MB resident when idle`,
    target: '≤ 5 s, ≤ 600 MB',
    met: ready <= 5000 && mb <= 600,
    reference: `a process that only opens PGlite on an empty folder: ${inSeconds(openMs)}, ${Math.round(aloneMb)} MB`,
  };
}

async function startOnce(
  script: string,
  printed: string,
  ready: (socketPath: string) => Promise<boolean>,
): Promise<Run> {
  const dir = await tempDir('bench');
  const began = performance.now();
  const child = await startChild({ name: script, command: process.execPath, args: [script], cwd: dir.path });
  try {
    await child.ready(
      `prints «${printed}»`,
      async () => child.output().includes(printed) && (await ready(`${dir.path}/var/huismeester.sock`)),
      { timeoutMs: 60_000 },
    );
    const readyMs = performance.now() - began;
    await pause(idleMs);
    return { readyMs, mb: await residentMb(child.pid) };
  } finally {
    await child.stop({ graceMs: 10_000 });
    await dir.remove();
  }
}
