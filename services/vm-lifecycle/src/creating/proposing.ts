import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { intentOf } from '../core/creating/intent.ts';
import type { Which } from '../core/ownership.ts';
import { offerVm } from '../owning/commands.ts';
import { ownershipId } from '../owning/ownership-id.ts';
import { creation, ownership } from '../schema.ts';

const actor = 'service:vm-lifecycle';

/**
 * Proposes the owner that a guest of the participants' pool names itself, when our log knows of nobody: our database was restored from before it was
 * made. It is offered to that person, who accepts or not, since whoever may edit a description can write there what they like. Once for each guest,
 * whatever came of it. Answers whether it was offered now.
 */
export async function proposeFromIntent(
  tx: Tx,
  log: EventLog,
  { which, description }: { readonly which: Which; readonly description: string | undefined },
): Promise<boolean> {
  const intent = intentOf(description);
  if (intent === undefined) return false;
  const id = ownershipId(which);
  const [known] = await tx.select({ id: ownership.id }).from(ownership).where(eq(ownership.id, id));
  const [making] = await tx
    .select({ id: creation.id })
    .from(creation)
    .where(eq(creation.id, intent.creation));
  // Of what we are making, or made, the owner is written down by that.
  if (known || making || (await log.versionIn(tx, `ownership/${id}`)) > 0) return false;
  const offered = await offerVm(tx, { log, actor }, { which, to: intent.owner });
  return offered !== undefined && !('refused' in offered);
}
