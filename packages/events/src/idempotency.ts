import { rows, type Tx } from '@huismeester/database';
import { sql } from 'drizzle-orm';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import type { EventTables } from './tables.ts';

/** A request that its caller may send again without its being done twice. */
export interface IdempotentRequest {
  /** Who asks; each caller has keys of its own. */
  readonly actor: string;
  /** What the caller calls this request (`Idempotency-Key`). */
  readonly key: string;
  /** Method, path and body, or a digest of them: another request under the same key is refused. */
  readonly request: string;
}

/** For how long an answer is kept. */
const kept = sql.raw(`interval '24 hours'`);

/**
 * Runs the work once for a key, in the caller's transaction, and keeps what it answered (as JSON) for 24 h; the same request again gets that
 * answer. While the first is under way the second waits for its commit. Another request under the same key is refused with
 * `idempotency-key-reused`; a refusal is not kept, so that the caller may try again.
 */
export async function once<Answer>(
  tx: Tx,
  { tables, now }: { tables: Pick<EventTables, 'idempotencyKey'>; now: Date },
  { actor, key, request }: IdempotentRequest,
  work: (tx: Tx) => Promise<Answer | Refusal>,
): Promise<Answer | Refusal> {
  const { idempotencyKey } = tables;
  const at = sql`${now.toISOString()}::timestamptz`;
  const mine = sql`actor = ${actor} and key = ${key}`;
  const taken = await tx.execute(sql`
    insert into ${idempotencyKey} as k (actor, key, request, created_at) values (${actor}, ${key}, ${request}, ${at})
    on conflict (actor, key) do update set request = excluded.request, answer = null, created_at = excluded.created_at
      where k.created_at <= ${at} - ${kept}
    returning key`);
  if (rows(taken).length === 0) {
    const [before] = rows<{ request: string; answer: Answer }>(
      await tx.execute(sql`select request, answer from ${idempotencyKey} where ${mine}`),
    );
    if (before?.request === request) return before.answer;
    return refuse('idempotency-key-reused', 'This Idempotency-Key was used for another request');
  }
  const answer = await work(tx);
  await tx.execute(
    isRefusal(answer)
      ? sql`delete from ${idempotencyKey} where ${mine}`
      : sql`update ${idempotencyKey} set answer = ${JSON.stringify(answer)}::jsonb where ${mine}`,
  );
  return answer;
}

/** Removes the answers that are kept no more at `now` (ms since 1970). */
export async function forgetAnswers(
  tx: Tx,
  { idempotencyKey }: Pick<EventTables, 'idempotencyKey'>,
  now: number,
): Promise<void> {
  const at = sql`${new Date(now).toISOString()}::timestamptz`;
  await tx.execute(sql`delete from ${idempotencyKey} where created_at <= ${at} - ${kept}`);
}
