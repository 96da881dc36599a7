import { lookup } from 'node:dns/promises';
import type { Clock } from '@huismeester/clock';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Resolves a name by the system's resolver, or rejects. */
export type LookUp = (host: string) => Promise<Address>;

/** With an address known, a name is looked up no more often than this, ms: each look-up takes one of libuv's four threads. */
const lookUpEveryMs = 30_000;

interface AddressOptions {
  readonly host: string;
  /** How long a look-up is waited for when an address is known, ms. */
  readonly waitMs: number;
  readonly clock: Clock;
  readonly lookUp?: LookUp | undefined;
}

/**
 * Finds the address of one agent. While its name cannot be resolved, or takes long, it is the last address known: a switch
 * is not away because DNS is. Rejects with the resolver's error when there has never been one.
 */
export function createAgentAddress({ host, waitMs, clock, lookUp = lookup }: AddressOptions) {
  let known: Address | undefined;
  let lookedUpMs = Number.NEGATIVE_INFINITY;
  let pending: Promise<Address> | undefined;
  const start = () => {
    lookedUpMs = clock.monotonicMs();
    return lookUp(host)
      .then((found) => {
        known = found;
        return found;
      })
      .finally(() => {
        pending = undefined;
      });
  };
  return async (): Promise<Address> => {
    const last = known;
    if (last && clock.monotonicMs() - lookedUpMs < lookUpEveryMs) return last;
    pending ??= start();
    if (!last) return pending;
    const overdue = Promise.withResolvers<Address>();
    const cancel = clock.after(waitMs, () => overdue.resolve(last));
    try {
      return await Promise.race([pending.catch(() => last), overdue.promise]);
    } finally {
      cancel();
    }
  };
}
