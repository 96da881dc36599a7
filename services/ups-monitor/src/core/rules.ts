import { type Draft, type Rule, withEvent } from './draft.ts';
import { forcedHolds, forcedRule } from './forced.ts';
import { known } from './known.ts';
import type { Moment } from './observation.ts';
import { beginOutage, reportLow, reportMains } from './outage.ts';
import { readingRule } from './readings.ts';
import { isTesting } from './watch.ts';

const foundRule: Rule = (draft) => {
  const { state, watch } = draft;
  if (state.contact === 'ok') return draft;
  const { manufacturer, model } = watch.variables ?? {};
  const status = [...watch.tokens].join(' ');
  const data = { ups: state.id, after: state.contact, status, ...known({ manufacturer, model }) };
  return withEvent(draft, { type: 'ups.found', data });
};

const testRule: Rule = (draft, now) => {
  const { state, watch } = draft;
  const testing = isTesting(watch, now);
  if (testing === state.testing) return draft;
  return withEvent(draft, { type: testing ? 'ups.test-started' : 'ups.test-ended', data: { ups: state.id } });
};

const mainsRule: Rule = (draft, now) => {
  const { sight, cutMs } = draft.watch;
  if (!sight?.confirmed || sight.mains === draft.state.mains || forcedHolds(draft)) return draft;
  if (sight.mains === 'on-battery') {
    return contradictsItself(draft) ? draft : beginOutage(draft, sight.first);
  }
  // OL may have stood there all through a forced shutdown; the cut ends when that does.
  return reportMains(draft, cutMs !== undefined && sight.first.ms <= cutMs ? now : sight.first);
};

const lowRule: Rule = (draft, now) => (isLow(draft, now) ? reportLow(draft) : draft);

/** RB is reported at its first sight; that it is gone only when it stays away, since a self-test may clear it for a moment. */
const batteryRule: Rule = (draft, now, timing) => {
  const { state, watch } = draft;
  const { replacedMs = now.ms, ...kept } = watch;
  const asks = watch.tokens.has('RB');
  const data = { ups: state.id };
  if (asks === state.replaceBattery) return { ...draft, watch: kept };
  if (asks) return withEvent({ ...draft, watch: kept }, { type: 'ups.replace-battery', data });
  if (watch.tokens.size === 0) return draft;
  const seen: Draft = { ...draft, watch: { ...kept, replacedMs } };
  return now.ms - replacedMs >= timing.awayMs
    ? withEvent(seen, { type: 'ups.battery-replaced', data })
    : seen;
};

/** In the order of the events of one look: each rule sees the draft after those before it. */
export const rules: readonly Rule[] = [
  foundRule,
  testRule,
  forcedRule,
  mainsRule,
  lowRule,
  batteryRule,
  (draft, now) => readingRule(draft, isLow(draft, now), now),
];

/** LB together with OB, and not by choice; a forced shutdown counts as both. */
function isLow(draft: Draft, now: Moment): boolean {
  const { state, watch } = draft;
  if (state.mains !== 'on-battery') return false;
  if (forcedHolds(draft)) return true;
  return watch.tokens.has('LB') && watch.tokens.has('OB') && !isTesting(watch, now);
}

/**
 * Drivers of devices that they half know have OB from the first look on, beside a healthy input and a battery that is not
 * discharged. It is believed once the charge falls; an OB that comes after OL is never doubted, since the voltage may be
 * up to half a minute older than the status.
 */
function contradictsItself({ state, watch }: Draft): boolean {
  const { input_v, transfer, charge_pct } = watch.variables ?? {};
  if (state.mains !== 'unknown' || watch.tokens.has('DISCHRG')) return false;
  if (input_v === undefined || transfer === undefined) return false;
  const fell = charge_pct !== undefined && charge_pct < (watch.firstCharge_pct ?? charge_pct);
  return !fell && input_v > transfer.low_v && input_v < transfer.high_v;
}
