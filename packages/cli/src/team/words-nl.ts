import { dutch as people } from '../people/words-nl.ts';
import { access, serviceAccount } from './access-words-nl.ts';
import { application, board, minutes, vote } from './admission-words-nl.ts';
import { departure, leave } from './leaving-words-nl.ts';
import { grant, team } from './team-words-nl.ts';
import type { Words } from './words-en.ts';

export const dutch: Words = {
  groups: people.groups,
  register: people.register,
  roles: people.roles,
  none: people.none,
  nobody: 'niemand',
  areYouSure: (what) => `${what} [j/N] `,
  nothingDone: 'Er is niets gedaan.',
  sayYes: (command) => `er is niets gedaan: lees het, en klopt het: \`huismeester ${command}\``,
  endsBoard: 'Er zou geen bestuurslid meer in het team zitten',
  typeName: (who) => `Typ de inlognaam van wie het is om door te gaan (${who}): `,
  otherName: 'dat is een andere naam: er is niets gedaan',
  notADay: (text) => `"${text}" is geen moment: geef een dag zoals 2027-03-01, of 2027-03-01T18:00`,
  team,
  grant,
  application,
  vote,
  board,
  minutes,
  leave,
  departure,
  access,
  serviceAccount,
};
