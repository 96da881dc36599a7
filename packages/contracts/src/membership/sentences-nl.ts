import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';
import { teamNl } from './sentences-team-nl.ts';
import type { DirectoryReason, GroupName, RegisterState } from './words.ts';

const groups: { readonly [group in GroupName]: string } = {
  participants: 'de deelnemers',
  team: 'het infrateam',
  trial: 'de proefleden',
  board: 'het bestuur',
};
const states: { readonly [state in RegisterState]: string } = {
  trial: 'proeflid',
  full: 'volledig lid',
  suspended: 'geschorst lid',
  former: 'oud-lid',
};
const reasons: { readonly [reason in DirectoryReason]: string } = {
  'no-answer': 'hij antwoordt niet',
  tls: 'zijn certificaat klopt niet',
  'wrong-secret': 'ons wachtwoord is daar fout',
  refused: 'hij weigert ons',
  'base-gone': 'de basis is weg, of we mogen hem niet lezen',
  'size-limit': 'hij geeft maar een deel',
  referral: 'hij verwijst naar een andere server',
  incomplete: 'er ontbreekt iets',
  'bad-file': 'het bestand is niet te lezen',
  'too-much-gone': 'er is te veel tegelijk veranderd',
  failed: 'het lezen mislukte',
};
const changes = { add: 'toegevoegd aan', delete: 'verwijderd uit' } as const;

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'person.changed': ({ person, enabled, roles }) =>
    enabled
      ? `persoon ${person} is ${roles.length === 0 ? 'bekend, zonder rol' : roles.join(', ')}`
      : `het account van persoon ${person} is uitgezet`,
  'person.gone': ({ person }) => `persoon ${person} staat niet meer in de directory`,
  'person.confirmed': ({ person, took_uid_of }) =>
    `het team weet dat persoon ${person} de uid heeft die van ${took_uid_of} was`,
  'member.imported': ({ person, state }) => `persoon ${person} staat nu in het register als ${states[state]}`,
  'member.started': ({ person, state, board }) =>
    `het team begint met persoon ${person} als ${states[state]}${board ? ', het bestuurslid in het team' : ''}`,
  'group.awaited': ({ group, person, change }) =>
    `persoon ${person} moet worden ${changes[change]} de groep van ${groups[group]}`,
  'group.followed': ({ group, person, change, how }) =>
    `persoon ${person} is ${changes[change]} de groep van ${groups[group]}${how === 'written' ? ', door Huismeester' : ''}`,
  'preference.changed': ({ person }) => `persoon ${person} heeft de eigen voorkeuren gewijzigd`,
  'directory.unknown': ({ reason, gone, of }) =>
    `de directory is onbekend: ${reasons[reason]}${gone === undefined ? '' : ` (${gone} van ${of})`}`,
  'directory.known': ({ people }) => `de directory is helemaal gelezen: ${people} personen`,
  'directory.accepted': ({ gone }) => `een grote wijziging van de directory is geaccepteerd: ${gone} weg`,
  'directory.renumbered': ({ people }) => `de directory gaf ${people} personen een ander id`,
  'directory.confirmed': () => 'het team weet dat de directory iedereen een ander id gaf',
  ...teamNl,
};
