import type { PolicyTextEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { aggregate, type EventLog, type Made } from '@huismeester/events';
import { inArray, notInArray } from 'drizzle-orm';
import {
  decideReading,
  type Expected,
  evolveReading,
  type KnownText,
  type PolicyAnswer,
  type Revision,
  readingOf,
} from '../core/policy-text/reading.ts';
import type { Reader } from '../ports.ts';
import { policyRevision, policyText } from '../schema.ts';

type PolicyMade = Made<'policy-text.read'> | Made<'policy-text.gone'> | Made<'policy-text.unknown'>;

/** What is known of the text of the infra policy: one row. */
const policyTexts = aggregate({
  kind: 'policy-text',
  table: policyText,
  initial: undefined,
  evolve: (known: KnownText | undefined, event: PolicyMade): KnownText => evolveReading(known, event),
});

/** Writes down what was read, with its text, and that of the revision that settings name where it is known; an event where it is another than before. */
export async function recordPolicyText(
  tx: Tx,
  log: EventLog,
  { found, expected }: { readonly found: Revision; readonly expected: Expected },
): Promise<void> {
  await recordAnswer(tx, log, { state: 'read', read: readingOf(found, expected) });
  const { revision, text } = expected;
  const kept = new Map([[found.revision, found.text]]);
  if (revision !== undefined && text !== undefined) kept.set(revision, text);
  const readAt = log.now();
  await tx.delete(policyRevision).where(notInArray(policyRevision.revision, [...kept.keys()]));
  await tx
    .insert(policyRevision)
    .values([...kept].map(([each, of]) => ({ revision: each, readAt, text: of })))
    .onConflictDoNothing();
}

/** Writes down what a look brought; an event where that is something else than before. */
export async function recordAnswer(tx: Tx, log: EventLog, answer: PolicyAnswer): Promise<void> {
  await policyTexts.handle(tx, {
    log,
    id: 'main',
    actor: log.service,
    decide: (known, _, { now }) => decideReading(known, answer, now),
  });
}

export type PolicyRevision = typeof policyRevision.$inferSelect;

/** The texts of these revisions, where they are known. */
export async function readRevisions(
  tx: Reader,
  revisions: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, PolicyRevision>> {
  const named = revisions.filter((each) => each !== undefined);
  if (named.length === 0) return new Map();
  const rows = await tx.select().from(policyRevision).where(inArray(policyRevision.revision, named));
  return new Map(rows.map((row) => [row.revision, row]));
}

/** What was last read; undefined before that. */
export async function readPolicyText(tx: Reader): Promise<NonNullable<PolicyTextEntity['read']> | undefined> {
  const [row] = await tx.select().from(policyText);
  return row?.read ?? undefined;
}
