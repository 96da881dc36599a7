import { decimal, type SentencesOf } from '../wording.ts';
import { certificateFaults, duur, lookReasons as reasons, thingStates as states } from '../wording-nl.ts';
import type { events } from './events.ts';
import type { Member } from './things.ts';

export const defects = {
  slow: 'antwoordt traag',
  'one-family': 'antwoordt maar over een van IPv4 en IPv6',
  command: 'werkt maar deels, volgens het controleprogramma',
  certificate: 'heeft een ongeldig certificaat',
  'few-targets': 'antwoordt bij minder dan de helft van de doelen',
} as const;

const after = (lasted_s?: number, approximate?: boolean) =>
  lasted_s === undefined ? '' : ` na ${approximate ? 'ongeveer ' : ''}${duur(lasted_s)}`;
const why = (reason: keyof typeof reasons, detail?: string) =>
  detail === undefined ? reasons[reason] : `${reasons[reason]}, ${detail}`;
const because = (root: string, members: readonly Member[]) => {
  const others = members
    .filter(({ thing }) => thing !== root)
    .map(({ thing, state }) => `${thing} (${states[state]})`);
  return others.length === 0 ? root : `${root}, met ${others.join(', ')}`;
};

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'probe.down': ({ probe, reason, detail }) => `dienst ${probe} doet het niet (${why(reason, detail)})`,
  'probe.up': ({ probe, lasted_s, approximate }) => `dienst ${probe} doet het${after(lasted_s, approximate)}`,
  'probe.degraded': ({ probe, defect, median_ms }) =>
    `dienst ${probe} ${defects[defect]}${median_ms === undefined ? '' : `: ${Math.round(median_ms)} ms`}`,
  'probe.recovered': ({ probe, lasted_s, approximate }) =>
    `dienst ${probe} doet het weer goed${after(lasted_s, approximate)}`,
  'probe.flapping': ({ probe, changes, within_s }) =>
    `dienst ${probe} gaat steeds aan en uit: ${changes} keer in ${duur(within_s)}`,
  'probe.stable': ({ probe, state }) => `dienst ${probe} is weer stabiel (${states[state]})`,
  'certificate.expiring': ({ probe, left_d, until }, at) =>
    `het certificaat van dienst ${probe} verloopt over ${Math.floor(left_d)} dagen, ${at(until)}`,
  'certificate.invalid': ({ probe, fault }) =>
    `het certificaat van dienst ${probe} klopt niet: ${certificateFaults[fault]}`,
  'certificate.renewed': ({ probe, until }, at) =>
    `het certificaat van dienst ${probe} is vernieuwd, tot ${at(until)}`,
  'vantage.lost': ({ asked }) =>
    `geen enkele andere machine geeft nog antwoord (${asked} gevraagd): alles is onbekend`,
  'vantage.regained': ({ lasted_s, approximate }) =>
    `er antwoordt weer een andere machine${after(lasted_s, approximate)}`,
  'incident.opened': ({ incident, root, members }) => `incident ${incident} begon: ${because(root, members)}`,
  'incident.changed': ({ incident, root, members }) =>
    `incident ${incident} is nu: ${because(root, members)}`,
  'incident.reopened': ({ incident, root, members }) =>
    `incident ${incident} begon opnieuw: ${because(root, members)}`,
  'incident.closed': ({ incident, root, lasted_s, approximate, merged_into }) =>
    merged_into === undefined
      ? `incident ${incident} (${root}) is voorbij${after(lasted_s, approximate)}`
      : `incident ${incident} hoort bij incident ${merged_into}`,
  'switch.unreachable': ({ switch: id, error }) =>
    `switch ${id} ${error === 'no-answer' ? 'antwoordt niet' : 'kan niet worden gelezen'} (${reasons[error]})`,
  'switch.reachable': ({ switch: id, lasted_s, approximate }) =>
    `switch ${id} antwoordt${after(lasted_s, approximate)}`,
  'switch.refused': ({ switch: id }) => `switch ${id} weigert onze gebruiker of ons wachtwoord`,
  'switch.restarted': ({ switch: id, uptime_s }) => `switch ${id} is ${duur(uptime_s)} geleden herstart`,
  'port.down': ({ switch: id, port }) => `poort ${port} van switch ${id} heeft geen verbinding meer`,
  'port.up': ({ switch: id, port, lasted_s, approximate }) =>
    `poort ${port} van switch ${id} heeft verbinding${after(lasted_s, approximate)}`,
  'port.flapping': ({ switch: id, port, changes, within_s }) =>
    `poort ${port} van switch ${id} gaat steeds aan en uit: ${changes} keer in ${duur(within_s)}`,
  'port.stable': ({ switch: id, port, state }) =>
    `poort ${port} van switch ${id} is weer stabiel (${states[state]})`,
  'port.speed-changed': ({ switch: id, port, from_bps, to_bps }) =>
    `poort ${port} van switch ${id} werkt nu op ${decimal(to_bps / 1e6, 'nl')} Mb/s, eerst op ${decimal(from_bps / 1e6, 'nl')}`,
  'port.errors-rising': ({ switch: id, port, errors, packets }) =>
    `poort ${port} van switch ${id} had ${errors} fouten in ${packets} pakketten`,
  'availability.month': ({ thing, month, availability_ratio }) =>
    availability_ratio === undefined
      ? `van ${thing} is over ${month} niets bekend`
      : `${thing} deed het ${decimal(availability_ratio * 100, 'nl', 2)} % van ${month}`,
};
