// membership in a process of its own on the settings of BENCH_SETTINGS, with two routes that answer the same: one to anyone, one to whoever
// says who they are. Prints its addresses.
import { create } from '@huismeester/membership';
import { createLogger, type RunningService, runServices, type ServiceContext } from '@huismeester/service';
import { Type } from 'typebox';
import { settingsOfBench } from '../settings-of-bench.ts';

const settings = settingsOfBench();
const logger = createLogger({ level: 'error' });
const running = await runServices(settings, { membership }, { version: 'bench', logger });
process.stdout.write(`listening on ${running.url}\n`);

async function membership(context: ServiceContext): Promise<RunningService> {
  const service = await create(context);
  return { ...service, routes: withBench(service.routes) };
}

function withBench(routes: RunningService['routes']): RunningService['routes'] {
  /** Of all cores since the process began, ms. */
  const schema = { summary: 'What it took so far', response: { 200: Type.Object({ cpuMs: Type.Number() }) } };
  const answer = async () => {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000 };
  };
  return async (app, options) => {
    await app.register(routes, options);
    app.get('/bench/anyone', { config: { roles: 'anyone' }, schema }, answer);
    app.get('/bench/identified', { config: { roles: 'identified' }, schema }, answer);
  };
}
