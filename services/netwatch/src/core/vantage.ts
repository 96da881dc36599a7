import type { Now } from './moment.ts';
import type { Signal } from './world.ts';

/** Our place in the network is lost when no other machine has answered for so long. */
const silentMs = 10_000;

/** One look at other machines, as far as our own place in the network is concerned. */
export interface Asked {
  /** At least one. */
  readonly hosts: readonly string[];
  readonly gateway: boolean;
  /** Whether it answered at all, be it with a refusal. */
  readonly answered: boolean;
  readonly began: Now;
}

/** What one process has seen of whether other machines answer. */
export interface VantageWatch {
  /** When the newest look began that was answered, monotonic ms. */
  readonly answeredMs?: number;
  /** The hosts that were asked and did not answer since then, and when the first of those looks began. */
  readonly silent: ReadonlySet<string>;
  readonly silentSince?: Now;
  readonly gatewaySilent: boolean;
  readonly lost: boolean;
}

export const newVantageWatch: VantageWatch = { silent: new Set(), gatewaySilent: false, lost: false };

/**
 * What a look at another machine means for our own place. At least two must have been asked, the gateway among them: without one
 * nothing is concluded, since a service that is the only one watched may be down by itself.
 */
export function lookAround(
  before: VantageWatch,
  asked: Asked,
  now: Now,
): { readonly watch: VantageWatch; readonly signals: readonly Signal[] } {
  const { hosts, gateway, answered, began } = asked;
  if (answered) {
    const answeredMs = Math.max(before.answeredMs ?? 0, began.ms);
    const watch = { ...newVantageWatch, answeredMs };
    return { watch, signals: before.lost ? [{ kind: 'vantage-regained', at: began }] : [] };
  }
  // It began before another was answered: by then the network was well.
  if (before.answeredMs !== undefined && began.ms < before.answeredMs) return { watch: before, signals: [] };
  const watch: VantageWatch = {
    ...before,
    silent: hosts.every((host) => before.silent.has(host))
      ? before.silent
      : new Set([...before.silent, ...hosts]),
    silentSince: before.silentSince && before.silentSince.ms <= began.ms ? before.silentSince : began,
    gatewaySilent: before.gatewaySilent || gateway,
  };
  const { silentSince = began, silent, gatewaySilent } = watch;
  const isLost = gatewaySilent && silent.size >= 2 && now.ms - silentSince.ms >= silentMs;
  if (!isLost || before.lost) return { watch, signals: [] };
  const signal: Signal = { kind: 'vantage-lost', since: silentSince, asked: silent.size };
  return { watch: { ...watch, lost: true }, signals: [signal] };
}
