import { Role, Token } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { Type } from 'typebox';
import { printable } from '../printable.ts';
import { connected, type Shell } from '../shell.ts';
import type { Column } from '../table.ts';
import { civilTime, momentAfter } from '../time.ts';
import { listing } from './listing.ts';

const NewToken = Type.Object({ ...Token.properties, secret: Type.String() });

const columns: readonly Column<Token>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'role', of: ({ role }) => role },
  { head: 'created', of: ({ created }) => civilTime(created) },
  { head: 'by', of: ({ createdBy }) => createdBy },
  { head: 'expires', of: ({ expires }) => (expires === undefined ? 'never' : civilTime(expires)) },
  { head: 'last used', of: ({ lastUsed }) => (lastUsed === undefined ? 'never' : civilTime(lastUsed)) },
  { head: 'name', of: ({ name }) => name },
];

/** `token create`, `token list`, `token revoke`. */
export function addToken(program: Command, shell: Shell): void {
  const token = program.command('token').description('make, list and revoke API tokens');
  addCreate(token, shell);
  token
    .command('list')
    .description('list the tokens, never their secrets')
    .action(listing(shell, { path: '/api/v1/tokens', item: Token, columns, nothing: 'There is no token.' }));
  token
    .command('revoke')
    .argument('<id>', 'as `token list` shows it')
    .description('end a token at once')
    .action((id: string, _: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        await api.delete(`/api/v1/tokens/${encodeURIComponent(id)}`);
        output.answer({ id, revoked: true }, printable(`Token ${id} is revoked.`));
      }),
    );
}

interface CreateOptions {
  readonly role: string;
  readonly name?: string;
  readonly expires?: string;
}

function addCreate(token: Command, shell: Shell): void {
  token
    .command('create')
    .description('make a token; its secret is shown once, on standard output')
    .addOption(new Option('--role <role>', 'what it may do').choices(Role.enum).makeOptionMandatory())
    .option('--name <name>', 'what or whom it is for; the role if left out')
    .option('--expires <length>', 'how long it works, such as 90d, 12h or 30m; for ever if left out')
    .action(({ role, name = role, expires }: CreateOptions, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const end = expires === undefined ? {} : { expires: momentAfter(expires, shell.now()).toISOString() };
        const made = await api.send('POST', '/api/v1/tokens', { role, name, ...end }, NewToken);
        if (output.json) return output.value(made);
        output.note(
          printable(`Token ${made.id}, for ${made.name} as ${made.role}. Its secret is not shown again:`),
        );
        output.print(printable(made.secret));
      }),
    );
}
