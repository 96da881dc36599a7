import { english as people } from '../people/words-en.ts';
import { access, serviceAccount } from './access-words-en.ts';
import { application, board, minutes, vote } from './admission-words-en.ts';
import { departure, leave } from './leaving-words-en.ts';
import { grant, team } from './team-words-en.ts';

/** What is said about the team, who joins and leaves it, and who has access; the other languages have the same. */
export const english = {
  groups: people.groups,
  register: people.register,
  roles: people.roles,
  none: people.none,
  nobody: 'nobody',
  areYouSure: (what: string) => `${what} [y/N] `,
  nothingDone: 'Nothing was done.',
  sayYes: (command: string) => `nothing was done: read it, and if that is right: \`huismeester ${command}\``,
  endsBoard: 'Nobody of the board would be in the team any more',
  typeName: (who: string) => `Type the login name of who it is about to go on (${who}): `,
  otherName: 'that is another name: nothing was done',
  notADay: (text: string) => `"${text}" is no moment: give a day such as 2027-03-01, or 2027-03-01T18:00`,
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

export type Words = typeof english;
