import { randomUUID } from 'node:crypto';
import { Creation } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { several } from '../commands/options.ts';
import { type Language, languageOf, languageOption } from '../language.ts';
import { readKeys } from '../people/ssh-keys.ts';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { followCreation } from './follow-creation.ts';
import { addSizeOptions, type SizeOptions, sizeToMake } from './size-options.ts';
import { notWaiting } from './watch.ts';
import { wordsIn } from './words.ts';

interface CreateOptions extends SizeOptions {
  readonly template: string;
  readonly key?: readonly string[];
  readonly project?: string;
  readonly wait: boolean;
  readonly lang?: Language;
}

interface Options {
  readonly lang?: Language;
}

const path = '/api/v1/creations';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;

/** `vm create`, and `vm follow`, `retry` and `give-up` of one that is being made. */
export function addCreate(vm: Command, shell: Shell): void {
  addSizeOptions(
    vm
      .command('create')
      .argument('<name>', 'a hostname: a-z, 0-9 and dashes, at most 30')
      .description('make a VM, and show how far it is until one can log in; Ctrl-C leaves it going on')
      .requiredOption('--template <template>', 'what it is made of; `templates` lists them'),
  )
    .option(
      '--key <file>',
      'a public key that may log in; may be repeated; left out: those that the space knows of you',
      several,
    )
    .option('--project <id>', 'the project that it is for; left out: it gets one of its own')
    .option('--no-wait', 'do not look how it goes')
    .addOption(languageOption())
    .action((name: string, options: CreateOptions, command: Command) =>
      connected(command, shell, async (with_) => {
        const { template, key, project, wait, lang } = options;
        const words = wordsIn[languageOf(lang, shell.env)];
        const size = sizeToMake(options, words.create.sayAll);
        const keys = key === undefined ? undefined : await readKeys(key, shell.cwd, '--key');
        const asked = {
          name,
          template,
          ...size,
          ...(keys !== undefined && { keys }),
          ...(project !== undefined && { project }),
        };
        const begun = await with_.api.create('/api/v1/vms', asked, Creation, randomUUID());
        await followCreation(with_, begun, words, wait ? shell : notWaiting);
      }),
    );
  addFollow(vm, shell);
  addGiveUp(vm, shell);
}

function addFollow(vm: Command, shell: Shell): void {
  const add = (name: string, description: string, before: 'look' | 'retry') =>
    vm
      .command(name)
      .argument('<id>', 'of the making, as `vm create` and `vm list` show it')
      .description(description)
      .addOption(languageOption())
      .action((id: string, { lang }: Options, command: Command) =>
        connected(command, shell, async (with_) => {
          if (before === 'retry') await with_.api.send('POST', `${of(id)}/retry`, {}, Type.Unknown());
          const begun = await with_.api.get(of(id), Creation);
          await followCreation(with_, begun, wordsIn[languageOf(lang, shell.env)], shell);
        }),
      );
  add('follow', 'show how far the making of a VM is, until it is done', 'look');
  add('retry', 'try once more to make what failed', 'retry');
}

function addGiveUp(vm: Command, shell: Shell): void {
  vm.command('give-up')
    .argument('<id>', 'of the making, as `vm list` shows it')
    .description('leave what could not be made, so that it counts no more')
    .addOption(languageOption())
    .action((id: string, { lang }: Options, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const { create } = wordsIn[languageOf(lang, shell.env)];
        const { name } = await api.get(of(id), Creation);
        await api.send('POST', `${of(id)}/giving-up`, {}, Type.Unknown());
        output.answer({ creation: id, givenUp: true }, printable(create.givenUp(name)));
      }),
    );
}
