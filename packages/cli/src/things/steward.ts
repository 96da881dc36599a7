import { MeResource, StewardResource } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import type { Language } from '../language.ts';
import { called } from '../people/called.ts';
import { uidsById } from '../people/uids.ts';
import { type NamedPerson, whichPerson } from '../people/which-person.ts';
import type { Shell } from '../shell.ts';
import { table } from '../table.ts';
import { said } from '../team/said.ts';
import { civilTime } from '../time.ts';
import { carriesOut } from './action.ts';
import { whichItem } from './which-item.ts';
import type { Words } from './words-en.ts';

const path = '/api/v1/stewards';
const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
const day = (iso: string) => civilTime(iso).slice(0, 10);

/** `steward list`, `learn`, `add`, `promote`, `confirm`, `remove`: who can run what (TEAM-2). */
export function addSteward(program: Command, shell: Shell): void {
  const steward = program
    .command('steward')
    .description('who can run what without help, and who learns to (TEAM-2)');
  addList(steward, shell);
  addAdd(steward, shell);
  addPromote(steward, shell);
  addConfirm(steward, shell);
  addRemove(steward, shell);
}

function addList(steward: Command, shell: Shell): void {
  const list = steward
    .command('list', { isDefault: true })
    .argument('[item]', 'of one item')
    .description('list them, and until when each counts');
  carriesOut(list, shell, async ({ api, output, words }, reference) => {
    const { steward: say, item } = words;
    const id = reference === '' ? undefined : (await whichItem(api, reference, words)).id;
    const found = (await allStewards(api)).filter((each) => id === undefined || each.item === id);
    const who = called(output.json ? new Map() : await uidsById(api), words);
    const now = shell.now();
    const isOver = ({ counts_until: until }: StewardResource) =>
      until !== undefined && new Date(until) <= now;
    output.answer(
      found,
      ...table(
        found,
        [
          { head: say.heads.item, of: (each) => each.item },
          { head: say.heads.person, of: ({ person }) => who(person) },
          { head: say.heads.role, of: ({ role }) => item.roles[role] },
          { head: say.heads.since, of: ({ since }) => day(since) },
          {
            head: say.heads.counts,
            of: (each) => (isOver(each) ? say.over : each.counts_until && day(each.counts_until)),
            style: (each) => (isOver(each) ? 'yellow' : undefined),
          },
        ],
        output,
        id === undefined ? say.nothing : say.noneOf(reference),
      ),
    );
  });
}

function allStewards(api: Api): Promise<StewardResource[]> {
  return api.list(path, StewardResource);
}

function addAdd(steward: Command, shell: Shell): void {
  const learn = steward
    .command('learn')
    .argument('<item>', 'its id, its name, or what it stands for')
    .description('say that you learn to run it');
  carriesOut(learn, shell, async ({ api, output, words }, reference) => {
    const { id, name } = await whichItem(api, reference, words);
    const { called: who } = await oneself(api, words);
    const made = await api.send('POST', path, { item: id }, StewardResource);
    output.answer(made, said(words.steward.learns(who, name), 'TEAM-2'));
  });
  const add = steward
    .command('add')
    .argument('<item>', 'its id, its name, or what it stands for')
    .argument('<person>', 'by login name, or by id')
    .description('say that somebody learns to run it, for full members');
  carriesOut(add, shell, async ({ api, output, words, language }, reference, uid) => {
    const { id, name } = await whichItem(api, reference, words);
    const person = await whichPerson(api, uid, language);
    const made = await api.send('POST', path, { item: id, person: person.id }, StewardResource);
    output.answer(made, said(words.steward.learns(person.called, name), 'TEAM-2'));
  });
}

function addPromote(steward: Command, shell: Shell): void {
  const promote = steward
    .command('promote')
    .argument('<item>', 'its id, its name, or what it stands for')
    .argument('<person>', 'a learner, by login name or id')
    .description('a learner can run it without help now: another steward of it says so, or a full member');
  carriesOut(promote, shell, async ({ api, output, words, language }, reference, uid) => {
    const { record, name, who } = await recordOf(api, { reference, uid }, words, language);
    const found = await api.send('POST', `${of(record.id)}/promotion`, {}, StewardResource);
    output.answer(found, said(words.steward.promoted(who, name), 'TEAM-2'));
  });
}

function addConfirm(steward: Command, shell: Shell): void {
  const confirm = steward
    .command('confirm')
    .argument('[item]', 'left out: all that you are steward of')
    .description('say that you can still run it («ik kan dit nog»): it counts for 400 days from now');
  carriesOut(confirm, shell, async ({ api, output, words }, reference) => {
    const { id: me } = await oneself(api, words);
    const item = reference === '' ? undefined : await whichItem(api, reference, words);
    const own = (await allStewards(api)).filter(
      (each) =>
        each.person === me && each.role === 'steward' && (item === undefined || each.item === item.id),
    );
    if (own.length === 0) throw new NotFine(words.steward.nothingToConfirm);
    const confirmed: StewardResource[] = [];
    for (const { id } of own)
      confirmed.push(await api.send('POST', `${of(id)}/confirmation`, {}, StewardResource));
    output.answer(
      confirmed,
      ...confirmed.map((each) =>
        said(words.steward.confirmed(each.item, day(each.counts_until ?? each.confirmed_at)), 'TEAM-2'),
      ),
    );
  });
}

function addRemove(steward: Command, shell: Shell): void {
  const remove = steward
    .command('remove')
    .argument('<item>', 'its id, its name, or what it stands for')
    .argument('[person]', 'left out: yourself')
    .description('somebody can run it no more, or learns it no more: oneself, or a full member');
  carriesOut(remove, shell, async ({ api, output, words, language }, reference, uid) => {
    const { record, name, who } = await recordOf(api, { reference, uid }, words, language);
    await api.delete(of(record.id));
    output.answer({ steward: record.id, removed: true }, said(words.steward.removed(who, name), 'TEAM-2'));
  });
}

/** What is on record of a person, or of oneself, for an item. Throws a {@link NotFine} where nothing is. */
async function recordOf(
  api: Api,
  { reference, uid }: { readonly reference: string; readonly uid: string },
  words: Words,
  language: Language,
): Promise<{ readonly record: StewardResource; readonly name: string; readonly who: string }> {
  const { id, name } = await whichItem(api, reference, words);
  const person = uid === '' ? await oneself(api, words) : await whichPerson(api, uid, language);
  const record = (await allStewards(api)).find((each) => each.item === id && each.person === person.id);
  if (record === undefined) throw new NotFine(words.steward.notOnRecord(person.called, id));
  return { record, name, who: person.called };
}

async function oneself(api: Api, { steward }: Words): Promise<NamedPerson> {
  const { person, uid } = await api.get('/api/v1/me', MeResource);
  if (person === undefined) throw new NotFine(steward.noPerson);
  return { id: person, called: uid ?? person };
}
