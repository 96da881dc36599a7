import { AccessSourceResource, ServiceAccountResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { called, idOf } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import type { Shell } from '../shell.ts';
import { accountName, serviceTable } from './access-lines.ts';
import { carriesOut } from './action.ts';
import { said } from './said.ts';
import { findAccount } from './which-account.ts';

const path = '/api/v1/service-accounts';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;

interface Fields {
  readonly purpose: string;
  readonly review: string;
  readonly steward: string;
  readonly source?: string;
}

/** `service-account`: accounts that are no person's; `register`, which also says that somebody looked again, and `forget` (CORE-4). */
export function addServiceAccount(program: Command, shell: Shell): void {
  const service = program
    .command('service-account')
    .description('list the accounts that are no person’s: what for, and when somebody looks again (CORE-4)');
  const list = service.command('list', { isDefault: true }).description('list them');
  carriesOut(list, shell, async ({ api, output, words }) => {
    const found = await allServices(api);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...serviceTable(found, output, words, who));
  });
  addRegister(service, shell);
  const forget = service
    .command('forget')
    .argument('<account>', 'its name or its id')
    .description('it is no service account any more: whose it is has to be said again (CORE-4)');
  carriesOut(forget, shell, async ({ api, output, words }, reference) => {
    const found = (await allServices(api)).find(({ id, name }) => id === reference || name === reference);
    if (found === undefined) throw new NotFine(words.access.notFound(reference));
    await api.delete(of(found.id));
    output.answer(
      { account: found.id, forgotten: true },
      said(words.serviceAccount.forgotten(accountName(found)), 'CORE-4'),
    );
  });
}

function allServices(api: Api): Promise<ServiceAccountResource[]> {
  return api.list(path, ServiceAccountResource);
}

function addRegister(service: Command, shell: Shell): void {
  const register = service
    .command('register')
    .argument('<account>', 'its name or its id')
    .description('register one, or say that you looked at it again (CORE-4)')
    .requiredOption('--purpose <text>', 'what it is for')
    .requiredOption(
      '--review <day>',
      'when somebody looks at it again, such as 2027-11-22; at most a year ahead',
    )
    .requiredOption('--steward <uid>', 'who looks after it, by login name or id')
    .option('--source <source>', 'where it is, where it is not in the list of `access`');
  carriesOut<Fields>(register, shell, async ({ api, output, options, words, language }, reference) => {
    const { purpose, review, steward, source } = options;
    const fields = {
      purpose,
      review,
      steward: await idOf(api, steward, language),
    };
    const id = await knownId(api, reference, source);
    const account = id === undefined ? await findAccount(api, reference, words) : { id };
    if (account === undefined && source === undefined) {
      const sources = await api.list('/api/v1/access/sources', AccessSourceResource);
      throw new NotFine(words.serviceAccount.saySource(reference, sources.map((each) => each.id).join(', ')));
    }
    if (account === undefined)
      await api.send('POST', path, { source, name: reference, ...fields }, Type.Unknown());
    else await api.send('PUT', of(account.id), fields, Type.Unknown());
    output.answer(
      { account: account?.id ?? reference, ...fields },
      said(words.serviceAccount.registered(reference, review), 'CORE-4'),
    );
  });
}

/** The id of one that is registered already, by id or name. */
async function knownId(api: Api, reference: string, source: string | undefined): Promise<string | undefined> {
  const all = await allServices(api);
  return all.find(
    (each) =>
      each.id === reference || (each.name === reference && (source === undefined || each.source === source)),
  )?.id;
}
