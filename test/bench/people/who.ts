import { setTimeout as pause } from 'node:timers/promises';
import { inMs, median, quantile, type Row } from '../row.ts';
import { msOf } from './login.ts';
import type { MembershipAway } from './membership-away.ts';

/** In which code runs for the first time. */
const warmingUp = 2_000;
/** Sessions are looked up at most once in 50 ms: whoever does not want to wait for that comes later. */
const betweenLooksMs = 60;
const looks = 50;

/** What it takes to find out who makes a request: a route with a session, beside the same for anyone, in turns. */
export async function whoRow(
  membership: MembershipAway,
  sessions: readonly string[],
  count: number,
): Promise<Row> {
  const identified = (token: string) => msOf(() => membership.ask('/bench/identified', { token }));
  const anyone = () => msOf(() => membership.ask('/bench/anyone'));
  const unseen: number[] = [];
  const [known = '', ...others] = sessions;
  for (const token of others.slice(0, looks)) {
    await pause(betweenLooksMs);
    unseen.push(await identified(token));
  }
  const [withOne, without]: [number[], number[]] = [[], []];
  for (let index = 0; index < warmingUp + count; index += 1) {
    withOne.push(await identified(known));
    without.push(await anyone());
  }
  const [asked, bare] = [withOne.slice(warmingUp), without.slice(warmingUp)];
  const over = median(asked) - median(bare);
  const overMean = mean(asked) - mean(bare);
  return {
    what: `who makes a request with a session, ${count.toLocaleString('en')} requests over one connection, beside those for anyone`,
    measured: `median ${inUs(over)}, mean ${inUs(overMean)} over the reference; p99 of the requests ${inMs(quantile(asked, 0.99))}; the first request of a session, which is looked up, median ${inMs(median(unseen))}`,
    target: 'median ≤ 0.1 ms over the reference',
    met: over <= 0.1,
    reference: `the same request for anyone: median ${inUs(median(bare))}, p99 ${inMs(quantile(bare, 0.99))}`,
  };
}

function mean(samples: readonly number[]): number {
  return samples.reduce((sum, each) => sum + each, 0) / samples.length;
}

const inUs = (ms: number): string => `${Math.round(ms * 1000)} µs`;
