import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { sql } from 'drizzle-orm';
import { decideLook, type PageAnswer } from '../core/design/look.ts';
import { pageLook } from '../schema.ts';
import { designScope, designs } from './aggregate.ts';

/** What a look at the page of a design decision brought. */
export interface Found {
  readonly id: string;
  /** The title that was asked for. */
  readonly page: string;
  readonly answer: PageAnswer;
}

/** Writes down what looks brought: when each was, and events where the wiki says something else than before. */
export async function recordLooks(
  tx: Tx,
  log: EventLog,
  { found, actor }: { readonly found: readonly Found[]; readonly actor: string },
): Promise<void> {
  const kept: Found[] = [];
  await designs.handleAll(tx, {
    log,
    actor,
    scope: designScope,
    decide(known, _, { now }) {
      // What names another page since, or is removed, was not looked at.
      kept.push(...found.filter(({ id, page }) => known.get(id)?.fields.page === page));
      return kept.flatMap(({ id, answer }) => {
        const decision = known.get(id);
        return decision ? decideLook(id, decision, answer, now) : [];
      });
    },
  });
  await saveLooks(tx, kept, log.now());
}

/** Keeps when these pages were last looked at, and what that look brought. */
export async function saveLooks(tx: Tx, found: readonly Found[], lookedAt: Date): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map(({ id, answer: { state, why = null, revision = null, revised_at } }) => ({
    decision: id,
    lookedAt,
    unknownSince: state === 'unknown' ? lookedAt : null,
    why,
    revision,
    revisedAt: revised_at === undefined ? null : new Date(revised_at),
  }));
  await tx
    .insert(pageLook)
    .values(rows)
    .onConflictDoUpdate({
      target: pageLook.decision,
      set: {
        lookedAt: sql`excluded.looked_at`,
        // It stays what it was while it goes on.
        unknownSince: sql`case when excluded.unknown_since is null then null else coalesce(${pageLook.unknownSince}, excluded.unknown_since) end`,
        why: sql`excluded.why`,
        // Of a look that brought nothing those before stay.
        revision: sql`coalesce(excluded.revision, ${pageLook.revision})`,
        revisedAt: sql`coalesce(excluded.revised_at, ${pageLook.revisedAt})`,
      },
    });
}
