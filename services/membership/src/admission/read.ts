import type { PersonId } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { and, asc, eq } from 'drizzle-orm';
import type { Application } from '../core/admission/application.ts';
import { application } from '../schema.ts';

type Reader = Pick<Tx, 'select'>;
export type KnownApplication = { readonly id: string } & Application;

/** The applications, by id; those of a person, those that are open or not, or the one with the id. */
export async function readApplications(
  from: Reader,
  {
    id,
    person,
    open,
  }: {
    readonly id?: string | undefined;
    readonly person?: PersonId | undefined;
    readonly open?: boolean;
  } = {},
): Promise<KnownApplication[]> {
  return await from
    .select({
      id: application.id,
      person: application.person,
      open: application.open,
      state: application.state,
    })
    .from(application)
    .where(
      and(
        id === undefined ? undefined : eq(application.id, id),
        person === undefined ? undefined : eq(application.person, person),
        open === undefined ? undefined : eq(application.open, open),
      ),
    )
    .orderBy(asc(application.id));
}

/** Whose application it is: that never changes, so it is read before the row is locked. */
export async function personOf(from: Reader, id: string): Promise<PersonId | undefined> {
  const [row] = await from
    .select({ person: application.person })
    .from(application)
    .where(eq(application.id, id));
  return row?.person;
}

/** The id of this person’s open application. */
export async function openOf(from: Reader, person: PersonId): Promise<string | undefined> {
  return (await readApplications(from, { person, open: true }))[0]?.id;
}

/** Those that may still be decided, or carried out. */
export async function readOpen(from: Reader): Promise<KnownApplication[]> {
  return await readApplications(from, { open: true });
}
