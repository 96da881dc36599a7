import { isNo, type No, type ReserveSettings } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Refusal, refuse } from '@huismeester/events';
import { nodesFor } from '../core/creating/place.ts';
import type { CreationState } from '../core/creation.ts';
import { type Intended, overReserve } from '../core/reserve.ts';
import type { Amounts, Offered } from '../core/templates.ts';
import type { Reader } from '../owning/whose.ts';
import { readIntended, reserveScopes, runningOn } from '../quota/room.ts';
import type { Site } from './context.ts';

/** What is locked while it is judged whether one more VM of a template fits: the reserve of each node on which it may stand, and of the storage. */
export function roomScopes(site: Site, template: Offered): string[] {
  const { settings, room } = site;
  if (room.latest === undefined) return [];
  const storage = storageFor(site, template.id);
  return nodesFor(room.latest, template, settings.storage).flatMap((node) =>
    reserveScopes({ hypervisor: settings.id, node, storage }),
  );
}

/** On which storage what is made of a template gets its disk; undefined: not known. */
function storageFor({ settings, room }: Site, template: string): string | undefined {
  return settings.storage ?? room.latest?.sources.get(template)?.own;
}

/**
 * All that is about to be used there. Of what has no node yet: where it may stand, by what was measured last; left out where what is asked about is
 * to be placed now, since whoever was first gets it.
 */
export async function intendedOn(
  from: Reader,
  site: Site,
  { at, placing }: { readonly at: Date; readonly placing?: string },
): Promise<Intended[]> {
  const { settings, room } = site;
  const possible = ({ template: id }: CreationState) => {
    const template = settings.templates.find((each) => each.id === id);
    return template && room.latest ? nodesFor(room.latest, template, settings.storage) : [];
  };
  return await readIntended(from, {
    hypervisor: settings.id,
    at,
    storageOf: ({ template }) => storageFor(site, template),
    ...(placing === undefined ? { possible } : { except: placing }),
  });
}

/**
 * Why a VM fits on no node that it may stand on; undefined when it fits, or when that is not known: whoever makes it looks again. For a command that
 * holds {@link roomScopes}.
 */
export async function overEveryNode(
  tx: Tx,
  site: Site,
  reserve: ReserveSettings,
  { template, amounts }: { readonly template: Offered; readonly amounts: Amounts },
): Promise<Refusal | undefined> {
  const { room, settings } = site;
  const { latest: readings } = room;
  if (readings === undefined) return undefined;
  const intended = await intendedOn(tx, site, { at: readings.at });
  const { memoryMib, diskGib } = amounts;
  const asked = { memoryMib, diskGib, storage: storageFor(site, template.id) };
  const reasons: (No | undefined)[] = [];
  for (const node of nodesFor(readings, template, settings.storage)) {
    const mayStop = await runningOn(tx, { hypervisor: settings.id, node });
    reasons.push(overReserve({ readings, intended, reserve }, { ...asked, node }, mayStop));
  }
  const full = reasons.filter(isNo);
  const [first] = full;
  if (first === undefined || full.length < reasons.length) return undefined;
  const errors = full.flatMap((each) => each.errors ?? []);
  return refuse(first.code, first.title, { ...first, errors });
}
