import type { AccessListEntity, AccessSourceEntity, KnownAccountEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { accessList, accessSource, account, knownAccount } from '../schema.ts';
import { accountData } from './record.ts';

/** What a fold of the log knows of who has access. */
export async function accessEntities(tx: Tx): Promise<Entity[]> {
  const accounts = await tx.select().from(account);
  const sources = await tx.select().from(accessSource);
  const known = await tx.select().from(knownAccount);
  const lists = await tx.select().from(accessList);
  return [
    ...accounts.map((row) => ({ subject: `account/${row.id}`, state: accountData(row.source, row) })),
    ...sources.map((row) => ({ subject: `access-source/${row.id}`, state: sourceEntity(row) })),
    ...known.map((row) => ({ subject: `known-account/${row.id}`, state: knownEntity(row) })),
    ...lists.map((row) => ({ subject: `access-list/${row.id}`, state: listEntity(row) })),
  ];
}

function sourceEntity({ id, state, since, lacks }: typeof accessSource.$inferSelect): AccessSourceEntity {
  return { source: id, state, since: since.toISOString(), ...(lacks !== null && { lacks }) };
}

function knownEntity({ id, person, service }: typeof knownAccount.$inferSelect): KnownAccountEntity {
  return { account: id, ...(person !== null && { person }), ...service };
}

function listEntity({
  id,
  since,
  confirmed,
  title,
  kind,
  core,
  people,
}: typeof accessList.$inferSelect): AccessListEntity {
  const at = confirmed && { confirmed_at: confirmed.at };
  return { list: id, title, kind, core, people, since: since.toISOString(), ...at };
}
