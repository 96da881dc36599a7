import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpaceSettings } from '@huismeester/contracts';
import type { Command } from 'commander';
import { carriesOutWith } from '../action.ts';
import { UsageError } from '../errors.ts';
import { settingsIn } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { leavingLines } from './lines.ts';
import { loginsIn, proxmoxRemovals } from './logins.ts';
import { readLeaving } from './read.ts';
import { wordsIn } from './words.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly config?: string;
}

const carriesOut = carriesOutWith(wordsIn);

/**
 * `leave --dry-run`: what a space does to leave Huismeester: what stays as it is, what is given back, what the export holds, and which
 * tokens and logins are removed then. It reads only. Without the option nothing is done: who means the team is shown the other command.
 */
export function addLeave(program: Command, shell: Shell): void {
  const leave = program
    .command('leave')
    .description(
      'show what it takes to leave Huismeester itself, with --dry-run; to leave the infrateam: `team leave`',
    )
    .option('--dry-run', 'show what stays, what is given back and what is to be removed; changes nothing')
    .option(
      '--config <file>',
      'the settings, by which tokens and logins are named; left out: space.yaml, if it is there',
    );
  carriesOut<Options>(leave, shell, async ({ api, output, options, words, again }) => {
    if (options.dryRun !== true)
      throw new UsageError(words.which(again('leave', '--dry-run'), again('team', 'leave')));
    const settings = await settingsOf(options.config, shell);
    const found = await readLeaving(api, shell.now);
    const proxmox = proxmoxRemovals(settings?.hypervisors);
    const logins = settings === undefined ? undefined : loginsIn(settings);
    output.answer(
      { ...found, proxmox, ...(logins && { logins }) },
      ...leavingLines(found, { proxmox, logins, settings }, words),
    );
  });
}

async function settingsOf(file: string | undefined, shell: Shell): Promise<SpaceSettings | undefined> {
  const path = resolve(shell.cwd, file ?? 'space.yaml');
  return file === undefined && !existsSync(path) ? undefined : await settingsIn(path, shell);
}
