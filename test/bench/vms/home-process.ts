// vm-lifecycle, and what runs beside it on a site of one process, in a process of their own on the settings of BENCH_SETTINGS: with as many participants' VMs in the tables as BENCH_VMS
// says, each with an owner and a lease, and as many people who may make VMs as BENCH_PEOPLE says, besides one of the team. Prints its address, and
// with what each of these people asks, the team's first.
import { create as createNetwatch } from '@huismeester/netwatch';
import { create as createPolicy } from '@huismeester/policy';
import { createLogger, type RunningService, runServices, type ServiceContext } from '@huismeester/service';
import { create as createVmLifecycle } from '@huismeester/vm-lifecycle';
import { Type } from 'typebox';
import { factSource } from '../chain-facts.ts';
import { settingsOfBench } from '../settings-of-bench.ts';
import { fillVms, personId } from './many-vms.ts';

const settings = settingsOfBench();
const people = Number(process.env.BENCH_PEOPLE ?? 0);
const vms = Number(process.env.BENCH_VMS ?? 0);
const sessions: string[] = [];

const running = await runServices(
  settings,
  {
    'ups-monitor': factSource().create,
    'vm-lifecycle': vmLifecycle,
    policy: createPolicy,
    netwatch: createNetwatch,
  },
  { version: 'bench', logger: createLogger({ level: 'error' }) },
);
process.stdout.write(`sessions ${JSON.stringify(sessions)}\nlistening on ${running.url}\n`);

async function vmLifecycle(context: ServiceContext): Promise<RunningService> {
  const { database, access, clock } = context;
  const service = await createVmLifecycle(context);
  await fillVms(database, vms);
  await database.transaction(async (tx) => {
    await access.people.save(tx, [
      { id: personId(0), uidHash: access.uidHash('team') ?? '', roles: ['infrateam'] },
      ...Array.from({ length: people }, (_, index) => ({
        id: personId(index + 1),
        uidHash: access.uidHash(`p${index + 1}`) ?? '',
        roles: ['participant' as const],
      })),
    ]);
    await access.people.readWhole(tx, clock.now());
    for (let each = 0; each <= people; each += 1) {
      sessions.push((await access.sessions.create(tx, personId(each))).secret);
    }
  });
  return { ...service, routes: withUsed(service.routes) };
}

function withUsed(routes: RunningService['routes']): RunningService['routes'] {
  /** Of all cores since the process began, ms. */
  const schema = { summary: 'What it took so far', response: { 200: Type.Object({ cpuMs: Type.Number() }) } };
  return async (app, options) => {
    await app.register(routes, options);
    app.get('/bench/used', { config: { roles: 'anyone' }, schema }, async () => {
      const { user, system } = process.cpuUsage();
      return { cpuMs: (user + system) / 1000 };
    });
  };
}
