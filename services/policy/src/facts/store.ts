import type { Tx } from '@huismeester/database';
import { eq, inArray, sql } from 'drizzle-orm';
import {
  accessList,
  accessSource,
  account,
  application,
  clock,
  designDecision,
  directory,
  grant,
  hypervisor,
  incident,
  item,
  knownAccount,
  lease,
  member,
  node,
  ownership,
  person,
  policyText,
  project,
  projectVm,
  steward,
  ups,
  vm,
  wiki,
} from '../schema.ts';

type FactTable =
  | typeof ups
  | typeof vm
  | typeof node
  | typeof hypervisor
  | typeof incident
  | typeof person
  | typeof member
  | typeof directory
  | typeof application
  | typeof grant
  | typeof account
  | typeof accessSource
  | typeof knownAccount
  | typeof accessList
  | typeof ownership
  | typeof lease
  | typeof project
  | typeof projectVm
  | typeof item
  | typeof steward
  | typeof designDecision
  | typeof wiki
  | typeof policyText
  | typeof clock;
type StateOf<Table extends FactTable> = Table['$inferSelect']['state'];

/** In one statement: PostgreSQL takes 65,535 values. */
const mostRows = 10_000;

/** How the fact of one kind is read and written, by key. */
function factStore<Table extends FactTable>(table: Table) {
  // The tables differ in the type of their states alone, which drizzle cannot follow through a type parameter.
  const plain = table as typeof ups;
  return {
    async get(tx: Tx, key: string): Promise<StateOf<Table> | undefined> {
      const [row] = await tx.select().from(plain).where(eq(plain.key, key));
      return row?.state as StateOf<Table> | undefined;
    },
    async save(tx: Tx, key: string, state: StateOf<Table>): Promise<void> {
      const set = { state: state as typeof ups.$inferInsert.state };
      await tx
        .insert(plain)
        .values({ key, ...set })
        .onConflictDoUpdate({ target: plain.key, set });
    },
    async forget(tx: Tx, key: string): Promise<void> {
      await tx.delete(plain).where(eq(plain.key, key));
    },
    /** After a snapshot: these are all there are, but for the rows that are `kept` as they stand. */
    async replace(
      tx: Tx,
      states: ReadonlyMap<string, StateOf<Table>>,
      kept: readonly string[] = [],
    ): Promise<void> {
      const known = await tx.select({ key: plain.key }).from(plain);
      const gone = known.flatMap(({ key }) => (states.has(key) || kept.includes(key) ? [] : [key]));
      if (gone.length > 0) await tx.delete(plain).where(inArray(plain.key, gone));
      const rows = [...states].map(([key, state]) => ({ key, state }) as typeof ups.$inferInsert);
      for (let at = 0; at < rows.length; at += mostRows) {
        await tx
          .insert(plain)
          .values(rows.slice(at, at + mostRows))
          .onConflictDoUpdate({ target: plain.key, set: { state: sql`excluded.state` } });
      }
    },
  };
}

export const upsStore = factStore(ups);
export const vmStore = factStore(vm);
export const nodeStore = {
  ...factStore(node),
  /** The keys of the nodes with these ids. */
  async keysOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const known = await tx.select().from(node);
    return known.flatMap(({ key, state }) => (ids.includes(state.id) ? [key] : []));
  },
};
export const hypervisorStore = factStore(hypervisor);
export const incidentStore = factStore(incident);
export const personStore = factStore(person);
export const memberStore = factStore(member);
export const directoryStore = factStore(directory);
export const applicationStore = factStore(application);
export const grantStore = factStore(grant);
export const accountStore = factStore(account);
export const accessSourceStore = factStore(accessSource);
export const knownAccountStore = factStore(knownAccount);
export const accessListStore = factStore(accessList);
export const ownershipStore = factStore(ownership);
export const leaseStore = factStore(lease);
export const clockStore = factStore(clock);
export const projectStore = factStore(project);
export const projectVmStore = factStore(projectVm);
export const itemStore = factStore(item);
export const stewardStore = factStore(steward);
export const designDecisionStore = factStore(designDecision);
export const wikiStore = factStore(wiki);
export const policyTextStore = factStore(policyText);
