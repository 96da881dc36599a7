import type { SentencesOf } from '../wording.ts';
import { contacts, duur } from '../wording-nl.ts';
import type { events } from './events.ts';

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'ups.found': ({ ups, status }) => `er is contact met UPS ${ups} (${status || 'geen status'})`,
  'ups.lost': ({ ups, contact, on_battery }) =>
    `het contact met UPS ${ups} is weg (${contacts[contact]}), het laatst gezien op ${source(on_battery)}`,
  'ups.stale': ({ ups, contact, on_battery }) =>
    `UPS ${ups} meldt niets nieuws (${contacts[contact]}), het laatst gezien op ${source(on_battery)}`,
  'ups.on-battery': ({ ups, ...battery }) => `UPS ${ups} draait op zijn accu${holding(battery)}`,
  'ups.on-mains': ({ ups, lasted_s, ...battery }) =>
    `UPS ${ups} draait ${lasted_s === undefined ? 'op netstroom' : `weer op netstroom, na ${duur(lasted_s)}`}${holding(battery)}`,
  'ups.battery-reading': ({ ups, on_battery, low, ...battery }) =>
    `de accu van UPS ${ups}${on_battery ? ' wordt gebruikt' : ', op netstroom'}${low ? ', bijna leeg' : ''}${holding(battery)}`,
  'ups.battery-low': ({ ups, ...battery }) => `de accu van UPS ${ups} is bijna leeg${holding(battery)}`,
  'ups.forced-shutdown': ({ ups }) => `bij UPS ${ups} is een gedwongen afsluiting (FSD) gezet`,
  'ups.forced-shutdown-stuck': ({ ups }) =>
    `bij UPS ${ups} staat een gedwongen afsluiting (FSD), en daar volgt niets uit`,
  'ups.forced-shutdown-cleared': ({ ups }) => `de gedwongen afsluiting (FSD) bij UPS ${ups} is weg`,
  'ups.battery-replaced': ({ ups }) => `UPS ${ups} vraagt niet meer om een nieuwe accu`,
  'ups.replace-battery': ({ ups }) => `UPS ${ups} vraagt om een nieuwe accu`,
  'ups.test-started': ({ ups }) => `UPS ${ups} test zichzelf`,
  'ups.test-ended': ({ ups }) => `de test van UPS ${ups} is klaar`,
};

function source(onBattery: boolean): string {
  return onBattery ? 'de accu' : 'netstroom';
}

function holding({ charge_pct, runtime_s }: { charge_pct?: number; runtime_s?: number }): string {
  const known = [
    ...(charge_pct === undefined ? [] : [`${Math.round(charge_pct)} %`]),
    ...(runtime_s === undefined ? [] : [`nog ${duur(runtime_s)}`]),
  ];
  return known.length === 0 ? '' : `: ${known.join(', ')}`;
}
