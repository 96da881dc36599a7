import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ImportResult } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import type { Refusal } from '@huismeester/events';
import { commandRoute, Problem } from '@huismeester/service';
import { Type } from 'typebox';
import { cableColumns, cableRow } from '../core/csv/cables.ts';
import { itemColumns, itemRow } from '../core/csv/items.ts';
import { writeTable } from '../core/csv/table.ts';
import { type File, importCables, importItems } from '../csv/import.ts';
import { mostBytes, readFile } from '../csv/read-file.ts';
import type { RouteDeps } from '../inside.ts';
import type { Shown } from '../items/register.ts';
import { teamSide, writers } from './who.ts';

const Query = Type.Object({
  dryRun: Type.Boolean({ default: false, description: 'Only say what it would change' }),
});
/** By it spreadsheets know that it is UTF-8. */
const bom = '\ufeff';

interface Kind {
  readonly name: 'items' | 'cables';
  readonly columns: typeof itemColumns | typeof cableColumns;
  readonly rows: (shown: Shown) => Parameters<typeof writeTable>[1];
  readonly take: (tx: Tx, deps: RouteDeps, file: File) => Promise<ImportResult | Refusal>;
}

const kinds: readonly Kind[] = [
  {
    name: 'items',
    columns: itemColumns,
    rows: ({ items }) => inOrder(items).map(([id, item]) => itemRow(id, item)),
    take: importItems,
  },
  {
    name: 'cables',
    columns: cableColumns,
    rows: ({ cables }) => inOrder(cables).map(([id, cable]) => cableRow(id, cable)),
    take: importCables,
  },
];

/** `/csv/items`, `/csv/cables`: the register for spreadsheets. What is exported imports as nothing to do. */
export function csvRoutes(deps: RouteDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: mostBytes }, (_, body, done) =>
      done(null, body),
    );
    app.setErrorHandler((error) => {
      const isTooBig = error instanceof Error && Reflect.get(error, 'code') === 'FST_ERR_CTP_BODY_TOO_LARGE';
      throw isTooBig ? tooBig() : error;
    });
    for (const { name, columns, rows, take } of kinds) {
      app.get(
        `/csv/${name}`,
        {
          config: { roles: teamSide },
          schema: { summary: `All ${name} as CSV, for a spreadsheet`, response: { 200: Type.String() } },
        },
        async (_, reply) => {
          const text = writeTable(columns.all, rows(await deps.register.read()));
          reply.type('text/csv; charset=utf-8');
          reply.header('content-disposition', `attachment; filename="${name}.csv"`);
          return `${bom}${text}`;
        },
      );
      commandRoute(app, deps, {
        method: 'POST',
        url: `/csv/${name}`,
        roles: writers,
        summary: `Take ${name} from CSV (text/csv), all of it or nothing; what is not in it stays as it is`,
        query: Query,
        answer: ImportResult,
        statuses: { 'bad-csv': 400 },
        prepare: async ({ body }) => readFile(body, columns),
        run: (tx, { query: { dryRun }, prepared: rows, who }) =>
          take(tx, deps, { rows, dryRun, actor: who.name }),
      });
    }
  };
}

function inOrder<Value>(all: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function tooBig(): Problem {
  const errors = [
    { field: 'body', found: 'a bigger file', allowed: `${mostBytes / 1024 / 1024} MB at most` },
  ];
  return new Problem(413, 'too-big', 'The file is too big. Nothing was changed', { errors });
}
