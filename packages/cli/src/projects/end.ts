import { Project } from '@huismeester/contracts';
import type { Command } from 'commander';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { whichProject } from './which-project.ts';
import type { Words } from './words-en.ts';

interface End {
  readonly name: string;
  readonly description: string;
  readonly method: 'POST' | 'DELETE';
  /** Behind the project's own path. */
  readonly path: string;
  readonly because?: true;
  readonly said: (words: Words['project'], project: Project) => string;
}

const ends: readonly End[] = [
  {
    name: 'retire',
    description: 'ask for its end, for the team; another full member confirms it (SPACE-3)',
    method: 'POST',
    path: '/retirement',
    because: true,
    said: (words, { title, id }) => words.willRetire(title, id),
  },
  {
    name: 'confirm-end',
    description: 'confirm the end that another full member asked for: its VMs may be deleted then',
    method: 'POST',
    path: '/retirement/confirmation',
    said: (words, { title }) => words.retired(title),
  },
  {
    name: 'keep',
    description: 'let it go on after all',
    method: 'DELETE',
    path: '/retirement',
    said: (words, { title }) => words.goesOn(title),
  },
  {
    name: 'give-up',
    description: 'give up a project of your own that has no VMs left',
    method: 'DELETE',
    path: '',
    said: (words, { title }) => words.givenUp(title),
  },
];

/** `project retire`, `confirm-end`, `keep`, `give-up`. */
export function addEnd(project: Command, shell: Shell): void {
  for (const { name, description, method, path, because, said } of ends) {
    const command = project
      .command(name)
      .argument('<project>', 'its id or its title')
      .description(description);
    if (because) command.requiredOption('--because <why>', 'why; everybody can read it');
    carriesOut<{ because?: string }>(command, shell, async ({ api, output, options, words }, reference) => {
      const { id } = await whichProject(api, reference, words);
      const body = because ? { because: options.because } : {};
      const done = await api.send(method, `/api/v1/projects/${encodeURIComponent(id)}${path}`, body, Project);
      output.answer(done, printable(said(words.project, done)));
    });
  }
}
