import type { ImportResult } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { lockScopes, type Refusal } from '@huismeester/events';
import { cableScope } from '../cables/aggregate.ts';
import { recordCables } from '../cables/put.ts';
import { cableColumnOf, cablesOf } from '../core/csv/cables.ts';
import { itemColumnOf, itemsOf } from '../core/csv/items.ts';
import type { Row, Wrong } from '../core/csv/table.ts';
import type { Fault } from '../core/fault.ts';
import { graphScope } from '../items/aggregate.ts';
import { type Put, registerItems } from '../items/put.ts';
import { readCables } from '../items/register.ts';
import { type ItemDeps, readItems } from '../items/world.ts';
import { refuseFile } from './read-file.ts';

/** A file whose form is right. */
export interface File {
  readonly rows: readonly Row[];
  readonly actor: string;
  /** Nothing is written. */
  readonly dryRun: boolean;
}

/** Registers and changes the items of a file, all of them or none. What is not in it stays as it is. */
export async function importItems(
  tx: Tx,
  deps: ItemDeps,
  { rows, actor, dryRun }: File,
): Promise<ImportResult | Refusal> {
  await lockScopes(tx, deps.log.service, [graphScope]);
  const read = itemsOf(rows, await readItems(tx));
  if ('wrong' in read) return refuseFile(read.wrong);
  const { items } = read;
  const put = await registerItems(tx, deps, { actor, wanted: items, dryRun });
  const columnOf = ({ field, index }: Fault) => itemColumnOf(field, items[index] ?? { columns: [] });
  return resultOf(put, { dryRun, records: items, columnOf });
}

/** Records and changes the cables of a file, all of them or none. */
export async function importCables(
  tx: Tx,
  deps: ItemDeps,
  { rows, actor, dryRun }: File,
): Promise<ImportResult | Refusal> {
  await lockScopes(tx, deps.log.service, [cableScope, graphScope]);
  const read = cablesOf(rows, await readCables(tx));
  if ('wrong' in read) return refuseFile(read.wrong);
  const { cables } = read;
  const put = await recordCables(tx, deps, { actor, wanted: cables, dryRun });
  return resultOf(put, { dryRun, records: cables, columnOf: ({ field }) => cableColumnOf(field) });
}

interface Imported {
  readonly dryRun: boolean;
  readonly records: readonly { readonly line: number }[];
  readonly columnOf: (fault: Fault) => string;
}

function resultOf(
  { faults, new: added, changed }: Put,
  { dryRun, records, columnOf }: Imported,
): ImportResult | Refusal {
  if (faults.length > 0) {
    const wrong = faults.map(
      (fault): Wrong => ({
        field: `line ${records[fault.index]?.line}, ${columnOf(fault)}`,
        found: fault.found,
        allowed: `${fault.allowed} (${fault.title})`,
      }),
    );
    return refuseFile(wrong);
  }
  const same = records.length - added.length - changed.length;
  return { dryRun, new: [...added], changed: [...changed], same };
}
