import type { SentencesOf } from '../wording.ts';
import type { accessEvents } from './access-events.ts';
import type { admissionEvents } from './admission-events.ts';
import type { registerEvents } from './register-events.ts';
import type { DecidedBy, MemberAct, RegisterState } from './words.ts';

type Events = typeof registerEvents & typeof admissionEvents & typeof accessEvents;

const states: { readonly [state in RegisterState]: string } = {
  trial: 'proeflid',
  full: 'volledig lid',
  suspended: 'geschorst lid',
  former: 'oud-lid',
};
const acts: { readonly [act in MemberAct]: string } = {
  confirm: 'volledig lidmaatschap na de proefperiode',
  extend: 'een langere proefperiode',
  end: 'het einde van het lidmaatschap',
  suspend: 'een schorsing',
  lift: 'het einde van de schorsing',
};
const ways: { readonly [how in DecidedBy]: string } = {
  votes: 'door te stemmen',
  meeting: 'in een vergadering',
  board: 'door een bestuurslid',
};
const trial = (days: number) =>
  days === 0 ? 'zonder proefperiode' : `met een proefperiode van ${days} dagen`;

/** What the events about team, admission and access say, in Dutch. */
export const teamNl: SentencesOf<Events>['nl'] = {
  'member.joined': ({ person, state, how, until }, at) =>
    `persoon ${person} zit nu in het team als ${states[state]}, ${ways[how]}${until === undefined ? '' : `, tot ${at(until)}`}`,
  'member.proposed': ({ person, act, by }) =>
    `${by} stelt voor persoon ${person} ${acts[act]} voor: een ander volledig lid moet dat bevestigen`,
  'member.proposal-withdrawn': ({ person, act }) =>
    `${acts[act]} voor persoon ${person} wordt niet meer voorgesteld`,
  'member.confirmed': ({ person }) => `persoon ${person} is na de proefperiode volledig lid`,
  'member.extended': ({ person, until }, at) =>
    `de proefperiode van persoon ${person} duurt tot ${at(until)}`,
  'member.suspended': ({ person, until }, at) => `persoon ${person} is geschorst tot ${at(until)}`,
  'member.reinstated': ({ person, state, how }) =>
    `de schorsing van persoon ${person} is ${how === 'expired' ? 'voorbij' : 'opgeheven'}: weer ${states[state]}`,
  'member.left': ({ person, how }) =>
    how === 'left'
      ? `persoon ${person} is uit het team gegaan`
      : `het lidmaatschap van persoon ${person} is beëindigd`,
  'grant.given': ({ person, on, until }, at) => `persoon ${person} mag iets doen met ${on} tot ${at(until)}`,
  'grant.ended': ({ person, grant }) => `de toestemming ${grant} van persoon ${person} is voorbij`,
  'departure.begun': ({ person, items }) =>
    `na het vertrek van persoon ${person} moeten er ${items.length} dingen gebeuren`,
  'departure.ticked': ({ person, item, done }) =>
    `na het vertrek van persoon ${person}: ${item} ${done ? 'is gedaan' : 'moet toch nog gebeuren'}`,
  'application.proposed': ({ person, by }) =>
    `${by} meldt persoon ${person} aan, die daar nog mee moet instemmen`,
  'application.opened': ({ person, ends, trial_days }, at) =>
    `het team stemt over persoon ${person} tot ${at(ends)}, ${trial(trial_days)}`,
  'application.withdrawn': ({ application, by }) => `aanmelding ${application} is ingetrokken door ${by}`,
  'application.trial-set': ({ application, trial_days }) =>
    `aanmelding ${application} is nu ${trial(trial_days)}`,
  'application.vote-cast': ({ application, by }) => `${by} heeft gestemd over aanmelding ${application}`,
  'application.minutes-recorded': ({ application, by }) =>
    `${by} heeft vastgelegd wat een vergadering besloot over aanmelding ${application}; een ander volledig lid moet dat bevestigen`,
  'application.minutes-withdrawn': ({ application, by }) =>
    `${by} heeft ingetrokken wat er van een vergadering vastlag over aanmelding ${application}`,
  'application.approved': ({ person, how }) => `het team gaat akkoord met persoon ${person}, ${ways[how]}`,
  'application.put-to-board': ({ application, until }, at) =>
    `bestuursleden in het team kunnen een veto uitspreken over aanmelding ${application} tot ${at(until)}`,
  'application.without-board': ({ person }) =>
    `er zit geen bestuurslid in het team dat een veto kan uitspreken over persoon ${person}: de aanmelding wacht`,
  'application.vetoed': ({ person, by }) =>
    `${by} spreekt namens het bestuur een veto uit over persoon ${person}`,
  'application.rejected': ({ person, how }) =>
    `het team gaat niet akkoord met persoon ${person}, ${ways[how]}`,
  'application.lapsed': ({ person }) => `over de aanmelding van persoon ${person} is niet op tijd beslist`,
  'application.carried-out': ({ person, state }) => `persoon ${person} hoort bij het team: ${states[state]}`,
  'account.found': ({ account, asleep, rights }) =>
    `account ${account} heeft beheerrechten op ${rights.map(({ on }) => on).join(', ')}${asleep ? ', en is uitgezet' : ''}`,
  'account.gone': ({ account }) => `account ${account} heeft geen beheerrechten meer`,
  'access-source.known': ({ source, accounts }) =>
    `wie beheerrechten heeft bij ${source} is helemaal gelezen: ${accounts} accounts`,
  'access-source.unknown': ({ source, lacks }) =>
    `wie beheerrechten heeft bij ${source} is onbekend: ${lacks}`,
  'access-source.ended': ({ source }) =>
    `wie beheerrechten heeft bij ${source} wordt niet meer bekeken: het staat niet in de instellingen`,
  'known-account.assigned': ({ account, person }) => `account ${account} is van persoon ${person}`,
  'known-account.registered': ({ account, purpose, review }) =>
    `account ${account} is een serviceaccount (${purpose}), opnieuw te bekijken op ${review}`,
  'known-account.forgotten': ({ account }) => `van wie account ${account} is weten we niet meer`,
  'access-list.recorded': ({ title, people }) =>
    `${title}: ${people.length} mensen, met de hand opgeschreven`,
  'access-list.confirmed': ({ list }) => `de lijst ${list} is bevestigd`,
  'access-list.ended': ({ list }) => `de lijst ${list} wordt niet meer bijgehouden`,
};
