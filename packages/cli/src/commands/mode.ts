import { Rule } from '@huismeester/contracts';
import type { Command } from 'commander';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';

/** `enforce` and `dry-run`: arm a clause of a rule, or put it back. */
export function addMode(program: Command, shell: Shell): void {
  add(program, shell, 'enforce', 'arm a clause: from now on it acts');
  add(program, shell, 'dry-run', 'put a clause back: it decides and shows, and does nothing');
}

const meaning = { enforce: 'is armed: it acts', 'dry-run': 'is in dry-run: it does nothing' } as const;

function add(program: Command, shell: Shell, mode: 'enforce' | 'dry-run', description: string): void {
  program
    .command(mode)
    .argument('<rule/clause>', 'such as power/SPACE-3; `rules` lists them')
    .description(description)
    .action((clause: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const path = `/api/v1/rules/${clause.split('/').map(encodeURIComponent).join('/')}`;
        const rule = await api.send('PUT', path, { mode }, Rule);
        output.answer(rule, printable(`${rule.rule}/${rule.clause} ${meaning[rule.mode]}. ${rule.title}`));
      }),
    );
}
