import { type EventData, phrase } from '@huismeester/contracts';
import type { OutageNow } from './decide.ts';
import type { Outage, StageVerdict } from './stage.ts';

/** What is to be said of an outage that changed, and how it is remembered; nothing while it stands as it stood. */
export interface OutageChange {
  readonly ups: string;
  /** Undefined: the outage is over. */
  readonly outage: Outage | undefined;
  readonly events: readonly OutageEvent[];
}

export type OutageEvent = {
  [T in 'outage.began' | 'outage.stage-entered' | 'outage.ended']: {
    readonly type: T;
    readonly data: EventData<T>;
  };
}['outage.began' | 'outage.stage-entered' | 'outage.ended'];

/** The change from how an outage stood to how it stands now; undefined when there is none. */
export function outageChange({ feed, before, verdict }: OutageNow): OutageChange | undefined {
  const { ups } = feed;
  if (verdict.stage === 'mains') {
    if (!before) return undefined;
    const lasted_s = Math.max(0, before.lengthMs ?? feed.since - before.since) / 1000;
    return { ups, outage: undefined, events: [{ type: 'outage.ended', data: { ups, lasted_s } }] };
  }
  const sameSpell = before?.spellSince === feed.since;
  if (before && sameSpell && before.stage === verdict.stage) return undefined;
  const since = before?.since ?? feed.since;
  const outage: Outage = {
    ups,
    since,
    stage: verdict.stage,
    spellSince: feed.since,
    reasons: verdict.reasons,
    correlationid: before?.correlationid || (feed.evidence[0]?.correlationid ?? ''),
    ...(feed.mains === 'on-mains' && { lengthMs: feed.since - since }),
  };
  const began: OutageEvent[] = before
    ? []
    : [{ type: 'outage.began', data: { ups, since: new Date(since).toISOString() } }];
  const entered: OutageEvent[] =
    before?.stage === verdict.stage
      ? []
      : [{ type: 'outage.stage-entered', data: { ups, stage: verdict.stage, ...said(verdict.reasons) } }];
  return { ups, outage, events: [...began, ...entered] };
}

function said(reasons: StageVerdict['reasons']) {
  return { because: phrase(reasons, 'en'), reasons: [...reasons] };
}
