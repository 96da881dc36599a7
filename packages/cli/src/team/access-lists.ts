import { AccessListResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { several } from '../commands/options.ts';
import { NotFine, UsageError } from '../errors.ts';
import { called, idsOf } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import type { Shell } from '../shell.ts';
import { civilTime } from '../time.ts';
import { listTable } from './access-lines.ts';
import { carriesOut } from './action.ts';
import { said } from './said.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/access/lists';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;

interface Fields {
  readonly title?: string;
  readonly kind?: AccessListResource['kind'];
  readonly core?: boolean;
  readonly person?: readonly string[];
}

/** `access lists`: who has access to what has no API, and who knows a shared secret; `record`, `confirm`, `end` (CORE-2). */
export function addAccessLists(access: Command, shell: Shell): void {
  const lists = access
    .command('lists')
    .description('list who has access to what has no API, and who knows a shared secret (CORE-2)');
  const list = lists.command('list', { isDefault: true }).description('list them');
  carriesOut(list, shell, async ({ api, output, words }) => {
    const found = await allLists(api);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    output.answer(found, ...listTable(found, { output, words, who, now: shell.now() }));
  });
  addRecord(lists, shell);
  const confirm = lists
    .command('confirm')
    .argument('<list>', 'its id')
    .description('say that you looked, and it is true (CORE-2)');
  carriesOut(confirm, shell, async ({ api, output, words }, id) => {
    await mustBeThere(api, id, words);
    await api.send('POST', `${of(id)}/confirmation`, {}, Type.Unknown());
    const now = (await allLists(api)).find((each) => each.id === id);
    const due = now === undefined ? '' : civilTime(now.due);
    output.answer(
      now ?? { list: id, confirmed: true },
      said(words.access.confirmed(now?.title ?? id, due), 'CORE-2'),
    );
  });
  const end = lists.command('end').argument('<list>', 'its id').description('keep it no more (CORE-2)');
  carriesOut(end, shell, async ({ api, output, words }, id) => {
    await mustBeThere(api, id, words);
    await api.delete(of(id));
    output.answer({ list: id, ended: true }, said(words.access.ended(id), 'CORE-2'));
  });
}

function allLists(api: Api): Promise<AccessListResource[]> {
  return api.list(path, AccessListResource);
}

async function mustBeThere(api: Api, id: string, words: Words): Promise<void> {
  if (!(await allLists(api)).some((each) => each.id === id)) throw new NotFine(words.access.noList(id));
}

function addRecord(lists: Command, shell: Shell): void {
  const record = lists
    .command('record')
    .argument('<list>', 'its id, such as router-admins')
    .description(
      'write down who has access; of a list that is there what is not named stays as it is (CORE-2)',
    )
    .option('--title <title>', 'what it gives access to; no person’s name')
    .addOption(
      new Option('--kind <kind>', 'access if left out; secret: who knows a shared secret').choices([
        'access',
        'secret',
      ]),
    )
    .option('--core', 'it gives admin access to core (CORE-4)')
    .option('--no-core', 'it does not')
    .option('--person <uid>', 'who has access, by login name or id; may be repeated; none: nobody', several);
  carriesOut<Fields>(record, shell, async ({ api, output, options, words, language }, id) => {
    const before = (await allLists(api)).find((each) => each.id === id);
    const {
      title = before?.title,
      kind = before?.kind ?? 'access',
      core = before?.core ?? false,
      person,
    } = options;
    const people = person === undefined ? before?.people : await idsOf(api, person, language);
    if (title === undefined || people === undefined) throw new UsageError(words.access.sayTitle);
    const now = await api.send('PUT', of(id), { title, kind, core, people }, AccessListResource);
    output.answer(now, said(words.access.recorded(now.title, now.people.length), 'CORE-2'));
  });
}
