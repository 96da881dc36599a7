import { readdir, readFile } from 'node:fs/promises';
import type { Snapshot } from '@huismeester/contracts';
import { type EventData, milliseconds, nodeId } from '@huismeester/contracts';
import { eventTables, newEvent, openEventLog } from '@huismeester/events';
import type { CreateService, RunningService, ServiceContext } from '@huismeester/service';
import { sql } from 'drizzle-orm';
import { pgSchema } from 'drizzle-orm/pg-core';

type Decision = EventData<'desired-state.decided'>;
type NodeDecision = EventData<'node-state.decided'>;

const tables = eventTables(pgSchema('policy_feed'));

/** A log in policy's name, in which a test decides. */
export function policyFeed() {
  let context: ServiceContext | undefined;
  let service: RunningService | undefined;
  const generations = new Map<string, number>();

  const create: CreateService = async (given) => {
    context = given;
    await makeTables(given);
    const { database, clock, settings } = given;
    const log = await openEventLog({ database, tables, service: 'policy', siteId: settings.site.id, clock });
    service = {
      name: 'policy',
      log,
      tables,
      snapshot: async (): Promise<Snapshot> => ({ epoch: log.epoch, position: 0, entities: [] }),
      routes: async () => {},
      parts: () => [],
      start: async () => {},
      close: async () => {},
    };
    return service;
  };

  /** Decides, and answers the id of the decision. */
  async function decide(vm: string, state: Decision['state'], more: Partial<Decision> = {}): Promise<string> {
    if (!context || !service) throw new Error('the feed was not created');
    const generation = more.generation ?? (generations.get(vm) ?? 0) + 1;
    generations.set(vm, generation);
    const data: Decision = {
      target: `vm/${vm}`,
      state,
      generation,
      rule: 'power',
      tier: 'power',
      clause: 'SPACE-3',
      reason: 'a test asks for it',
      evidence: [],
      mode: 'enforce',
      validUntil: new Date(Date.now() + milliseconds('10m')).toISOString(),
      settingsHash: 'test',
      ...more,
    };
    const { log } = service;
    const stored = await context.database.transaction((tx) =>
      log.append(tx, [
        newEvent('desired-state.decided', `desired-state/vm/${vm}`, data, { actor: 'service:policy' }),
      ]),
    );
    return stored[0]?.id ?? '';
  }
  /** Decides about a node, and answers the id of the decision. */
  async function decideNode(
    node: string,
    state: NodeDecision['state'],
    more: Partial<NodeDecision> = {},
  ): Promise<string> {
    if (!context || !service) throw new Error('the feed was not created');
    const generation = more.generation ?? (generations.get(node) ?? 0) + 1;
    generations.set(node, generation);
    const data: NodeDecision = {
      id: nodeId('pve', node),
      hypervisor: 'pve',
      node,
      state,
      generation,
      clause: 'CORE-1',
      reason: 'a test asks for it',
      evidence: [],
      mode: 'enforce',
      settingsHash: 'test',
      validUntil: new Date(Date.now() + milliseconds('10m')).toISOString(),
      ...more,
    };
    const { log } = service;
    const event = newEvent('node-state.decided', `node-state/pve-${node}`, data, { actor: 'service:policy' });
    const stored = await context.database.transaction((tx) => log.append(tx, [event]));
    return stored[0]?.id ?? '';
  }
  return {
    create,
    decide,
    decideNode,
    access: () => {
      if (!context) throw new Error('the feed was not created');
      return context;
    },
  };
}

async function makeTables({ database }: ServiceContext): Promise<void> {
  const [found] = await database.orm
    .select({ name: sql<string>`schema_name` })
    .from(sql`information_schema.schemata`)
    .where(sql`schema_name = 'policy_feed'`);
  if (found) return;
  const folder = new URL('../migrations/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  const own = migrations.join('--> statement-breakpoint').replaceAll('"vm_lifecycle"', '"policy_feed"');
  await database.transaction(async (tx) => {
    for (const statement of own.split('--> statement-breakpoint')) await tx.execute(sql.raw(statement));
  });
}
