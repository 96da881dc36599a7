import { Violation } from '@huismeester/contracts';
import type { Command } from 'commander';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import { civilTime } from '../time.ts';

interface AcceptOptions {
  readonly for: string;
  readonly because: string;
}

/** `accept` and `accept-no-more`: a violation that is put up with for now (gedoogd), and one that is not any more. */
export function addAccept(program: Command, shell: Shell): void {
  program
    .command('accept')
    .argument('<violation>', 'its id, as `violations` shows it')
    .description('accept a violation for now')
    .requiredOption('--for <length>', 'how long, such as 720h; at most 8784h')
    .requiredOption('--because <why>', 'why; everybody can read it')
    .action((id: string, body: AcceptOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const path = `/api/v1/violations/${encodeURIComponent(id)}/acceptance`;
        const violation = await api.send('PUT', path, body, Violation);
        const { about, reason, accepted } = violation;
        const until = civilTime(accepted?.until ?? '');
        output.answer(violation, printable(`${about}: ${reason}. It is accepted until ${until}.`));
      }),
    );
  program
    .command('accept-no-more')
    .argument('<violation>', 'its id, as `violations` shows it')
    .description('take the acceptance of a violation back')
    .action((id: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        await api.delete(`/api/v1/violations/${encodeURIComponent(id)}/acceptance`);
        output.answer({ violation: id, accepted: false }, printable(`${id} is not accepted any more.`));
      }),
    );
}
