// A process of its own with ups-monitor's log, for the benchmarks that read it from another: BENCH_SETTINGS is its
// space.yaml as JSON, BENCH_EVENTS how many events there are from the beginning.
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateSchema } from '@huismeester/database';
import { type EventLog, newEvent, openEventLog } from '@huismeester/events';
import { createLogger, type RunningService, runServices, type ServiceContext } from '@huismeester/service';
import { Type } from 'typebox';
import { fill } from './fill.ts';
import { sourceTables } from './schema.ts';
import { settingsOfBench } from './settings-of-bench.ts';

const settings = settingsOfBench();
const Produce = Type.Object({ facts: Type.Integer(), perSecond: Type.Integer() });

const running = await runServices(
  settings,
  { 'ups-monitor': source },
  { version: 'bench', logger: createLogger({ level: 'error' }) },
);
process.stdout.write(`listening on ${running.url}\n`);

async function source({ database, settings: { site } }: ServiceContext): Promise<RunningService> {
  await migrateSchema(database, { schema: 'bench_source', folder: new URL('migrations', import.meta.url) });
  await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: site.id });
  await fill(database, Number(process.env.BENCH_EVENTS ?? 0));
  const log = await openEventLog({ database, tables: sourceTables, service: 'ups-monitor', siteId: site.id });
  const say = async (index: number): Promise<number> => {
    const fact = newEvent('ups.replace-battery', `ups/w${index}`, { ups: `w${index}` });
    await database.transaction((tx) => log.append(tx, [fact], { last: true }));
    return performance.timeOrigin + performance.now();
  };
  return {
    name: 'ups-monitor' as const,
    log,
    tables: sourceTables,
    snapshot: async () => ({ epoch: log.epoch, position: 0, entities: [] }),
    routes: producing(log, say),
    parts: () => [],
    start: async () => {},
    close: async () => {},
  };
}

/** A route that says facts at an even pace and answers, by position, when each was committed, ms since 1970. */
function producing(log: EventLog, say: (index: number) => Promise<number>): RunningService['routes'] {
  const schema = { body: Produce, summary: 'Says facts' };
  return async (app) => {
    app.post('/bench/facts', { config: { roles: ['service'] }, schema }, async ({ body }) => {
      const first = log.head() + 1;
      const began = performance.now();
      const said: Promise<number>[] = [];
      for (let index = 0; index < body.facts; index += 1) {
        const due = began + (index * 1000) / body.perSecond;
        if (due > performance.now()) await sleep(due - performance.now());
        said.push(say(first + index));
      }
      return { committed: await Promise.all(said) };
    });
  };
}
