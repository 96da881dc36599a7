import type { ServiceReport } from '@huismeester/contracts';
import type { Output, Style } from '../output.ts';
import { printable } from '../printable.ts';
import type { Answer } from '../served.ts';
import { type Column, table } from '../table.ts';
import { lengthOf } from '../time.ts';
import type { Status } from './read.ts';

type Row = Status['services'][number];

const of =
  (read: (report: ServiceReport) => string | number | undefined): Column<Row>['of'] =>
  ({ report }) =>
    'value' in report ? read(report.value) : undefined;

const columns: readonly Column<Row>[] = [
  { head: 'service', of: ({ service }) => service },
  { head: 'state', of: ({ report }) => stateOf(report), style: ({ report }) => styleOf(report) },
  { head: 'version', of: of(({ version }) => version) },
  { head: 'up', of: of(({ uptime_s }) => lengthOf(uptime_s)) },
  { head: 'head', of: of(({ head }) => head) },
  { head: 'to publish', of: of(({ publisher }) => publisher?.lag ?? '–') },
  { head: 'to apply', of: of(toApply) },
  { head: 'parked', of: of(parked) },
  { head: 'tasks', of: of(tasksOf) },
];

/** A line for each service: its log's head, and how many events are still to be published and to be applied. */
export function servicesTable({ services }: Status, output: Output): string[] {
  return [...table(services, columns, output, ''), ...waits(services)];
}

/** In the services' own words. */
function waits(services: readonly Row[]): string[] {
  const reports = services.flatMap(({ report }) => ('value' in report ? [report.value] : []));
  const waiting = reports.flatMap((report) => report.waiting);
  if (reports.length === 0) return [];
  if (waiting.length === 0) return ['Nobody waits for anybody.'];
  return ['Who waits for what:', ...waiting.map((line) => `  ${printable(line)}`)];
}

function stateOf(report: Answer<ServiceReport>): string {
  if ('missing' in report) return report.missing;
  return report.value.ready ? 'ready' : 'not ready';
}

function styleOf(report: Answer<ServiceReport>): Style {
  if ('missing' in report) return report.why === 'away' ? 'red' : 'dim';
  return report.value.ready ? 'green' : 'red';
}

function toApply({ consumers }: ServiceReport): string {
  if (consumers.length === 0) return '–';
  const behind = consumers.filter(({ lag }) => lag > 0);
  return behind.map(({ source, reader = source, lag }) => `${reader} ${lag}`).join(', ') || '0';
}

function parked({ consumers }: ServiceReport): string | number {
  if (consumers.length === 0) return '–';
  return consumers.reduce((sum, { deadLetters }) => sum + deadLetters, 0);
}

function tasksOf({ tasks }: ServiceReport): string {
  if (tasks === undefined) return '–';
  const { running, due, failing } = tasks;
  return [`${running} run`, `${due} due`, ...(failing > 0 ? [`${failing} fail`] : [])].join(', ');
}
