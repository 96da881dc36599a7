import type { ReserveSettings } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { type Refusal, refuse } from '@huismeester/events';
import { and, eq } from 'drizzle-orm';
import { type Intended, intendedByNode, nodesFor, type RoomNow } from '../core/creating/place.ts';
import { isNo, type No } from '../core/no.ts';
import { overReserve } from '../core/quota.ts';
import type { Amounts, Offered } from '../core/templates.ts';
import { reserveScope, runningOn, startsOn } from '../quota/room.ts';
import { creation } from '../schema.ts';
import type { Site } from './context.ts';
import type { Stored } from './creations.ts';

const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

/** What is locked while it is judged whether one more VM of a template fits: the reserve of each node on which it may stand. */
export function roomScopes({ room: { latest }, settings }: Site, template: Offered): string[] {
  if (latest === undefined) return [];
  return nodesFor(latest, template, settings.storage).map((node) =>
    reserveScope({ hypervisor: settings.id, node }),
  );
}

/**
 * Why a VM fits on no node that it may stand on; undefined when it fits, or when that is not known: whoever makes it looks again. What is being
 * made, or was asked to start, counts beside what was measured. For a command that holds {@link roomScopes}.
 */
export async function overEveryNode(
  tx: Tx,
  site: Site,
  reserve: ReserveSettings,
  { template, amounts }: { readonly template: Offered; readonly amounts: Amounts },
): Promise<Refusal | undefined> {
  const { latest: room } = site.room;
  if (room === undefined) return undefined;
  const possible = nodesFor(room, template, site.settings.storage);
  const making = intendedByNode(room.nodes, await intents(tx, site, room));
  const reasons: (No | undefined)[] = [];
  for (const node of possible)
    reasons.push(
      await overNode(tx, site, reserve, { node, room, making: making.get(node) ?? 0, template, amounts }),
    );
  const full = reasons.filter(isNo);
  const [first] = full;
  if (first === undefined || full.length < reasons.length) return undefined;
  const errors = full.flatMap((each) => each.errors ?? []);
  return refuse(first.code, first.title, { ...first, errors });
}

async function overNode(
  tx: Tx,
  { settings }: Site,
  reserve: ReserveSettings,
  {
    node,
    room,
    making,
    template,
    amounts,
  }: {
    readonly node: string;
    readonly room: RoomNow;
    readonly making: number;
    readonly template: Offered;
    readonly amounts: Amounts;
  },
): Promise<No | undefined> {
  const { id: hypervisor } = settings;
  const name = settings.storage ?? room.sources.get(template.id)?.own;
  const storage = room.storages.get(node)?.find((each) => each.storage === name);
  const { usedBytes = 0, totalBytes = 0 } = storage ?? {};
  const disk = { used: usedBytes / GiB, total: totalBytes / GiB, intended: 0 };
  const full = overReserve(
    { of: `storage ${name}`, ...disk, most: reserve.storage, unit: 'GiB' },
    amounts.diskGib,
  );
  if (full) return full;
  const { used, total } = room.nodes.find((each) => each.name === node)?.memory ?? { used: 0, total: 0 };
  const intended = making + (await startsOn(tx, { hypervisor, node }));
  const memory = { used: used / MiB, total: total / MiB, intended };
  return overReserve(
    { of: `memory of node ${node}`, ...memory, most: reserve.memory, unit: 'MiB' },
    amounts.memoryMib,
    await runningOn(tx, { hypervisor, node }),
  );
}

/** What is being made, and did not run yet when it was measured. */
async function intents(tx: Tx, { settings }: Site, room: RoomNow): Promise<Intended[]> {
  const rows = await tx
    .select({ state: creation.state })
    .from(creation)
    .where(and(eq(creation.open, true), eq(creation.hypervisor, settings.id)));
  return rows.flatMap(({ state }) => {
    const template = settings.templates.find(({ id }) => id === state.template);
    if (template === undefined || isMeasured(state, room.at)) return [];
    const { node, memoryMib } = state;
    return [{ node, memoryMib, possible: nodesFor(room, template, settings.storage) }];
  });
}

/** What failed uses nothing until it is tried once more; what ran before the measurement is in it. */
function isMeasured({ step, steps }: Stored['state'], at: Date): boolean {
  if (step === 'failed' || step === 'cleaning-up') return true;
  const ran = steps.findLast((each) => each.step === 'waiting-for-address');
  return step === 'waiting-for-address' && ran !== undefined && Date.parse(ran.at) < at.getTime();
}
