import { resolve } from 'node:path';
import { buildPage, copyPage } from '@huismeester/web/build';
import type { Command } from 'commander';
import { NotFine } from '../errors.ts';
import { outputOf, type Shell } from '../shell.ts';

/** `web`: the files of the web page, for the web server in front of services that are processes of their own. It asks no Huismeester. */
export function addWeb(program: Command, shell: Shell): void {
  program
    .command('web')
    .description(
      'write the files of the web page, compressed too, for the web server that reverse-proxy configures',
    )
    .requiredOption('--output <dir>', 'the folder; the server needs to read it, and nobody to write it')
    .action(async ({ output: directory }: { output: string }, command: Command) => {
      const into = resolve(shell.cwd, directory);
      const output = outputOf(command, shell);
      try {
        const built = await buildPage();
        await copyPage(built, into);
        if (output.json) output.value({ directory: into, files: built.files });
        else shell.stdout.write(`${into}: the web page, ${built.files.length} files, each compressed too\n`);
      } catch (error) {
        throw new NotFine(
          `The web page could not be written to ${into}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    });
}
