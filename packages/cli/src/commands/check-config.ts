import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Finding } from '../check/finding.ts';
import { NotFine } from '../errors.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { outputOf, type Shell } from '../shell.ts';

interface CheckOptions {
  readonly connect?: boolean;
}

/**
 * `check-config`: whether a space.yaml can be used. The one command that asks no Huismeester: it must work before the
 * first start. The parser and the clients are loaded here alone, so that the other commands start quickly.
 */
export function addCheckConfig(program: Command, shell: Shell): void {
  program
    .command('check-config')
    .argument('[file]', 'the settings', 'space.yaml')
    .description('check settings: all mistakes at once, with their lines')
    .option(
      '--connect',
      'also ask each upsd, Proxmox VE and switch whether it is so, whether the token has its rights, what the broker lets through, and the database; look once at each service that is probed, try the port for traps, and read the directory of people',
    )
    .action(async (file: string, { connect = false }: CheckOptions, command: Command) => {
      const output = outputOf(command, shell);
      const { loadSettings, SettingsError } = await import('@huismeester/service');
      const path = resolve(shell.cwd, file);
      const settings = await loadSettings(path, { ...shell.env }).catch((error: unknown) => {
        if (!(error instanceof SettingsError)) throw error;
        if (output.json) output.value({ file: path, problems: error.problems, notes: [], outside: [] });
        throw new NotFine(error.message, { cause: error });
      });
      const { checkOutside } = await import('../check/outside.ts');
      const outside = connect ? await checkOutside(settings) : [];
      const { notForProcesses } = await import('../check/processes.ts');
      const { missingLogins } = await import('../check/logins.ts');
      const notes = notForProcesses(settings);
      const logins = missingLogins(settings.broker);
      if (output.json) output.value({ file: path, problems: [], notes: [...notes, ...logins], outside });
      else {
        output.print(...verdict(path, notes), ...logins);
        output.print(...outside.map((finding) => line(output, finding)));
        // One command may mend several things.
        const remedies = new Set(outside.flatMap(({ remedy }) => remedy ?? []));
        if (remedies.size > 0)
          output.print('', 'To do:', ...[...remedies].map((each) => `  ${printable(each)}`));
      }
      const wrong = outside.filter(({ problem }) => problem !== undefined);
      if (wrong.length > 0) throw new NotFine(`${wrong.length} of ${outside.length} checks outside failed`);
    });
}

function line({ paint }: Output, { what, problem, warning }: Finding): string {
  const said = problem ?? warning;
  const mark =
    problem !== undefined
      ? paint('red', 'no ')
      : warning !== undefined
        ? paint('yellow', '!  ')
        : paint('green', 'ok ');
  return `${mark}  ${printable(said === undefined ? what : `${what}: ${said}`)}`;
}

function verdict(path: string, notes: readonly string[]): string[] {
  if (notes.length === 0) return [`${path} is fine.`];
  return [
    `${path} is fine for one process. Services that are processes of their own would not start:`,
    ...notes.map((note) => `  ${printable(note)}`),
  ];
}
