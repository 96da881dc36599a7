import type {
  AccessListResource,
  AccessSourceResource,
  AccountResource,
  ServiceAccountResource,
} from '@huismeester/contracts';
import type { Output, Style } from '../output.ts';
import type { Called } from '../people/called.ts';
import { printable } from '../printable.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { rowLines } from './said.ts';
import type { Words } from './words-en.ts';

type Terminal = Pick<Output, 'width' | 'paint'>;

/** What an account is called, or its id while no read since the start has its name. */
export function accountName({ id, name }: Pick<AccountResource, 'id' | 'name'>): string {
  return name ?? id;
}

/** Whether an account has admin rights on core that only members may have (CORE-4). */
function isOutside({ whose, state }: AccountResource): boolean {
  return state === 'admin' && (whose === 'other' || whose === 'nobody');
}

/** Accounts as a table, those first that nobody of the team stands for. */
export function accountTable(
  accounts: readonly AccountResource[],
  output: Terminal,
  words: Words,
  who: Called,
): string[] {
  const { heads, nothing, states, toShow } = words.access;
  const sorted = accounts.toSorted(
    (a, b) => Number(isOutside(b)) - Number(isOutside(a)) || accountName(a).localeCompare(accountName(b)),
  );
  const columns: readonly Column<AccountResource>[] = [
    { head: heads.account, of: accountName },
    { head: heads.source, of: ({ source }) => source },
    {
      head: heads.whose,
      of: (each) => whoseText(each, words, who),
      style: (each) => (isOutside(each) ? 'red' : undefined),
    },
    { head: heads.state, of: ({ state }) => states[state] },
    { head: heads.id, of: ({ id }) => id },
    { head: heads.on, of: ({ rights }) => rights.map(({ on }) => on).join(', ') },
  ];
  return [...table(sorted, columns, output, nothing), ...(sorted.some(isOutside) ? ['', toShow] : [])];
}

function whoseText({ whose, person }: AccountResource, { access }: Words, who: Called): string {
  const text = access.whose[whose];
  return person === undefined ? text : access.person(who(person), text);
}

/** An account: whose it is, what it may by what, and the commands that take that away. */
export function accountLines(found: AccountResource, words: Words, who: Called): string[] {
  const { access } = words;
  const { labels } = access;
  const { service, rights, commands } = found;
  return [
    printable(`${accountName(found)} (${found.source}, ${found.id})`),
    ...rowLines([
      [labels.whose, whoseText(found, words, who)],
      [labels.service, service && access.service(service.purpose, service.review, who(service.steward))],
      [labels.state, access.states[found.state]],
      ...rights.flatMap(({ on, privileges, by }, at) => [
        [at === 0 ? labels.rights : '', `${on}: ${privileges.join(' ')}`] as const,
        ...by.map((each) => ['', `  ${each}`] as const),
      ]),
    ]),
    ...(found.whose === 'nobody' ? [printable(access.toAssign(found.id))] : []),
    // At the first column: a command may have a here-document, whose end must stand there.
    ...(commands.length === 0 ? [] : ['', access.nothingRuns, ...commands.flatMap(commandLines)]),
  ];
}

function commandLines(command: string): string[] {
  return command.trimEnd().split('\n').map(printable);
}

const sourceStyles: { readonly [state in AccessSourceResource['state']]: Style } = {
  known: 'green',
  unknown: 'red',
  'not-set-up': 'yellow',
};

/** Where accounts are looked for, and whether that could be read whole. */
export function sourceTable(
  sources: readonly AccessSourceResource[],
  output: Terminal,
  { access }: Words,
): string[] {
  const { sourceHeads: heads, sourceStates } = access;
  const columns: readonly Column<AccessSourceResource>[] = [
    { head: heads.source, of: ({ id }) => id },
    { head: heads.state, of: ({ state }) => sourceStates[state], style: ({ state }) => sourceStyles[state] },
    { head: heads.read, of: ({ readAt }) => readAt && civilTime(readAt) },
    { head: heads.accounts, of: ({ state, accounts }) => (state === 'known' ? accounts : undefined) },
    { head: heads.note, of: ({ lacks }) => lacks },
  ];
  return table(sources, columns, output, access.noSources);
}

/** Lists that are kept by hand; those first that are to be confirmed first. */
export function listTable(
  lists: readonly AccessListResource[],
  {
    output,
    words,
    who,
    now,
  }: { readonly output: Terminal; readonly words: Words; readonly who: Called; readonly now: Date },
): string[] {
  const { access } = words;
  const { listHeads: heads } = access;
  const sorted = lists.toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const columns: readonly Column<AccessListResource>[] = [
    { head: heads.id, of: ({ id }) => id },
    { head: heads.kind, of: ({ kind }) => access.kinds[kind] },
    { head: heads.core, of: ({ core }) => (core ? access.core : undefined) },
    {
      head: heads.due,
      of: ({ due }) => civilTime(due),
      style: ({ due }) => (Date.parse(due) <= now.getTime() ? 'yellow' : undefined),
    },
    { head: heads.people, of: ({ people }) => people.map(who).join(', ') || words.none },
    { head: heads.title, of: ({ title }) => title },
  ];
  return table(sorted, columns, output, access.noLists);
}

/** Accounts that are no person's. */
export function serviceTable(
  accounts: readonly ServiceAccountResource[],
  output: Terminal,
  { serviceAccount: words, nobody }: Words,
  who: Called,
): string[] {
  const { heads } = words;
  const columns: readonly Column<ServiceAccountResource>[] = [
    { head: heads.account, of: accountName },
    { head: heads.source, of: ({ source }) => source },
    { head: heads.review, of: ({ review, built_in: builtIn }) => (builtIn ? words.builtIn : review) },
    { head: heads.steward, of: ({ steward }) => (steward === undefined ? nobody : who(steward)) },
    { head: heads.purpose, of: ({ purpose }) => purpose },
  ];
  return table(accounts, columns, output, words.nothing);
}
