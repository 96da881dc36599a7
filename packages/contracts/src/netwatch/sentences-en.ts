import { decimal, lengthOf, type SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import type { Member } from './things.ts';

const after = (lasted_s?: number, approximate?: boolean) =>
  lasted_s === undefined ? '' : ` after ${approximate ? 'about ' : ''}${lengthOf(lasted_s)}`;
const why = (reason: string, detail?: string) => (detail === undefined ? reason : `${reason}, ${detail}`);
const because = (root: string, members: readonly Member[]) => {
  const others = members.filter(({ thing }) => thing !== root).map(({ thing, state }) => `${thing} ${state}`);
  return others.length === 0 ? root : `${root}, with ${others.join(', ')}`;
};
export const defects = {
  slow: 'answers slowly',
  'one-family': 'answers over one of IPv4 and IPv6 only',
  command: 'is degraded, by its check',
  certificate: 'has an invalid certificate',
  'few-targets': 'answers at fewer than half of its targets',
} as const;

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'probe.down': ({ probe, reason, detail }) => `probe ${probe} is down (${why(reason, detail)})`,
  'probe.up': ({ probe, lasted_s, approximate }) => `probe ${probe} answers${after(lasted_s, approximate)}`,
  'probe.degraded': ({ probe, defect, median_ms }) =>
    `probe ${probe} ${defects[defect]}${median_ms === undefined ? '' : `: ${Math.round(median_ms)} ms`}`,
  'probe.recovered': ({ probe, lasted_s, approximate }) =>
    `probe ${probe} is no longer degraded${after(lasted_s, approximate)}`,
  'probe.flapping': ({ probe, changes, within_s }) =>
    `probe ${probe} is flapping: ${changes} changes in ${lengthOf(within_s)}`,
  'probe.stable': ({ probe, state }) => `probe ${probe} is stable again: ${state}`,
  'certificate.expiring': ({ probe, left_d, until }, at) =>
    `the certificate of probe ${probe} ends in ${Math.floor(left_d)} days, ${at(until)}`,
  'certificate.invalid': ({ probe, fault }) => `the certificate of probe ${probe} is not valid: ${fault}`,
  'certificate.renewed': ({ probe, until }, at) =>
    `the certificate of probe ${probe} was renewed, until ${at(until)}`,
  'vantage.lost': ({ asked }) =>
    `no other machine answers us any more (${asked} asked): everything is unknown`,
  'vantage.regained': ({ lasted_s, approximate }) =>
    `another machine answers us again${after(lasted_s, approximate)}`,
  'incident.opened': ({ incident, root, members }) => `incident ${incident} began: ${because(root, members)}`,
  'incident.changed': ({ incident, root, members }) =>
    `incident ${incident} is now: ${because(root, members)}`,
  'incident.reopened': ({ incident, root, members }) =>
    `incident ${incident} began again: ${because(root, members)}`,
  'incident.closed': ({ incident, root, lasted_s, approximate, merged_into }) =>
    merged_into === undefined
      ? `incident ${incident} (${root}) ended${after(lasted_s, approximate)}`
      : `incident ${incident} is part of incident ${merged_into}`,
  'switch.unreachable': ({ switch: id, error }) =>
    `switch ${id} ${error === 'no-answer' ? 'does not answer' : 'cannot be read'} (${error})`,
  'switch.reachable': ({ switch: id, lasted_s, approximate }) =>
    `switch ${id} answers${after(lasted_s, approximate)}`,
  'switch.refused': ({ switch: id }) => `switch ${id} refuses our user or password`,
  'switch.restarted': ({ switch: id, uptime_s }) => `switch ${id} restarted ${lengthOf(uptime_s)} ago`,
  'port.down': ({ switch: id, port }) => `port ${port} of switch ${id} lost its link`,
  'port.up': ({ switch: id, port, lasted_s, approximate }) =>
    `port ${port} of switch ${id} has its link${after(lasted_s, approximate)}`,
  'port.flapping': ({ switch: id, port, changes, within_s }) =>
    `port ${port} of switch ${id} is flapping: ${changes} changes in ${lengthOf(within_s)}`,
  'port.stable': ({ switch: id, port, state }) => `port ${port} of switch ${id} is stable again: ${state}`,
  'port.speed-changed': ({ switch: id, port, from_bps, to_bps }) =>
    `port ${port} of switch ${id} runs at ${decimal(to_bps / 1e6, 'en')} Mb/s instead of ${decimal(from_bps / 1e6, 'en')}`,
  'port.errors-rising': ({ switch: id, port, errors, packets }) =>
    `port ${port} of switch ${id} had ${errors} errors in ${packets} packets`,
  'availability.month': ({ thing, month, availability_ratio }) =>
    availability_ratio === undefined
      ? `of ${thing} nothing is known for ${month}`
      : `${thing} was up ${decimal(availability_ratio * 100, 'en', 2)} % of ${month}`,
};
