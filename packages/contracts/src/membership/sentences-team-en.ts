import type { SentencesOf } from '../wording.ts';
import type { accessEvents } from './access-events.ts';
import type { admissionEvents } from './admission-events.ts';
import type { registerEvents } from './register-events.ts';
import type { DecidedBy, MemberAct, RegisterState } from './words.ts';

type Events = typeof registerEvents & typeof admissionEvents & typeof accessEvents;

const states: { readonly [state in RegisterState]: string } = {
  trial: 'on trial',
  full: 'a full member',
  suspended: 'suspended',
  former: 'a former member',
};
const acts: { readonly [act in MemberAct]: string } = {
  confirm: 'full membership after the trial',
  extend: 'a longer trial',
  end: 'the end of membership',
  suspend: 'a suspension',
  lift: 'the end of the suspension',
};
const ways: { readonly [how in DecidedBy]: string } = {
  votes: 'by votes',
  meeting: 'at a meeting',
  board: 'by a board member',
};
const trial = (days: number) => (days === 0 ? 'without a trial' : `with a trial of ${days} days`);

/** What the events about team, admission and access say, in English. */
export const teamEn: SentencesOf<Events>['en'] = {
  'member.joined': ({ person, state, how, until }, at) =>
    `person ${person} joined the team as ${states[state]}, ${ways[how]}${until === undefined ? '' : `, until ${at(until)}`}`,
  'member.proposed': ({ person, act, by }) =>
    `${by} proposes ${acts[act]} for person ${person}: another full member has to confirm it`,
  'member.proposal-withdrawn': ({ person, act }) => `${acts[act]} for person ${person} is proposed no more`,
  'member.confirmed': ({ person }) => `person ${person} is a full member after their trial`,
  'member.extended': ({ person, until }, at) => `the trial of person ${person} lasts until ${at(until)}`,
  'member.suspended': ({ person, until }, at) => `person ${person} is suspended until ${at(until)}`,
  'member.reinstated': ({ person, state, how }) =>
    `the suspension of person ${person} ${how === 'expired' ? 'is over' : 'was lifted'}: ${states[state]} again`,
  'member.left': ({ person, how }) =>
    how === 'left' ? `person ${person} left the team` : `the membership of person ${person} was ended`,
  'grant.given': ({ person, on, until }, at) => `person ${person} may act on ${on} until ${at(until)}`,
  'grant.ended': ({ person, grant }) => `the grant ${grant} of person ${person} is over`,
  'departure.begun': ({ person, items }) =>
    `after the departure of person ${person} there are ${items.length} things to do`,
  'departure.ticked': ({ person, item, done }) =>
    `after the departure of person ${person}: ${item} ${done ? 'is done' : 'is to be done after all'}`,
  'application.proposed': ({ person, by }) => `${by} applies for person ${person}, who has to consent`,
  'application.opened': ({ person, ends, trial_days }, at) =>
    `the team votes on person ${person} until ${at(ends)}, ${trial(trial_days)}`,
  'application.withdrawn': ({ application, by }) => `application ${application} was withdrawn by ${by}`,
  'application.trial-set': ({ application, trial_days }) =>
    `application ${application} is ${trial(trial_days)} from now on`,
  'application.vote-cast': ({ application, by }) => `${by} voted on application ${application}`,
  'application.minutes-recorded': ({ application, by }) =>
    `${by} recorded what a meeting decided on application ${application}; another full member has to confirm it`,
  'application.minutes-withdrawn': ({ application, by }) =>
    `${by} took back what was recorded of a meeting on application ${application}`,
  'application.approved': ({ person, how }) => `the team approves of person ${person}, ${ways[how]}`,
  'application.put-to-board': ({ application, until }, at) =>
    `the board members in the team may veto application ${application} until ${at(until)}`,
  'application.without-board': ({ person }) =>
    `no board member is in the team to veto person ${person}: the application waits`,
  'application.vetoed': ({ person, by }) => `${by} vetoed person ${person} for the board`,
  'application.rejected': ({ person, how }) => `the team does not approve of person ${person}, ${ways[how]}`,
  'application.lapsed': ({ person }) => `the application of person ${person} was not decided in time`,
  'application.carried-out': ({ person, state }) => `person ${person} is of the team: ${states[state]}`,
  'account.found': ({ account, asleep, rights }) =>
    `account ${account} has admin rights on ${rights.map(({ on }) => on).join(', ')}${asleep ? ', and is disabled' : ''}`,
  'account.gone': ({ account }) => `account ${account} has no admin rights any more`,
  'access-source.known': ({ source, accounts }) =>
    `who has admin rights at ${source} was read whole: ${accounts} accounts`,
  'access-source.unknown': ({ source, lacks }) => `who has admin rights at ${source} is unknown: ${lacks}`,
  'access-source.ended': ({ source }) =>
    `who has admin rights at ${source} is not looked at any more: settings do not name it`,
  'known-account.assigned': ({ account, person }) => `account ${account} is of person ${person}`,
  'known-account.registered': ({ account, purpose, review }) =>
    `account ${account} is a service account (${purpose}), to be looked at again on ${review}`,
  'known-account.forgotten': ({ account }) => `whose account ${account} is was forgotten`,
  'access-list.recorded': ({ title, people }) => `${title}: ${people.length} people, written down by hand`,
  'access-list.confirmed': ({ list }) => `the list ${list} was confirmed`,
  'access-list.ended': ({ list }) => `the list ${list} is kept no more`,
};
