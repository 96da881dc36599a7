import type { PreferencesResource } from '@huismeester/contracts';
import { parseSshKey } from '@huismeester/directory/ssh-key';
import { type NewEvent, newEvent, type Refusal, refuse } from '@huismeester/events';

/** What somebody chose for themselves; what is left out is as for everybody. */
export type Preferences = PreferencesResource;

/** Replaces what a person chose. Refused where a key or the holiday is not as it should be. */
export function choose(person: string, wanted: Preferences): NewEvent<'preference.changed'>[] | Refusal {
  const { sshKeys: lines, holiday, ...rest } = wanted;
  const parsed = (lines ?? []).map(parseSshKey);
  const errors = [
    ...parsed.flatMap((each, index) =>
      'key' in each ? [] : [{ field: `body.sshKeys.${index}`, found: each.found, allowed: each.allowed }],
    ),
    ...(holiday && holiday.until < holiday.from
      ? [{ field: 'body.holiday.until', found: holiday.until, allowed: `${holiday.from} or later` }]
      : []),
  ];
  if (errors.length > 0) return refuse('invalid-request', 'The request is not as it should be', { errors });
  const sshKeys = parsed.flatMap((each) => ('key' in each ? [each.key] : []));
  const chosen = { ...rest, ...(holiday && { holiday }), ...(sshKeys.length > 0 && { sshKeys }) };
  return [newEvent('preference.changed', `preference/${person}`, { person, ...chosen })];
}
