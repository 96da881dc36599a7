import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { TaskHandler } from '@huismeester/events';
import type { Service } from '@huismeester/service';
import type { Managed } from '../acting/context.ts';
import { limitTasks } from '../acting/task-limit.ts';
import type { Parts } from '../parts.ts';
import type { Maker } from '../ports.ts';
import { limitsOfSettings } from '../quota/limits.ts';
import { actRoutes } from '../routes/acts.ts';
import { driftRoutes } from '../routes/drift.ts';
import { ownershipRoutes } from '../routes/ownership.ts';
import { quotaRoutes } from '../routes/quota.ts';
import { parseActTask } from './acts.ts';
import { createAsker } from './carry-out.ts';

/** What people have of their VMs: what they ask of them, whose they are, and how much they may use. */
interface People {
  readonly handlers: Readonly<Record<string, TaskHandler>>;
  readonly routes: FastifyPluginAsyncTypebox;
}

interface PeopleOptions extends Parts {
  readonly hypervisors: ReadonlyMap<string, Managed>;
  readonly makers: ReadonlyMap<string, Maker>;
  /** How many acts are carried out at once on a hypervisor. */
  readonly most: number;
}

export function openPeople(
  service: Service<'hypervisors' | 'quota' | 'reserve' | 'sizes'>,
  options: PeopleOptions,
): People {
  const { settings, clock } = service;
  const asker = createAsker(options);
  const urls = new Map(settings.hypervisors.map(({ id, url }) => [id, url]));
  const { hypervisors, makers } = options;
  const { sizes } = settings;
  const limits = limitsOfSettings(settings);
  const deps = { ...service, hypervisors, makers, limits, sizes, asker, urls };
  const limit = { most: options.most, now: () => clock.now() };
  return {
    handlers: {
      act: limitTasks(asker.run, { ...limit, hypervisorOf: (key) => parseActTask(key).hypervisor }),
    },
    routes: async (app) => {
      await app.register(actRoutes(deps));
      await app.register(ownershipRoutes(deps));
      await app.register(quotaRoutes(deps));
      await app.register(driftRoutes(deps));
    },
  };
}
