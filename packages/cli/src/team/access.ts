import { AccessSourceResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import { Type } from 'typebox';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { whichPerson } from '../people/which-person.ts';
import type { Shell } from '../shell.ts';
import { accountLines, accountName, accountTable, sourceTable } from './access-lines.ts';
import { addAccessLists } from './access-lists.ts';
import { carriesOut } from './action.ts';
import { said } from './said.ts';
import { allAccounts, whichAccount } from './which-account.ts';

const sources = '/api/v1/access/sources';

/** `access`: who really has admin access to core (CORE-4): `show`, `sources`, `review`, `owner`, and `lists` of what has no API (CORE-2). */
export function addAccess(program: Command, shell: Shell): void {
  const access = program
    .command('access')
    .description(
      'list who really has admin access to core (CORE-4); nothing is ever taken away by Huismeester',
    );
  const accounts = access
    .command('accounts', { isDefault: true })
    .description('list accounts with admin rights, whose they are, and on what');
  carriesOut(accounts, shell, async ({ api, output, words }) => {
    const found = await allAccounts(api);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...accountTable(found, output, words, who));
  });
  const show = access
    .command('show')
    .argument('<account>', 'its name or its id')
    .description('show one: by what it has its rights, and the commands that take them away');
  carriesOut(show, shell, async ({ api, output, words }, reference) => {
    const found = await whichAccount(api, reference, words);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...accountLines(found, words, who));
  });
  addSources(access, shell);
  addOwner(access, shell);
  addAccessLists(access, shell);
}

function addSources(access: Command, shell: Shell): void {
  const list = access
    .command('sources')
    .description('list where is looked for accounts, and whether all could be read');
  carriesOut(list, shell, async ({ api, output, words }) => {
    const found = await api.list(sources, AccessSourceResource);
    output.answer(found, ...sourceTable(found, output, words));
  });
  const review = access.command('review').description('look now, and show whether all could be read');
  carriesOut(review, shell, async ({ api, output, words }) => {
    await api.send('POST', '/api/v1/access/review', {}, Type.Unknown());
    const found = await api.list(sources, AccessSourceResource);
    output.answer(found, ...sourceTable(found, output, words));
  });
}

function addOwner(access: Command, shell: Shell): void {
  const owner = access
    .command('owner')
    .argument('<account>', 'its name or its id')
    .argument('<person>', 'by login name or id; none: it is nobody’s')
    .description('say whose account it is, where no directory does (CORE-4)');
  carriesOut(owner, shell, async ({ api, output, words, language }, reference, to) => {
    const account = await whichAccount(api, reference, words);
    const path = `/api/v1/access/${encodeURIComponent(account.id)}/person`;
    if (to === 'none') {
      await api.delete(path);
      const text = said(words.access.unowned(accountName(account)), 'CORE-4');
      return output.answer({ account: account.id, person: null }, text);
    }
    const person = await whichPerson(api, to, language);
    await api.send('PUT', path, { person: person.id }, Type.Unknown());
    const now = { account: account.id, person: person.id };
    output.answer(now, said(words.access.owned(accountName(account), person.called), 'CORE-4'));
  });
}
