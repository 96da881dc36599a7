import { ApplicationResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { stateLine } from './application-lines.ts';
import { said } from './said.ts';
import { applicationPath, whichApplication } from './which-application.ts';
import type { Words } from './words-en.ts';

interface BoardAct {
  readonly name: string;
  readonly description: string;
  /** Behind the application's own path. */
  readonly path: string;
  readonly because?: true;
  readonly clause: string;
  readonly text: (words: Words['board'], who: string) => string;
}

const acts: readonly BoardAct[] = [
  {
    name: 'veto',
    description: 'veto an application, as a board member in the team, until it is carried out (JOIN-2)',
    path: 'veto',
    because: true,
    clause: 'JOIN-2',
    text: (words, who) => words.vetoed(who),
  },
  {
    name: 'no-objection',
    description:
      'say that you will not veto it, as a board member in the team: so it need not wait for you (JOIN-2)',
    path: 'no-objection',
    clause: 'JOIN-2',
    text: (words, who) => words.noObjection(who),
  },
  {
    name: 'appoint',
    description:
      'appoint who applied, as a board member, where the team has no full member who can vote (JOIN-1)',
    path: 'appointment',
    clause: 'JOIN-1',
    text: (words, who) => words.appointed(who),
  },
];

/** `veto`, `no-objection` and `appoint`: what board members do about an application. */
export function addBoard(program: Command, shell: Shell): void {
  for (const { name, description, path, because, clause, text } of acts) {
    const command = program
      .command(name)
      .argument('<person>', 'who applied, by login name or id')
      .description(description);
    if (because)
      command.requiredOption(
        '--because <why>',
        'why; full members and the board alone can read it, and it is erased after team.keepVotes (a year)',
      );
    carriesOut<{ because?: string }>(command, shell, async (asked, reference) => {
      const { api, output, options, words, language } = asked;
      const { application, called } = await whichApplication(api, reference, words, language);
      const body = because ? { because: options.because } : {};
      const now = await api.send(
        'POST',
        `${applicationPath(application.id)}/${path}`,
        body,
        ApplicationResource,
      );
      output.answer(now, said(text(words.board, called), clause), stateLine(now, words));
    });
  }
}
