import { type EventData, type Now, upcastData } from '@huismeester/contracts';
import { desc, inArray } from 'drizzle-orm';
import type { RouteDeps } from '../deps.ts';
import { eventLog } from '../schema.ts';
import { type Happened, saidOf, subjectOf, type Told, together, toldTypes } from './told.ts';
import type { createVmNames } from './vm-names.ts';

/** So many of the newest events are looked at, and so many are told: in a power cut all VMs are decided on at once. */
const mostRead = 200;
const mostTold = 7;

/** Reads the newest events of policy's log that say how the space got to be as it is, and of which none is about a person; from the database once for each new head of the log. */
export function createLast(
  { database, log, page: { site } }: Pick<RouteDeps, 'database' | 'log' | 'page'>,
  names: ReturnType<typeof createVmNames>,
) {
  let read: { readonly head: number; readonly rows: Promise<Happened[]> } | undefined;
  const newest = (): Promise<Happened[]> => {
    const head = log.head();
    if (read?.head === head) return read.rows;
    const rows = readNewest(database.orm).then((all) => together(all).slice(0, mostTold));
    read = { head, rows };
    // What failed is asked for again.
    rows.catch(() => {
      if (read?.rows === rows) read = undefined;
    });
    return rows;
  };
  return async (): Promise<NonNullable<Now['last']>> => {
    const told = await newest();
    const named = await names(told.map(({ subject }) => subject));
    return told.map((each) => saidOf(each, named, site.timezone));
  };
}

async function readNewest(orm: RouteDeps['database']['orm']): Promise<Happened[]> {
  const rows = await orm
    .select()
    .from(eventLog)
    .where(inArray(eventLog.type, [...toldTypes]))
    .orderBy(desc(eventLog.position))
    .limit(mostRead);
  return rows.map(({ id, type, schemaVersion, time, correlationId, data: written }) => {
    // The log checked the data against the event's schema before it wrote them.
    const data = upcastData(type as Told, schemaVersion, written) as EventData<Told>;
    return {
      id,
      type: type as Told,
      time,
      correlation: correlationId,
      data,
      subject: subjectOf(data),
      others: 0,
    };
  });
}
