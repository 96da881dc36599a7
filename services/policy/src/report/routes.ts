import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ReportData, ReportId, ReportResource } from '@huismeester/contracts';
import { isRefusal, type Refusal, refuse, stale } from '@huismeester/events';
import { commandRoute, itemRoute, listRoute, notFound, Problem } from '@huismeester/service';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { type Asked, askedRange, previewRange } from './asked.ts';
import { forward, missing, readReport, sendAgain } from './commands.ts';
import type { Range } from './core/placing.ts';
import { whyUnread } from './maker.ts';
import { makesReports, readsReports } from './may.ts';
import { type Form, forms, shownReport } from './shown.ts';
import { type MadeReport, makeOf, readReports, storeReport } from './store.ts';

/** What of an answer is set beside its body. */
interface Reply {
  header(name: string, value: string): Reply;
  type(type: string): Reply;
}

const Params = Type.Object({ id: ReportId });
const Day = Type.String({ format: 'date', examples: ['2026-10-01'] });
const days = {
  from: { ...Day, description: 'The first civil day of the site' },
  to: { ...Day, description: 'The day after the last' },
};
const formNames = ['text', 'markdown', 'html'] as const satisfies readonly Form[];

/** Routes of the report to the board (BOARD-2). */
export function reportRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(readRoutes(deps));
    await app.register(writeRoutes(deps));
  };
}

/** The report of a range of what is collected now, or why it cannot be made. */
async function make(
  { database, clock, reports: { plan, readers } }: RouteDeps,
  range: Range,
): Promise<MadeReport | Refusal> {
  const why = await whyUnread(readers(), clock);
  if (why !== undefined) return refuse('not-read-yet', why);
  return await makeOf(database, range, plan.zone);
}

/** A report in words; it stands in no cache, and loads nothing. */
async function inWords(
  { ask, reports: { plan } }: RouteDeps,
  reply: Reply,
  { form, data, made }: { readonly form: Form; readonly data: ReportData; readonly made?: string },
): Promise<string> {
  const { type, of } = forms[form];
  void reply
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type(type);
  return of((await shownReport(ask, plan, data, made)).document);
}

function readRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, clock, reports } = deps;
  const one = async (id: string) => (await readReports(database.orm, [id]))[0];
  return async (app) => {
    listRoute(app, {
      url: '/reports',
      roles: readsReports,
      summary: 'The reports to the board, as data with the ids of people',
      item: ReportResource,
      order: ['-made', 'id'],
      filters: ['how'],
      all: () => readReports(database.orm),
    });
    app.get(
      '/reports/preview',
      {
        config: { roles: readsReports },
        schema: {
          summary: 'What a report of these days would say now, or of this month so far; nothing is stored',
          querystring: Type.Object({
            ...Type.Partial(Type.Object(days)).properties,
            format: Type.Enum(['json', ...formNames] as const, { default: 'json' }),
          }),
          response: { 200: Type.Union([ReportData, Type.String()]) },
        },
      },
      async (request, reply) => {
        const { format, ...asked } = request.query;
        const range = previewRange(asked, reports.plan.zone, clock.now().getTime());
        const made = isRefusal(range) ? range : await make(deps, range);
        if (isRefusal(made)) throw problemOf(made);
        const { data } = made;
        return format === 'json' ? data : await inWords(deps, reply, { form: format, data });
      },
    );
    itemRoute(app, {
      url: '/reports/:id',
      roles: readsReports,
      summary: 'One report, as data with the ids of people',
      item: ReportResource,
      params: Params,
      find: ({ id }) => one(id),
      missing: ({ id }) => missing(id),
    });
    for (const form of formNames) {
      const schema = {
        summary: `One report in words, with the names that people have now, as ${form}`,
        params: Params,
        response: { 200: Type.String() },
      };
      app.get(`/reports/:id/${form}`, { config: { roles: readsReports }, schema }, async (request, reply) => {
        const found = await one(request.params.id);
        if (!found) throw notFound(missing(request.params.id), request);
        return await inWords(deps, reply, { form, data: found.data, made: found.made });
      });
    }
  };
}

function writeRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { log, clock, sender, reports } = deps;
  const { plan } = reports;
  const one = { params: Params, answer: ReportResource } as const;
  return async (app) => {
    commandRoute(app, deps, {
      method: 'POST',
      url: '/reports',
      roles: makesReports,
      summary: 'Make a report of civil days that are over, and keep it',
      body: Type.Object(days, { additionalProperties: false }),
      answer: ReportResource,
      creates: { at: ({ id }) => `/reports/${id}` },
      statuses: { 'not-read-yet': 503, 'wrong-range': 400 },
      prepare: async ({ body }: { body: Asked }) => {
        const range = askedRange(body, plan.zone, clock.now().getTime());
        return isRefusal(range) ? range : await make(deps, range);
      },
      async run(tx, { prepared, who }) {
        if (isRefusal(prepared)) return prepared;
        const stored = await storeReport(tx, log, prepared, {
          now: clock.now(),
          actor: who.name,
          zone: plan.zone,
        });
        return stored ? await readReport(tx, prepared.id) : exists(prepared.id);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/reports/:id/sending',
      roles: makesReports,
      summary: 'Send a report to the board members in the team, or to the address of the board',
      ...one,
      async run(tx, { params: { id }, matches }) {
        const found = await readReport(tx, id);
        if (isRefusal(found)) return found;
        if (!matches(found)) return stale(`report ${id}`);
        return await sendAgain(tx, id, { board: plan.board, now: clock.now() });
      },
      done: () => sender.wake(),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/reports/:id/forwarding',
      roles: ['board'],
      summary: 'Say that a report was passed on to the rest of the board',
      ...one,
      async run(tx, { params: { id }, matches, who }) {
        const found = await readReport(tx, id);
        if (isRefusal(found)) return found;
        if (!matches(found)) return stale(`report ${id}`);
        const done = await forward(tx, log, id, { actor: who.name, now: clock.now() });
        return isRefusal(done) ? done : await readReport(tx, id);
      },
    });
  };
}

/** A query is no command: what refuses it is said as commands say it. */
function problemOf({ code, title, clause, errors }: Refusal): Problem {
  const status = code === 'not-read-yet' ? 503 : 400;
  const asked = errors?.map((each) => ({ ...each, field: each.field.replace('body.', 'query.') }));
  return new Problem(status, code, title, { ...(clause && { clause }), ...(asked && { errors: asked }) });
}

function exists(id: string): Refusal {
  return refuse('exists', `There is a report ${id} already: what was made is never made anew`);
}
