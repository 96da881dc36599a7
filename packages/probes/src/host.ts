import { isIP } from 'node:net';
import { type Clock, pause } from '@huismeester/clock';
import { milliseconds } from '@huismeester/contracts';
import { type AttemptAround, lookOf, runAttempt, type Work } from './attempt.ts';
import { untilAborted, withDeadline } from './deadline.ts';
import type { Look, Probe, ProbeAround } from './look.ts';
import { firstGood, overFamilies } from './merge.ts';
import { type Address, createResolveName, type ResolveName } from './names.ts';
import { hasFamily, isLoopback } from './own-addresses.ts';

/** Of one name no more are tried than so many of each family. */
const mostAddresses = 4;
const bySystem = createResolveName();

/**
 * A probe that tries a host in both address families at the same time, and in each family all its addresses, of which one must
 * be good. `host` is a name or an address, without brackets.
 */
export function hostProbe(
  host: string,
  { deadline }: { deadline: string },
  { clock, resolveName = bySystem, ...around }: ProbeAround,
  work: Work,
): Probe {
  const deadlineMs = milliseconds(deadline);
  return (signal) =>
    withDeadline({ clock, signal, deadline, deadlineMs }, async (signal) => {
      let addresses: readonly Address[];
      try {
        addresses = await addressesOf(host, { resolveName, clock, signal, withinMs: deadlineMs / 2 });
      } catch (error) {
        return lookOf(error);
      }
      const families = await Promise.all(
        familiesOf(addresses).map(async ([family, each]) => ({
          family,
          look: await tryAll(each, work, { ...around, clock, signal }),
        })),
      );
      return overFamilies(families);
    });
}

/** Names have half of the deadline, so that an answer for one family is of use though that for the other does not come. */
async function addressesOf(
  host: string,
  { resolveName, clock, signal, withinMs }: Resolving,
): Promise<readonly Address[]> {
  const family = isIP(host);
  if (family === 4 || family === 6) return [{ address: host, family }];
  const over = new AbortController();
  const ended = new AbortController();
  const timer = pause(clock, withinMs, ended.signal).then(() => over.abort());
  try {
    return await untilAborted(signal, () => resolveName(host, AbortSignal.any([signal, over.signal])));
  } finally {
    ended.abort();
    await timer;
  }
}

interface Resolving {
  readonly resolveName: ResolveName;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly withinMs: number;
}

/**
 * The families to try. One in which this machine has no address but loopback and link-local ones is left out, unless it is the
 * only one: that the service cannot be reached so is not the service's fault.
 */
function familiesOf(addresses: readonly Address[]): [4 | 6, Address[]][] {
  const both = ([4, 6] as const)
    .map((family): [4 | 6, Address[]] => [family, addresses.filter((each) => each.family === family)])
    .filter(([, each]) => each.length > 0);
  const usable = both.filter(
    ([family, each]) => hasFamily(family) || each.some((one) => isLoopback(one.address)),
  );
  return usable.length > 0 ? usable : both;
}

/** All at once; when one is good the others are ended. */
async function tryAll(addresses: readonly Address[], work: Work, around: AttemptAround): Promise<Look> {
  const enough = new AbortController();
  const either = AbortSignal.any([around.signal, enough.signal]);
  const tries = addresses
    .slice(0, mostAddresses)
    .map((address) => runAttempt(address, work, { ...around, signal: either }));
  return firstGood(tries, () => enough.abort(new DOMException('another address was good', 'AbortError')));
}
