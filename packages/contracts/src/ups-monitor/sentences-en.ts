import { lengthOf, type SentencesOf } from '../wording.ts';
import type { events } from './events.ts';

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'ups.found': ({ ups, status }) => `there is contact with UPS ${ups} (${status || 'no status'})`,
  'ups.lost': ({ ups, contact, on_battery }) =>
    `contact with UPS ${ups} was lost (${contact}), last seen on ${on_battery ? 'battery' : 'mains'}`,
  'ups.stale': ({ ups, contact, on_battery }) =>
    `UPS ${ups} says nothing new (${contact}), last seen on ${on_battery ? 'battery' : 'mains'}`,
  'ups.on-battery': ({ ups, ...battery }) => `UPS ${ups} runs on its battery${holding(battery)}`,
  'ups.on-mains': ({ ups, lasted_s, ...battery }) =>
    `UPS ${ups} runs on mains${lasted_s === undefined ? '' : ` after ${lengthOf(lasted_s)}`}${holding(battery)}`,
  'ups.battery-reading': ({ ups, on_battery, low, ...battery }) =>
    `the battery of UPS ${ups}${on_battery ? ' is used' : ', on mains'}${low ? ', low' : ''}${holding(battery)}`,
  'ups.battery-low': ({ ups, ...battery }) => `the battery of UPS ${ups} is low${holding(battery)}`,
  'ups.forced-shutdown': ({ ups }) => `a forced shutdown was set at UPS ${ups}`,
  'ups.forced-shutdown-stuck': ({ ups }) =>
    `a forced shutdown stands at UPS ${ups}, and nothing follows from it`,
  'ups.forced-shutdown-cleared': ({ ups }) => `the forced shutdown at UPS ${ups} is gone`,
  'ups.battery-replaced': ({ ups }) => `UPS ${ups} asks for a new battery no more`,
  'ups.replace-battery': ({ ups }) => `UPS ${ups} asks for a new battery`,
  'ups.test-started': ({ ups }) => `UPS ${ups} tests itself`,
  'ups.test-ended': ({ ups }) => `the test of UPS ${ups} ended`,
};

function holding({ charge_pct, runtime_s }: { charge_pct?: number; runtime_s?: number }): string {
  const known = [
    ...(charge_pct === undefined ? [] : [`${Math.round(charge_pct)} %`]),
    ...(runtime_s === undefined ? [] : [`${lengthOf(runtime_s)} left`]),
  ];
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}
