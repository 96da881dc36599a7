import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ReportData, ReportId, ReportResource } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { isRefusal, newEvent, type Refusal, refuse } from '@huismeester/events';
import { commandRoute, itemRoute, listRoute, notFound, Problem } from '@huismeester/service';
import { and, eq, isNull } from 'drizzle-orm';
import { Type } from 'typebox';
import type { RouteDeps } from '../deps.ts';
import { report as table } from '../schema.ts';
import { type Asked, askedRange } from './asked.ts';
import type { Range } from './core/placing.ts';
import { queueReport, recipients } from './deliver.ts';
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

/** Routes of the report to the board (BOARD-2). Long, since it is a list of routes. */
export function reportRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  const { database, log, clock, ask, sender, reports } = deps;
  const { plan, readers } = reports;
  const one = async (reader: typeof database.orm | Tx, id: string) => (await readReports(reader, [id]))[0];
  const make = async (range: Range): Promise<MadeReport | Refusal> => {
    const why = await whyUnread(readers(), clock);
    if (why !== undefined) return refuse('not-read-yet', why);
    return await makeOf(database, range, plan.zone);
  };
  const send = async (reply: Reply, form: Form, data: ReportData, made?: string) => {
    const { type, of } = forms[form];
    void reply
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .type(type);
    return of(await shownReport(ask, plan, data, made));
  };
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
          summary: 'What a report of these days would say now; nothing is stored',
          querystring: Type.Object({
            ...days,
            format: Type.Enum(['json', ...formNames] as const, { default: 'json' }),
          }),
          response: { 200: Type.Union([ReportData, Type.String()]) },
        },
      },
      async (request, reply) => {
        const { format, ...asked } = request.query;
        const range = askedRange(asked, plan.zone);
        const made = isRefusal(range) ? range : await make(range);
        if (isRefusal(made)) throw problemOf(made);
        return format === 'json' ? made.data : await send(reply, format, made.data);
      },
    );
    itemRoute(app, {
      url: '/reports/:id',
      roles: readsReports,
      summary: 'One report, as data with the ids of people',
      item: ReportResource,
      params: Params,
      find: ({ id }) => one(database.orm, id),
      missing,
    });
    for (const form of formNames) {
      const schema = {
        summary: `One report in words, with the names that people have now, as ${form}`,
        params: Params,
        response: { 200: Type.String() },
      };
      app.get(`/reports/:id/${form}`, { config: { roles: readsReports }, schema }, async (request, reply) => {
        const found = await one(database.orm, request.params.id);
        if (!found) throw notFound(missing(request.params), request);
        return await send(reply, form, found.data, found.made);
      });
    }
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
        return isRefusal(range) ? range : await make(range);
      },
      async run(tx, { prepared, who }) {
        if (isRefusal(prepared)) return prepared;
        const stored = await storeReport(tx, log, prepared, { now: clock.now(), actor: who.name });
        if (!stored) return exists(prepared.id);
        return (await one(tx, prepared.id)) ?? exists(prepared.id);
      },
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/reports/:id/sending',
      roles: makesReports,
      summary: 'Send a report to the board members in the team, or to the address of the board',
      params: Params,
      answer: ReportResource,
      async run(tx, { params, matches }) {
        const found = await one(tx, params.id);
        if (!found) return refuse('not-found', missing(params));
        if (!matches(found)) return stale(params.id);
        const to = await recipients(tx, plan.board);
        if (to.length === 0) return nobody();
        const now = clock.now();
        await queueReport(tx, params.id, to, { now, moment: now.toISOString() });
        return (await one(tx, params.id)) ?? found;
      },
      done: () => sender.wake(),
    });
    commandRoute(app, deps, {
      method: 'POST',
      url: '/reports/:id/forwarding',
      roles: ['board'],
      summary: 'Say that a report was passed on to the rest of the board',
      params: Params,
      answer: ReportResource,
      async run(tx, { params, matches, who }) {
        const found = await one(tx, params.id);
        if (!found) return refuse('not-found', missing(params));
        if (!matches(found)) return stale(params.id);
        const set = { forwardedBy: who.name, forwardedAt: clock.now() };
        const isFirst = and(eq(table.id, params.id), isNull(table.forwardedAt));
        const changed = await tx.update(table).set(set).where(isFirst).returning({ id: table.id });
        if (changed.length === 0) return found;
        const forwarded = (await one(tx, params.id)) ?? found;
        const said = newEvent(
          'report.forwarded',
          `report/${params.id}`,
          { report: params.id },
          { actor: who.name },
        );
        await log.append(tx, [said]);
        return forwarded;
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

const missing = ({ id }: { readonly id: string }) => `There is no report ${id}`;

function exists(id: string): Refusal {
  return refuse('exists', `There is a report ${id} already: what was made is never made anew`);
}

function stale(id: string): Refusal {
  return refuse('stale', `report ${id} has changed since it was read; read it again`);
}

function nobody(): Refusal {
  return refuse('nobody', 'No board member is in the team, and settings name no `board.address`', {
    clause: 'BOARD-2',
    errors: [{ field: 'board.address', found: 'nothing', allowed: 'a mail address that the board reads' }],
  });
}
