import type { Tx } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import { eq } from 'drizzle-orm';
import { intentOf } from '../core/creating/intent.ts';
import type { Class } from '../core/guest.ts';
import type { Which } from '../core/ownership.ts';
import { proposeVm } from '../owning/commands.ts';
import { ownershipId } from '../owning/ownership-id.ts';
import type { Reader } from '../owning/whose.ts';
import type { Parts } from '../parts.ts';
import { ownership } from '../schema.ts';
import type { Stored } from './creations.ts';
import { readCreation } from './store.ts';

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
 * made, or the guest is back from its backup. A clone of one that we know is nobody's. It is offered to that person, who accepts or not, since whoever
 * may edit a description can write there what they like. Once for each guest, whatever came of it, until it is gone. Answers whether it was offered now.
 */
export async function proposeFromIntent(
  tx: Tx,
  log: EventLog,
  { which, description }: Described,
): Promise<boolean> {
  const intent = intentOf(description);
  if (intent === undefined || !mayName(await readCreation(tx, intent.creation), which)) return false;
  const known = await readKnown(tx, which);
  const isNew = known === undefined && (await log.versionIn(tx, `ownership/${ownershipId(which)}`)) === 0;
  if (!isNew && known?.ended !== true) return false;
  return await proposeVm(tx, { log, actor }, { which, to: intent.owner });
}

/**
 * Whether the text in a guest may name its owner, by what our log knows of its making: a clone has the text of what it was made of, and is nobody's. Of
 * one that was given up with what is left of it which guest that is was not always read.
 */
function mayName(made: Stored | undefined, which: Which): boolean {
  if (made === undefined) return true;
  // Of what we are making the owner is written down by that.
  if (made.open || made.hypervisor !== which.hypervisor || made.vmid !== which.vmid) return false;
  const { incarnation, step, left } = made.state;
  return incarnation === undefined ? step === 'given-up' && left === true : incarnation === which.incarnation;
}

/** Whether it is somebody's or offered to one, or was somebody's until it was gone; undefined: neither. */
async function readKnown(from: Reader, which: Which): Promise<{ readonly ended: boolean } | undefined> {
  const [known] = await from
    .select({ ended: ownership.ended })
    .from(ownership)
    .where(eq(ownership.id, ownershipId(which)));
  return known;
}
