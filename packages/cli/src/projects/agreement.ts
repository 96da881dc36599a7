import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Project } from '@huismeester/contracts';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { idOf } from '../people/called.ts';
import { printable } from '../printable.ts';
import { codeOf } from '../private-file.ts';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { whichProject } from './which-project.ts';
import type { Words } from './words-en.ts';

interface AgreeOptions {
  readonly participant?: string;
  readonly team?: string;
  readonly textFile?: string;
}

/** `project agree`: proposes how a project is managed (SPACE-4), or consents to what the other side proposed. */
export function addAgreement(project: Command, shell: Shell): void {
  const agree = project
    .command('agree')
    .argument('<project>', 'its id or its title')
    .description(
      'consent to how it is managed, as the other side proposed (SPACE-4); with options: propose how',
    )
    .option('--participant <uid>', 'who agrees for the project, by uid or id')
    .option('--team <uid>', 'who agrees for the infrateam')
    .option('--text-file <file>', 'what is agreed: contact, backup, who does what');
  carriesOut<AgreeOptions>(agree, shell, async ({ api, output, options, words, language }, reference) => {
    const { participant, team, textFile } = options;
    const { id, title } = await whichProject(api, reference, words);
    const path = `/api/v1/projects/${encodeURIComponent(id)}/agreement`;
    if (participant === undefined && team === undefined && textFile === undefined) {
      const agreed = await api.send('POST', `${path}/consent`, {}, Project);
      return output.answer(agreed, printable(words.project.consented(title)));
    }
    if (participant === undefined || team === undefined || textFile === undefined)
      throw new UsageError(words.project.sayBoth);
    const body = {
      participant: await idOf(api, participant, language),
      team: await idOf(api, team, language),
      text: await textIn(textFile, shell.cwd, words),
    };
    const proposed = await api.send('PUT', path, body, Project);
    const other = proposed.proposed?.by === 'team' ? participant : team;
    output.answer(proposed, printable(words.project.proposedNow(title, other)));
  });
}

async function textIn(file: string, cwd: string, { project }: Words): Promise<string> {
  const path = resolve(cwd, file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--text-file ${path} cannot be read (${codeOf(cause)})`, { cause });
  });
  if (text.trim() === '') throw new UsageError(project.noText(path));
  return text.trim();
}
