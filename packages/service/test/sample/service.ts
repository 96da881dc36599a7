import { everyRole, type ServiceName, Ups } from '@huismeester/contracts';
import { migrateSchema } from '@huismeester/database';
import { type LogSource, newEvent, openEventLog } from '@huismeester/events';
import { Type } from 'typebox';
import {
  type Answers,
  type CreateService,
  type Part,
  Problem,
  type Role,
  type ServiceContext,
} from '../../src/index.ts';
import { tables } from './schema.ts';

export const allRoles: Role[] = [...everyRole, 'display'];

export interface Sample {
  readonly create: CreateService;
  readonly seen: string[];
  /** What `parts()` answers from now on. */
  parts: Part[];
  /** To questions, as its contract has them. */
  answers?: Answers;
  context?: ServiceContext;
  /** Its own log as another service of the process would read it. */
  source?: LogSource;
  /** What reading that said before the service was there. */
  tooEarly?: string;
}

/** A small real service: a log of its own, a route for each role, and a route that appends an event. */
export function sampleService(name: ServiceName = 'ups-monitor'): Sample {
  const sample: { -readonly [K in keyof Sample]: Sample[K] } = {
    seen: [],
    parts: [{ name: `${name}: sample`, ready: true }],
    create: async (context) => {
      sample.context = context;
      const { database, settings } = context;
      sample.source = context.sources(name);
      sample.tooEarly = await sample.source.read({ after: 0, limit: 1 }).then(() => 'read', String);
      const folder = new URL('migrations', import.meta.url);
      await migrateSchema(database, { schema: 'sample', folder });
      const log = await openEventLog({ database, tables, service: name, siteId: settings.site.id });
      sample.seen.push('created');
      return {
        name,
        log,
        tables,
        snapshot: async () => ({ epoch: log.epoch, position: log.head(), entities: [] }),
        routes: async (app) => {
          for (const role of allRoles) {
            app.get(`/sample/${role}`, { config: { roles: [role] } }, async ({ who }) => who);
          }
          app.get(
            '/sample/ups/:id',
            { config: { roles: allRoles }, schema: upsRoute },
            async ({ params }) => {
              throw new Problem(409, 'held', 'On hold', {
                detail: `${params.id} is held`,
                clause: 'SPACE-3',
              });
            },
          );
          app.post('/sample/events', { config: { roles: allRoles } }, async () => {
            const event = newEvent('ups.replace-battery', 'ups/rack', { ups: 'rack' });
            const [stored] = await database.transaction((tx) => log.append(tx, [event]));
            return stored;
          });
        },
        ...(sample.answers && { answers: sample.answers }),
        parts: () => sample.parts,
        start: async () => {
          sample.seen.push('started');
        },
        close: async () => {
          sample.seen.push('closed');
        },
      };
    },
  };
  return sample;
}

const upsRoute = { params: Type.Object({ id: Type.String() }), response: { 200: Ups } };
