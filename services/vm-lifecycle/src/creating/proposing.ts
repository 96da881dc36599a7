import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import { intentOf } from '../core/creating/intent.ts';
import type { Class } from '../core/guest.ts';
import type { Which } from '../core/ownership.ts';
import { proposeVm } from '../owning/commands.ts';
import { ownershipId } from '../owning/ownership-id.ts';
import type { Reader } from '../owning/whose.ts';
import type { Parts } from '../parts.ts';
import { creation, ownership } from '../schema.ts';

const actor = 'service:vm-lifecycle';

/** A guest, and what its configuration says. */
interface Described {
  readonly which: Which;
  readonly description: string | undefined;
}

/** Proposes the owner of a guest that was looked at, if it is a participant's and names one; most are somebody's already, which is seen without a lock. */
export async function proposeOwner(
  { database, log, logger }: Pick<Parts, 'database' | 'log' | 'logger'>,
  described: Described & { readonly class: Class },
): Promise<void> {
  const { class: of, which, description } = described;
  if (of !== 'participant' || intentOf(description) === undefined) return;
  if ((await readKnown(database.orm, which))?.ended === false) return;
  const offered = await database.transaction((tx) => proposeFromIntent(tx, log, described));
  if (offered) logger.info({ vm: which.vm }, 'a VM was offered to whom it names');
}

/**
 * Proposes the owner that a guest of the participants' pool names itself, when our log knows of nobody: our database was restored from before it was
 * made, or the guest is back from its backup. It is offered to that person, who accepts or not, since whoever may edit a description can write there what
 * they like. Once for each guest, whatever came of it, until it is gone. Answers whether it was offered now.
 */
export async function proposeFromIntent(
  tx: Tx,
  log: EventLog,
  { which, description }: Described,
): Promise<boolean> {
  const intent = intentOf(description);
  if (intent === undefined) return false;
  const [making] = await tx
    .select({ id: creation.id })
    .from(creation)
    .where(and(eq(creation.id, intent.creation), eq(creation.open, true)));
  // Of what we are making the owner is written down by that.
  if (making) return false;
  const known = await readKnown(tx, which);
  const isNew =
    known === undefined && (await log.versionIn(tx, `ownership/${ownershipId(which)}`)) === 0;
  if (!isNew && known?.ended !== true) return false;
  return await proposeVm(tx, { log, actor }, { which, to: intent.owner });
}

/** Whether it is somebody's or offered to one, or was somebody's until it was gone; undefined: neither. */
async function readKnown(from: Reader, which: Which): Promise<{ readonly ended: boolean } | undefined> {
  const [known] = await from
    .select({ ended: ownership.ended })
    .from(ownership)
    .where(eq(ownership.id, ownershipId(which)));
  return known;
}
