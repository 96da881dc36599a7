import type { Rule } from '@huismeester/contracts';
import type { Database, Orm } from '@huismeester/database';
import { type EventLog, newEvent } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { eq } from 'drizzle-orm';
import { rules } from './core/rules.ts';
import { ruleMode } from './schema.ts';

/** Every clause that acts, and whether it is armed in this epoch of the database. */
export async function listRules(reader: Orm, epoch: string): Promise<Rule[]> {
  const said = await reader.select().from(ruleMode).where(eq(ruleMode.epoch, epoch));
  return rules.map((rule) => {
    const row = said.find(({ clause }) => clause === rule.clause);
    return row
      ? { ...rule, mode: row.mode, since: row.since.toISOString(), by: row.by }
      : { ...rule, mode: 'dry-run' };
  });
}

/** Arms a clause or puts it back to dry-run; saying what is so already changes nothing. */
export async function setMode(
  deps: { database: Database; log: EventLog; clock: Clock },
  clause: string,
  mode: Rule['mode'],
  by: string,
): Promise<void> {
  const { database, log, clock } = deps;
  await database.transaction(async (tx) => {
    const [row] = await tx.select().from(ruleMode).where(eq(ruleMode.clause, clause));
    const now: Rule['mode'] = row?.epoch === log.epoch ? row.mode : 'dry-run';
    if (now === mode) return;
    await log.append(tx, [
      newEvent('rule.mode-changed', `rule/${clause.toLowerCase()}`, { clause, mode }, { actor: by }),
    ]);
    const set = { mode, epoch: log.epoch, since: clock.now(), by };
    await tx
      .insert(ruleMode)
      .values({ clause, ...set })
      .onConflictDoUpdate({ target: ruleMode.clause, set });
  });
}
