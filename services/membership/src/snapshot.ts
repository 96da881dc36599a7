import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { accessEntities } from './access/entities.ts';
import { admissionEntities } from './admission/entities.ts';
import { readDirectory } from './people/directory-row.ts';
import { personEntity } from './people/person-changes.ts';
import { readPeopleThere } from './people/person-rows.ts';
import { registerEntities } from './register/entities.ts';
import { awaited, preference } from './schema.ts';

/** Everything that a fold of the log would know. */
export async function entitiesOf(tx: Tx, isSetUp: boolean): Promise<Entity[]> {
  const people = await readPeopleThere(tx);
  const preferences = await tx.select().from(preference);
  const edits = await tx.select().from(awaited);
  const row = await readDirectory(tx);
  return [
    ...people.map((each) => ({ subject: `person/${each.id}`, state: personEntity(each) })),
    ...(await registerEntities(tx)),
    ...(await admissionEntities(tx)),
    ...(await accessEntities(tx)),
    ...preferences.map(({ id, chosen }) => ({
      subject: `preference/${id}`,
      state: { person: id, ...chosen },
    })),
    ...[...new Set(edits.map(({ group }) => group))].map((group) => ({
      subject: `group/${group}`,
      state: {
        group,
        awaited: edits
          .filter((each) => each.group === group)
          .map(({ person, change }) => ({ person, change })),
      },
    })),
    { subject: 'directory/main', state: directoryEntity(row, isSetUp) },
  ];
}

function directoryEntity(row: Awaited<ReturnType<typeof readDirectory>>, isSetUp: boolean) {
  if (!isSetUp || row === undefined) return { state: 'not-set-up' };
  const { state, since, reason, renumbered } = row;
  return {
    state,
    since: since.toISOString(),
    ...(reason !== null && { reason }),
    ...(renumbered !== null && { renumbered }),
  };
}
