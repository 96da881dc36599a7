import { openDirectory } from '@huismeester/directory';
import { defineService, type Part } from '@huismeester/service';
import { openAccess } from './access/open.ts';
import { createDecisions } from './admission/loop.ts';
import { createLoginLimits } from './core/login-limits.ts';
import { type Inside, type Membership, type OpenedDirectory, usedSettings } from './inside.ts';
import { createGate } from './login/gate.ts';
import { meterMembership } from './metrics.ts';
import { answersOf } from './people/answers.ts';
import { ensureDirectory } from './people/directory-row.ts';
import { createLooks } from './people/looks.ts';
import { createMemory, type Memory } from './people/memory.ts';
import { writeAllAwaited, writeGroup, writeGroupKind } from './people/write-groups.ts';
import { accessRoutes } from './routes/access.ts';
import { accessListRoutes } from './routes/access-lists.ts';
import { applicationRoutes } from './routes/applications.ts';
import { directoryRoutes } from './routes/directory.ts';
import { grantRoutes } from './routes/grants.ts';
import { meRoutes } from './routes/me.ts';
import { memberRoutes } from './routes/member.ts';
import { offboardingRoutes } from './routes/offboarding.ts';
import { peopleRoutes } from './routes/people.ts';
import { serviceAccountRoutes } from './routes/service-accounts.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { teamRoutes } from './routes/team.ts';
import { tables } from './schema.ts';
import { entitiesOf } from './snapshot.ts';

/** membership: who people are, by the space's own directory, and what they may, by directory and register both. */
export const createMembership = defineService({
  name: 'membership',
  migrations: new URL('../migrations', import.meta.url),
  tables,
  settings: usedSettings,
  overrides: { openDirectory },
  async open(service: Membership): Promise<Inside> {
    await service.database.transaction((tx) => ensureDirectory(tx, service.log.now()));
    const memory = createMemory(() => decisions.wake());
    const inside = { memory, opened: opened(service, memory) };
    const decisions = createDecisions({ ...service, ...inside });
    return { ...inside, decisions, reviewed: await openAccess(service, memory) };
  },
  tasks: (service, inside) => ({ handlers: { [writeGroupKind]: writeGroup(service, inside) } }),
  // Without a directory there are no people, and nothing to decide about them.
  loops: (_, { opened: found, decisions, reviewed }) => [
    ...(found ? [found.looks, decisions] : []),
    reviewed.review,
  ],
  gauges: ({ metrics }, { memory }) => meterMembership(metrics, memory),
  routes: (service, inside) => async (app) => {
    const all = [
      sessionRoutes,
      meRoutes,
      peopleRoutes,
      teamRoutes,
      applicationRoutes,
      memberRoutes,
      grantRoutes,
      offboardingRoutes,
      directoryRoutes,
      accessRoutes,
      accessListRoutes,
      serviceAccountRoutes,
    ];
    for (const routes of all) await app.register(routes({ ...service, ...inside }));
  },
  answers: answersOf,
  // It has no state on the broker; what groups await is written where settings allow it since this start.
  state: (service, inside) => writeAllAwaited(service, inside),
  entities: (tx, _, inside) => entitiesOf(tx, inside.opened !== undefined),
  parts: (_, inside) => parts(inside),
});

function opened(service: Membership, memory: Memory): OpenedDirectory | undefined {
  const { settings, clock, overrides } = service;
  if (settings.directory === undefined) return undefined;
  const directory = overrides.openDirectory(settings.directory);
  return {
    directory,
    looks: createLooks(service, { directory, memory }),
    limits: createLoginLimits(() => clock.monotonicMs()),
    gate: createGate(),
  };
}

/** Not essential: sessions and roles go on without the directory for 12 h. */
function parts({ memory, opened: found }: Inside): Part[] {
  if (found === undefined) return [];
  // Anyone may read it: why exactly is for the team.
  const unread = memory.latest() === undefined ? 'it was not read yet' : undefined;
  const detail = memory.trouble === undefined ? unread : 'it is unknown: `huismeester directory` says why';
  const part = { name: 'membership: directory', essential: false, ready: detail === undefined };
  return [detail === undefined ? part : { ...part, detail }];
}
