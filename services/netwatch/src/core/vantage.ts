import type { Now } from './moment.ts';
import type { Signal } from './world.ts';

/** Our place in the network is lost when no other machine has answered for so long. */
const silentMs = 10_000;
/** What answered last is asked again when nothing has answered for so long: its own next look may be far off. */
const askAgainMs = 4_000;
/** It has so long to answer then: a usual deadline. One that may take longer is not waited for. */
const answerMs = 5_000;

/** One look at other machines, as far as our own place in the network is concerned. */
export interface Asked {
  /** The probe or switch that was looked at. */
  readonly thing: string;
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
  /** The things whose last look was answered. */
  readonly answering: ReadonlySet<string>;
  /** When these were asked again, since nothing answers any more, monotonic ms. */
  readonly askedAgainMs?: number;
  readonly lost: boolean;
}

export const newVantageWatch: VantageWatch = {
  silent: new Set(),
  gatewaySilent: false,
  answering: new Set(),
  lost: false,
};

export interface VantageStep {
  readonly watch: VantageWatch;
  readonly signals: readonly Signal[];
  /** To be looked at at once. */
  readonly lookAt: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/**
 * What a look at another machine means for our own place. At least two must have been asked, the gateway among them: without one
 * nothing is concluded, since a service that is the only one watched may be down by itself. Nor is it before what answered at its
 * last look was asked again: when the gateway and a service behind it fail, the others may just not have been looked at for 10 s.
 */
export function lookAround(before: VantageWatch, asked: Asked, now: Now): VantageStep {
  const { thing, answered, began } = asked;
  if (answered) {
    const answeredMs = Math.max(before.answeredMs ?? 0, began.ms);
    const watch = { ...newVantageWatch, answeredMs, answering: withMember(before.answering, thing) };
    const signals: Signal[] = before.lost ? [{ kind: 'vantage-regained', at: began }] : [];
    return { watch, signals, lookAt: none };
  }
  const answering = withoutMember(before.answering, thing);
  // It began before another was answered: by then the network was well.
  if (before.answeredMs !== undefined && began.ms < before.answeredMs) {
    return { watch: { ...before, answering }, signals: [], lookAt: none };
  }
  return judgeSilence({ ...before, answering }, asked, now);
}

function judgeSilence(before: VantageWatch, { hosts, gateway, began }: Asked, now: Now): VantageStep {
  const silence: VantageWatch = {
    ...before,
    silent: hosts.every((host) => before.silent.has(host))
      ? before.silent
      : new Set([...before.silent, ...hosts]),
    silentSince: before.silentSince && before.silentSince.ms <= began.ms ? before.silentSince : began,
    gatewaySilent: before.gatewaySilent || gateway,
  };
  const { silentSince = began, silent, gatewaySilent, answering, lost, askedAgainMs } = silence;
  const lastsMs = now.ms - silentSince.ms;
  if (lost || lastsMs < askAgainMs) return { watch: silence, signals: [], lookAt: none };
  if (askedAgainMs === undefined && answering.size > 0) {
    return { watch: { ...silence, askedAgainMs: now.ms }, signals: [], lookAt: answering };
  }
  const isAsked = answering.size === 0 || now.ms - (askedAgainMs ?? now.ms) >= answerMs;
  const isLost = gatewaySilent && silent.size >= 2 && lastsMs >= silentMs && isAsked;
  if (!isLost) return { watch: silence, signals: [], lookAt: none };
  const signal: Signal = { kind: 'vantage-lost', since: silentSince, asked: silent.size };
  return { watch: { ...silence, lost: true }, signals: [signal], lookAt: none };
}

function withMember(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return set.has(member) ? set : new Set([...set, member]);
}

function withoutMember(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return set.has(member) ? new Set([...set].filter((each) => each !== member)) : set;
}
