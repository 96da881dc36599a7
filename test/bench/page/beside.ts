import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { serveDatabases } from '@huismeester/testkit';
import { startHouse } from '../../spaces/e2e/house.ts';
import type { House } from '../../spaces/e2e/house-types.ts';
import { cutOnce, noHolds } from '../reaction.ts';
import { inMs, inSeconds, median, quantile, type Row } from '../row.ts';
import { openPages } from './open-pages.ts';

const pages = 25;
const cutsInBlock = 5;
const most = { answersP95Ms: 300, reactionRatio: 1.1 };
/** Longer than a poll of upsd, which would be favoured else. */
const restMs = 1_000;

/** A power cut with 25 pages open: how soon each answer comes, and how soon VMs are asked to go off; in turns with as many cuts that nobody looks at. */
export async function besidePages(rounds: number): Promise<Row> {
  const databases = await serveDatabases();
  const house = await startHouse({ database: 'postgres', broker: 'embedded', power: noHolds });
  try {
    const alone: number[] = [];
    const beside: number[] = [];
    const answers: number[] = [];
    // The first round, in which code runs for the first time, does not count. Each begins with the other kind.
    for (let round = 0; round <= rounds; round += 1) {
      const looked = async () => {
        const found = await besideOpen(house);
        if (round === 0) return;
        beside.push(...found.reactions);
        for (const took of found.answers) answers.push(took);
      };
      const unseen = async () => {
        const found = await block(house);
        if (round > 0) alone.push(...found);
      };
      for (const each of round % 2 === 0 ? [looked, unseen] : [unseen, looked]) await each();
    }
    return rowOf({ alone, beside, answers });
  } finally {
    await house.close();
    await databases.close();
  }
}

/** How long each reaction of a block took, ms. */
async function block(house: House): Promise<number[]> {
  const reactions: number[] = [];
  for (let cut = 0; cut < cutsInBlock; cut += 1) {
    await pause(restMs * (1 + Math.random()));
    const { at, requested } = await cutOnce(house);
    reactions.push(requested - at);
  }
  return reactions;
}

async function besideOpen(house: House): Promise<{ reactions: number[]; answers: readonly number[] }> {
  const open = await openPages(pages, join(dirname(house.settingsFile), 'hm.sock'));
  try {
    await pause(restMs);
    // What comes first, when all of them are opened at once, is no part of a cut.
    open.took();
    return { reactions: await block(house), answers: open.took() };
  } finally {
    await open.close();
  }
}

function rowOf({ alone, beside, answers }: Record<'alone' | 'beside' | 'answers', readonly number[]>): Row {
  const p95 = quantile(answers, 0.95);
  const ratio = median(beside) / median(alone);
  const shown = (took: readonly number[]) =>
    `median ${inSeconds(median(took))}, worst ${inSeconds(Math.max(...took))}`;
  return {
    what: `${pages} pages open through ${beside.length} power cuts, all holds 0 s, PostgreSQL, in blocks of ${cutsInBlock} in turns with as many that nobody looks at`,
    measured: `answers: p95 ${inMs(p95)}, median ${inMs(median(answers))}, ${answers.length.toLocaleString('en')} of them; upsd says OB → first shutdown request: ${shown(beside)} (${ratio.toFixed(2)} × the reference)`,
    target: `p95 < ${most.answersP95Ms} ms; reaction ≤ ${most.reactionRatio} × the reference`,
    met: p95 < most.answersP95Ms && ratio <= most.reactionRatio,
    reference: `no page open: ${shown(alone)}`,
  };
}
