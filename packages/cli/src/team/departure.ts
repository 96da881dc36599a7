import { Departure, OffboardingResource } from '@huismeester/contracts';
import { type Command, Option } from 'commander';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { called } from '../people/called.ts';
import { accountNames } from '../people/names.ts';
import { uidsById } from '../people/uids.ts';
import { type NamedPerson, whichPerson } from '../people/which-person.ts';
import { answerOf } from '../served.ts';
import type { Connected, Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import { offboardingLines, previewLines } from './departure-lines.ts';
import { memberPath } from './member-acts.ts';
import { said } from './said.ts';
import type { Words } from './words-en.ts';

interface Options {
  readonly done?: string;
  readonly undo?: string;
}

/** `departure PERSON`: what would follow if somebody left the team; once they have left the list to tick, `--done ITEM` ticks it (TEAM-2). */
export function addDeparture(program: Command, shell: Shell): void {
  const departure = program
    .command('departure')
    .argument('<person>', 'by login name, or by id')
    .description('show what follows if somebody leaves the team; after that, what is to be done (TEAM-2)')
    .option('--done <item>', 'tick something of the list, when it is done')
    .addOption(new Option('--undo <item>', 'it is to be done after all').conflicts('done'));
  carriesOut<Options>(departure, shell, async (asked, reference) => {
    const { api, output, options, words, language } = asked;
    const person = await whichPerson(api, reference, language);
    const list = await offboardingOf(api, person.id);
    const { done, undo } = options;
    const item = done ?? undo;
    if (item !== undefined) return await tick(asked, { person, list, item, done: done !== undefined }, words);
    if (list !== undefined) return output.answer(list, ...offboardingLines(list, person.called, words));
    const found = await readPreview(api, person.id);
    output.answer(found, ...(output.json ? [] : await linesOf(api, found, person.called, words)));
  });
}

/** What would follow if that person left now; nothing is changed by asking. */
export function readPreview(api: Api, person: string): Promise<Departure> {
  return api.get(`/api/v1/departures/${encodeURIComponent(person)}`, Departure);
}

/** The preview, with what people and accounts are called. */
export async function linesOf(api: Api, found: Departure, person: string, words: Words): Promise<string[]> {
  const [uids, accounts] = await Promise.all([
    uidsById(api),
    found.accounts.length === 0 ? new Map<string, string>() : accountNames(api),
  ]);
  return previewLines(found, words, {
    person,
    who: called(uids, words),
    accounts: (account) => accounts.get(account) ?? account,
  });
}

/** The list of who has left; undefined for anybody else, and where membership is not there. */
async function offboardingOf(api: Api, person: string): Promise<OffboardingResource | undefined> {
  const answer = await answerOf(api.get(`${memberPath(person)}/offboarding`, OffboardingResource));
  return 'value' in answer ? answer.value : undefined;
}

interface Tick {
  readonly person: NamedPerson;
  readonly list: OffboardingResource | undefined;
  readonly item: string;
  readonly done: boolean;
}

async function tick(
  { api, output }: Connected,
  { person, list, item, done }: Tick,
  words: Words,
): Promise<void> {
  const { departure } = words;
  if (list === undefined) throw new NotFine(departure.noList(person.called));
  if (!list.items.some((each) => each.item === item))
    throw new NotFine(departure.noItem(item, list.items.map((each) => each.item).join(', ')));
  const path = `${memberPath(person.id)}/offboarding/${encodeURIComponent(item)}`;
  await api.send('PUT', path, { done }, Type.Unknown());
  const now = { person: person.id, item, done };
  output.answer(now, said(done ? departure.ticked(item) : departure.unticked(item), 'TEAM-2'));
}
