import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { teamEn } from './sentences-team-en.ts';
import type { DirectoryReason, GroupName, RegisterState } from './words.ts';

const groups: { readonly [group in GroupName]: string } = {
  participants: 'participants',
  team: 'the infrateam',
  trial: 'trial members',
  board: 'the board',
};
const states: { readonly [state in RegisterState]: string } = {
  trial: 'on trial',
  full: 'a full member',
  suspended: 'suspended',
  former: 'a former member',
};
const reasons: { readonly [reason in DirectoryReason]: string } = {
  'no-answer': 'it does not answer',
  tls: 'its certificate is not accepted',
  'wrong-secret': 'our login there is wrong',
  refused: 'it refuses us',
  'base-gone': 'its base is gone, or not ours to read',
  'size-limit': 'it gives no more than a part',
  referral: 'it refers us elsewhere',
  incomplete: 'something is missing from it',
  'bad-file': 'its file cannot be read',
  'too-much-gone': 'too much of it changed at once',
  failed: 'reading it failed',
};
const changes = { add: 'added to', delete: 'taken out of' } as const;

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'person.changed': ({ person, enabled, roles }) =>
    enabled
      ? `person ${person} is ${roles.length === 0 ? 'known, without a role' : roles.join(', ')}`
      : `person ${person} is disabled`,
  'person.gone': ({ person }) => `person ${person} is in the directory no more`,
  'person.confirmed': ({ person, took_uid_of }) =>
    `the team knows that person ${person} has the uid that was of ${took_uid_of}`,
  'member.imported': ({ person, state }) =>
    `person ${person} was taken into the register as ${states[state]}`,
  'member.started': ({ person, state, board }) =>
    `the team began with person ${person} as ${states[state]}${board ? ', the board member in it' : ''}`,
  'group.awaited': ({ group, person, change }) =>
    `person ${person} is to be ${changes[change]} the group of ${groups[group]}`,
  'group.followed': ({ group, person, change, how }) =>
    `person ${person} was ${changes[change]} the group of ${groups[group]}${how === 'written' ? ' by Huismeester' : ''}`,
  'preference.changed': ({ person }) => `person ${person} changed their preferences`,
  'directory.unknown': ({ reason, gone, of }) =>
    `the directory is unknown: ${reasons[reason]}${gone === undefined ? '' : ` (${gone} of ${of})`}`,
  'directory.known': ({ people }) => `the directory was read whole: ${people} people`,
  'directory.accepted': ({ gone }) => `a big change of the directory was accepted: ${gone} gone`,
  'directory.renumbered': ({ people }) => `the directory gave ${people} people another id`,
  'directory.confirmed': () => 'the team knows that the directory was renumbered',
  ...teamEn,
};
