import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Clock, pause } from '@huismeester/clock';

/** All addresses of a name, by the system's resolver; rejects if there are none. */
export type LookUp = (name: string) => Promise<readonly string[]>;

/** Each look-up takes one of libuv's four threads, and files and other names need some, too. */
const lookUpsAtOnce = 2;
/** While one hangs its thread is gone; with so many in flight no other one is begun. */
const mostInFlight = 3;
/** How long one is waited for, ms, before the next name has its turn. */
const waitMs = 15_000;

export interface HostAddresses {
  /** The addresses of a name or an address, as they were when it was last resolved; none if it never was. */
  of(host: string): readonly string[];
  /** Resolves all names anew, and ends at the latest when the signal aborts. Whether all of them were resolved. */
  refresh(): Promise<boolean>;
}

interface HostAddressesOptions {
  readonly hosts: readonly string[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** A name has other addresses than before. */
  readonly changed: () => void;
  /** The system's if left out. */
  readonly lookUp?: LookUp | undefined;
}

/** The addresses of hosts, of which some may be names; a name that is not resolved at the moment keeps those that it had. */
export function createHostAddresses(options: HostAddressesOptions): HostAddresses {
  const { hosts, clock, signal, changed, lookUp = allAddresses } = options;
  const names = [...new Set(hosts)].filter((host) => isIP(host) === 0);
  const known = new Map<string, readonly string[]>();
  const inFlight = new Set<string>();

  async function resolve(name: string): Promise<boolean> {
    inFlight.add(name);
    try {
      const found = [...(await lookUp(name))].sort((one, other) => one.localeCompare(other));
      if (found.join() !== known.get(name)?.join()) {
        known.set(name, found);
        changed();
      }
      return true;
    } catch {
      return false;
    } finally {
      inFlight.delete(name);
    }
  }

  return {
    of: (host) => known.get(host) ?? (isIP(host) === 0 ? [] : [host]),
    async refresh() {
      const waiting = names
        .filter((name) => !inFlight.has(name))
        .sort((one, other) => Number(known.has(one)) - Number(known.has(other)));
      let unresolved = names.length;
      const inTurn = async () => {
        while (!signal.aborted && inFlight.size < mostInFlight) {
          const name = waiting.shift();
          if (name === undefined) return;
          if (await inTime(resolve(name), clock, signal)) unresolved -= 1;
        }
      };
      await Promise.all(Array.from({ length: lookUpsAtOnce }, inTurn));
      return unresolved === 0;
    },
  };
}

/** Its result, or false when it takes too long. */
async function inTime(work: Promise<boolean>, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const ended = new AbortController();
  const overdue = pause(clock, waitMs, AbortSignal.any([ended.signal, signal])).then(() => false);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    ended.abort();
  }
}

async function allAddresses(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
