import type { Clock } from '@huismeester/clock';

export type CounterName =
  | 'inOctets'
  | 'inUcastPkts'
  | 'inMulticastPkts'
  | 'inBroadcastPkts'
  | 'inDiscards'
  | 'inErrors'
  | 'outOctets'
  | 'outUcastPkts'
  | 'outMulticastPkts'
  | 'outBroadcastPkts'
  | 'outDiscards'
  | 'outErrors';

const names: readonly CounterName[] = [
  'inOctets',
  'inUcastPkts',
  'inMulticastPkts',
  'inBroadcastPkts',
  'inDiscards',
  'inErrors',
  'outOctets',
  'outUcastPkts',
  'outMulticastPkts',
  'outBroadcastPkts',
  'outDiscards',
  'outErrors',
];

export type Counts = Partial<Record<CounterName, number | bigint>>;

/** The counters of one port: whole numbers that grow with the clock while the port passes traffic, without a timer. */
export interface Counters {
  /** At `now`, ms of the clock's monotonic time. */
  read(name: CounterName, now: number): bigint;
  add(counts: Counts): void;
  set(counts: Counts): void;
  /** How much is added a second; what is left out stays. */
  setRates(perSecond: Partial<Record<CounterName, number>>): void;
  setFlowing(flowing: boolean): void;
  reset(): void;
}

interface Count {
  base: bigint;
  /** What the rate has added, less than 1. */
  fraction: number;
  perSecond: number;
}

export function createCounters(clock: Clock, flowing: boolean): Counters {
  const counts = Object.fromEntries(
    names.map((name) => [name, { base: 0n, fraction: 0, perSecond: 0 }]),
  ) as Record<CounterName, Count>;
  let flows = flowing;
  let since = clock.monotonicMs();
  const grown = ({ fraction, perSecond }: Count, now: number) =>
    flows ? fraction + (perSecond * (now - since)) / 1000 : fraction;
  /** Makes what has grown so far part of the base: before anything changes. */
  const advance = () => {
    const now = clock.monotonicMs();
    for (const name of names) {
      const count = counts[name];
      const total = grown(count, now);
      const whole = Math.floor(total);
      count.base += BigInt(whole);
      count.fraction = total - whole;
    }
    since = now;
  };
  const change = (given: Counts, next: (count: Count, value: bigint) => bigint) => {
    advance();
    for (const name of names) {
      const value = given[name];
      if (value !== undefined) counts[name].base = next(counts[name], BigInt(value));
    }
  };
  return {
    read: (name, now) => counts[name].base + BigInt(Math.floor(grown(counts[name], now))),
    add: (given) => change(given, (count, value) => count.base + value),
    set: (given) => change(given, (_, value) => value),
    setRates(perSecond) {
      advance();
      for (const name of names) counts[name].perSecond = perSecond[name] ?? counts[name].perSecond;
    },
    setFlowing(next) {
      if (next === flows) return;
      advance();
      flows = next;
    },
    reset() {
      advance();
      for (const name of names) Object.assign(counts[name], { base: 0n, fraction: 0 });
    },
  };
}
