import type { Departure, OffboardingResource, RegisterState } from '@huismeester/contracts';
import type { Called } from '../people/called.ts';
import { printable } from '../printable.ts';
import { civilTime } from '../time.ts';
import { rowLines } from './said.ts';
import type { Words } from './words-en.ts';

/** What accounts are called, by id. */
export type AccountNames = (account: string) => string;

/** What would follow if somebody left the team now. */
export function previewLines(
  found: Departure,
  words: Words,
  {
    person,
    who,
    accounts,
  }: { readonly person: string; readonly who: Called; readonly accounts: AccountNames },
): string[] {
  const { departure, application, register } = words;
  const { labels } = departure;
  const state = isState(found.register) ? register[found.register] : found.register;
  const listed = (label: string, texts: readonly string[]) =>
    texts.map((text, at) => [at === 0 ? label : '', text] as const);
  const stateOf = (text: string) => application.states[text as keyof typeof application.states] ?? text;
  const ofKind = (kind: 'access' | 'secret') =>
    found.lists.filter((each) => each.kind === kind).map(({ list }) => list);
  const secrets = ofKind('secret');
  return [
    printable(departure.title(person)),
    ...rowLines([
      [labels.register, state ?? departure.notInRegister],
      [labels.board, found.endsBoard ? departure.endsBoard : undefined],
      [labels.members, departure.membersLeft(found.fullMembersLeft)],
      ...listed(
        labels.core,
        found.core.map(({ subject, stewards }) => departure.stewards(subject, stewards)),
      ),
      ...listed(
        labels.holds,
        found.holds.map(({ target, until }) => departure.hold(target, civilTime(until))),
      ),
      ...listed(
        labels.applications,
        found.applications.map((each) =>
          departure.application(who(each.person), stateOf(each.state), each.voted),
        ),
      ),
      [labels.vms, found.vms.map(({ vm }) => vm).join(', ') || undefined],
      ...listed(
        labels.projects,
        found.projects.map(({ project, role, only }) => departure.project(project, role, only)),
      ),
      [labels.accounts, found.accounts.map(accounts).join(', ') || undefined],
      [labels.lists, ofKind('access').join(', ') || undefined],
      [labels.secrets, secrets.length === 0 ? undefined : departure.secrets(secrets.join(', '))],
      ...listed(labels.unknown, found.unknown),
    ]),
  ];
}

function isState(text: string | undefined): text is RegisterState {
  return text === 'trial' || text === 'full' || text === 'suspended' || text === 'former';
}

const marks = { 'to-do': '[ ]', done: '[x]', seen: '[x]' } as const;

/** What is to be done after somebody left, and was done, with the commands for it. */
export function offboardingLines(found: OffboardingResource, person: string, words: Words): string[] {
  const { departure } = words;
  const { items, open, since, unknown } = found;
  const title = departure.list(person, civilTime(since), open, items.length);
  const next = items.find(({ state }) => state === 'to-do');
  return [
    printable(title),
    ...items.flatMap(({ item, kind, what, state, name, command }) => [
      printable(
        `  ${marks[state]} ${item}: ${departure.kinds[kind]}${kind === 'wiki' ? '' : ` ${name ?? what}`}${state === 'seen' ? ` (${departure.seen})` : ''}`,
      ),
      // A command goes on at the first column: the end of a here-document must stand there.
      ...(command === undefined || state !== 'to-do' ? [] : words.team.commandLines(command).map(printable)),
    ]),
    ...(items.length === 0 ? [departure.nothingToDo] : []),
    ...(unknown.length === 0 ? [] : [printable(departure.unread(unknown.join(', ')))]),
    ...(next === undefined ? [] : [printable(departure.toTick(person, next.item))]),
  ];
}
