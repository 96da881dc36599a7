import { phrase, type Reason } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import { type Feed, unknownFeed } from '../../facts/ups.ts';
import type { RuleEvent } from '../define.ts';
import type { PolicySettings } from '../settings.ts';
import type { StageVerdict } from './stage.ts';
import { type Memory, type Outage, outagesOf } from './state.ts';

/** How one UPS's power cut is now, beside how it was at the look before. */
export interface OutageNow {
  readonly feed: Feed;
  readonly before: Outage | undefined;
  readonly verdict: StageVerdict;
}

/** What is reported of an outage that changed, and how it is remembered. */
export interface OutageChange {
  /** Undefined: the outage is over. */
  readonly outage: Outage | undefined;
  readonly events: readonly RuleEvent[];
}

/** The change from how an outage was to how it is now; undefined when there is none. */
export function outageChange({ feed, before, verdict }: OutageNow): OutageChange | undefined {
  const { ups } = feed;
  if (verdict.stage === 'mains') {
    if (!before) return undefined;
    const lasted_s = Math.max(0, feed.since - before.since) / 1000;
    return { outage: undefined, events: [event('outage.ended', feed, before, { ups, lasted_s })] };
  }
  if (before?.spellAt === feed.since && before.stage === verdict.stage) return undefined;
  const since = before?.since ?? feed.since;
  const outage: Outage = {
    kind: 'outage',
    ups,
    since,
    stage: verdict.stage,
    spellAt: feed.since,
    reasons: [...verdict.reasons],
    correlationid: before?.correlationid || (feed.evidence[0]?.correlationid ?? ''),
  };
  const began = before
    ? []
    : [event('outage.began', feed, outage, { ups, since: new Date(since).toISOString() })];
  const stage = { ups, stage: verdict.stage, ...said(verdict.reasons) };
  const entered = before?.stage === verdict.stage ? [] : [event('outage.stage-entered', feed, outage, stage)];
  return { outage, events: [...began, ...entered] };
}

/** The power cuts of UPSes that left the settings: nobody will ever say that mains is back there. */
export function leftOutages(
  memory: Memory,
  { ups }: Pick<Facts, 'ups'>,
  settings: PolicySettings,
  now: number,
): { readonly row: string; readonly event: RuleEvent }[] {
  const left = [...outagesOf(memory).values()].filter((outage) => !settings.ups.includes(outage.ups));
  return left.map((outage) => {
    const until = outage.stage === 'recovering' ? outage.spellAt : now;
    const lasted_s = Math.max(0, until - outage.since) / 1000;
    const feed = ups.get(outage.ups) ?? unknownFeed(outage.ups);
    return {
      row: `ups/${outage.ups}`,
      event: event('outage.ended', feed, outage, { ups: outage.ups, lasted_s }),
    };
  });
}

function said(reasons: readonly Reason[]) {
  return { because: phrase(reasons, 'en'), reasons: [...reasons] };
}

type OutageEvent = Extract<RuleEvent, { type: `outage.${string}` }>;

function event<T extends OutageEvent['type']>(
  type: T,
  { ups, evidence }: Feed,
  { correlationid }: Outage,
  data: Extract<OutageEvent, { type: T }>['data'],
): RuleEvent {
  const newest = evidence.at(-1);
  const chain = correlationid || evidence[0]?.correlationid;
  const cause = newest && chain ? { cause: { id: newest.id, correlationid: chain } } : {};
  return { type, subject: `outage/${ups}`, data, ...cause } as RuleEvent;
}
