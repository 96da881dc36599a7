import type { OffboardingItem, OffboardingResource, PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Identity } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { type Held, itemOfList, itemsOf } from '../core/register/departure.ts';
import type { RouteDeps } from '../inside.ts';
import { readPeople } from '../people/person-rows.ts';
import { readTeam } from '../people/team.ts';
import { accessList, accessSource } from '../schema.ts';
import { heldBy, readDeparture } from './departures.ts';
import { readMemberRow } from './members.ts';

/** What is to be done after somebody left; undefined for who has not left, or is of the team again. */
export async function readOffboarding(
  deps: RouteDeps,
  person: PersonId,
  who: Identity,
): Promise<OffboardingResource | undefined> {
  const found = await deps.database.transaction(
    async (tx) => {
      return {
        member: await readMemberRow(tx, person),
        departure: await readDeparture(tx, person),
        titles: await titlesOf(tx),
        held: await heldNow(tx, person),
        unknown: await unreadSources(tx),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  const { member, departure, held, titles, unknown } = found;
  if (departure === undefined || member?.state !== 'former') return undefined;
  const commands = await commandsFor(deps, person, who);
  const items = itemsOf(departure, held).map((item) => {
    const state = stateOf(item, departure.done, held);
    const account = item.kind === 'account' ? deps.reviewed.names.of(item.what) : undefined;
    const name = titles.get(item.item) ?? account?.name;
    const command = state === 'to-do' ? (commands.get(item.item) ?? commandOf(account)) : undefined;
    return {
      ...item,
      state,
      ...(name !== undefined && { name }),
      ...(command !== undefined && { command }),
    };
  });
  return {
    person,
    since: departure.since.toISOString(),
    items,
    open: items.filter(({ state }) => state === 'to-do').length,
    unknown,
  };
}

/** What somebody who left has now. Whom the directory has no more is in none of its groups. */
export async function heldNow(tx: Tx, person: PersonId): Promise<Held> {
  const [row] = await readPeople(tx, [person]);
  return await heldBy(tx, { id: person, groups: row && row.goneAt === null ? row.groups : [] });
}

/** Where accounts are looked for and could not be read whole: there may be more. */
async function unreadSources(tx: Tx): Promise<string[]> {
  const found = await tx
    .select({ id: accessSource.id })
    .from(accessSource)
    .where(eq(accessSource.state, 'unknown'))
    .orderBy(accessSource.id);
  return found.map(({ id }) => id);
}

/** What takes the rights of an account away; Huismeester runs none of it. */
function commandOf(account: { readonly commands: readonly string[] } | undefined): string | undefined {
  return account === undefined || account.commands.length === 0 ? undefined : account.commands.join('\n');
}

/** What the lists are called that are kept by hand, by item. */
async function titlesOf(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const lists = await tx
    .select({ id: accessList.id, kind: accessList.kind, title: accessList.title })
    .from(accessList);
  return new Map(lists.map(({ title, ...list }) => [itemOfList(list), title]));
}

/** What to run for the groups that are to follow, by item; none where it is not known now, or we write them ourselves. */
async function commandsFor(
  deps: RouteDeps,
  person: PersonId,
  who: Identity,
): Promise<ReadonlyMap<string, string>> {
  const found = (await readTeam(deps, who)).find((each) => each.person === person);
  return new Map(
    found?.awaited.flatMap(({ group, command }) =>
      command === undefined ? [] : [[`group-${group}`, command] as const],
    ),
  );
}

/** What is so by itself is done, whoever ticked it. */
function stateOf(
  { item, kind, what }: OffboardingItem,
  done: readonly string[],
  held: Held,
): OffboardingResource['items'][number]['state'] {
  if (isSeen(kind, what, held)) return 'seen';
  return done.includes(item) ? 'done' : 'to-do';
}

function isSeen(
  kind: OffboardingItem['kind'],
  what: string,
  { groups, accounts, lists, wikiIsClear }: Held,
): boolean {
  switch (kind) {
    case 'group':
      return !groups.some((group) => group === what);
    case 'account':
      return !accounts.includes(what);
    case 'list':
    case 'secret':
      return !lists.some(({ id }) => id === what);
    case 'wiki':
      return wikiIsClear;
  }
}
