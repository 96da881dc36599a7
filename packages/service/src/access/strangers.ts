import { Problem } from '../http/problem.ts';

/** So many tokens that do not exist may one address show within the time below; then none of its tokens is looked up. */
const mostUnknown = 30;
const windowMs = 10_000;
const mostAddresses = 10_000;

/** Counts the tokens that do not exist, by the address that showed them. */
export interface Strangers {
  /** Throws a Problem (429) when too many came from there of late. */
  check(address: string): void;
  /** One more came from there. */
  count(address: string): void;
}

export function createStrangers(now: () => number): Strangers {
  const seen = new Map<string, { unknown: number; until: number }>();
  const of = (address: string) => {
    const found = seen.get(networkOf(address));
    return found && found.until > now() ? found : undefined;
  };
  return {
    check(address) {
      if ((of(address)?.unknown ?? 0) < mostUnknown) return;
      const detail = `${mostUnknown} tokens from ${address} did not exist; wait ${windowMs / 1000} s`;
      throw new Problem(429, 'too-many-unknown-tokens', 'Too many tokens that do not exist', { detail });
    },
    count(address) {
      if (seen.size >= mostAddresses) seen.clear();
      const { unknown, until } = of(address) ?? { unknown: 0, until: now() + windowMs };
      seen.set(networkOf(address), { unknown: unknown + 1, until });
    },
  };
}

/** What counts as one address: of IPv6 whoever has one has the 2^64 beside it. */
export function networkOf(address: string): string {
  if (address.includes('.')) return address;
  const [front = [], back = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back].slice(0, 4).join(':');
}
