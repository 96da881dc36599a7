import type { EventData } from '@huismeester/contracts';
import type { Database } from '@huismeester/database';
import { aggregate, type EventLog, type Made, newEvent } from '@huismeester/events';
import { wiki } from '../schema.ts';

type WikiEvent = Made<'wiki.reachable'> | Made<'wiki.unreachable'>;

interface WikiState {
  readonly state: 'reachable' | 'unreachable';
  readonly since: Date;
  readonly why: string | null;
}

/** Whether the wiki answers: one row. */
const wikis = aggregate({
  kind: 'wiki',
  table: wiki,
  initial: undefined,
  evolve: (_: WikiState | undefined, { type, data }: WikiEvent): WikiState =>
    type === 'wiki.reachable'
      ? { state: 'reachable', since: new Date(data.since), why: null }
      : { state: 'unreachable', since: new Date(data.since), why: data.why },
});

const id = 'main';
const subject = `wiki/${id}`;

/** Writes down that the wiki answered, or why it did not; an event where that is otherwise than before. */
export async function recordWiki(
  { database, log }: { readonly database: Database; readonly log: EventLog },
  why: string | undefined,
): Promise<void> {
  await database.transaction((tx) =>
    wikis.handle(tx, {
      log,
      id,
      actor: log.service,
      decide(known, _, { now }) {
        const state = why === undefined ? 'reachable' : 'unreachable';
        if (known?.state === state) return [];
        const since = now.toISOString();
        return [
          why === undefined
            ? newEvent('wiki.reachable', subject, { since })
            : newEvent('wiki.unreachable', subject, { since, why } satisfies EventData<'wiki.unreachable'>),
        ];
      },
    }),
  );
}
