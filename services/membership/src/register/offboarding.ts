import type { OffboardingItem, OffboardingResource, PersonId } from '@huismeester/contracts';
import type { Held } from '../core/register/departure.ts';
import type { RouteDeps } from '../inside.ts';
import { readPeople } from '../people/person-rows.ts';
import { heldBy, readDeparture } from './departures.ts';
import { readMemberRow } from './members.ts';

/** What is to be done after somebody left; undefined for who has not left, or is of the team again. */
export async function readOffboarding(
  { database }: Pick<RouteDeps, 'database'>,
  person: PersonId,
): Promise<OffboardingResource | undefined> {
  const found = await database.transaction(
    async (tx) => {
      const [row] = await readPeople(tx, [person]);
      return {
        member: await readMemberRow(tx, person),
        departure: await readDeparture(tx, person),
        // Whom the directory has no more is in none of its groups.
        held: await heldBy(tx, { id: person, groups: row && row.goneAt === null ? row.groups : [] }),
      };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
  const { member, departure, held } = found;
  if (departure === undefined || member?.state !== 'former') return undefined;
  const items = departure.items.map((item) => ({ ...item, state: stateOf(item, departure.done, held) }));
  return {
    person,
    since: departure.since.toISOString(),
    items,
    open: items.filter(({ state }) => state === 'to-do').length,
  };
}

/** What is so by itself is done, whoever ticked it; of the wiki nothing is seen. */
function stateOf(
  { item, kind, what }: OffboardingItem,
  done: readonly string[],
  held: Held,
): OffboardingResource['items'][number]['state'] {
  if (isSeen(kind, what, held)) return 'seen';
  return done.includes(item) ? 'done' : 'to-do';
}

function isSeen(kind: OffboardingItem['kind'], what: string, { groups, accounts, lists }: Held): boolean {
  switch (kind) {
    case 'group':
      return !groups.some((group) => group === what);
    case 'account':
      return !accounts.includes(what);
    case 'list':
    case 'secret':
      return !lists.some(({ id }) => id === what);
    case 'wiki':
      return false;
  }
}
