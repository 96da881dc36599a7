import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { execute } from './postgres.ts';

/** A request to Proxmox whose task runs at the moment. */
export interface InFlight {
  readonly vmid: number;
  readonly node: string;
  readonly type: 'qemu' | 'lxc';
  readonly act: 'shutdown' | 'start';
  readonly upid: string;
}

/** What the database does not have: how the space was outside of it when the program was killed. */
export interface Moment {
  readonly what: string;
  /** The commit that wrote the database. */
  readonly commit: string;
  /** Of the program's clock, ms since 1970. */
  readonly at: number;
  /** `policy.power` of the settings. */
  readonly power: Readonly<Record<string, unknown>>;
  /** `hypervisors[0].nodes` of the settings. */
  readonly nodes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The clauses that were armed; every other is in dry-run. */
  readonly armed: readonly string[];
  /** The variables of UPS `rack`. */
  readonly ups: Readonly<Record<string, string>>;
  /** The status of each guest at Proxmox, by its vmid. */
  readonly guests: Readonly<Record<string, 'running' | 'stopped'>>;
  /** Guests that fail to start, with what Proxmox says then. */
  readonly failing: Readonly<Record<string, string>>;
  /** The nodes that are online. */
  readonly online: readonly string[];
  readonly inFlight: readonly InFlight[];
}

export const momentNames = [
  'hold',
  'shutting-down',
  'all-down',
  'recovering',
  'half-restored',
  'held',
  'given-up',
  'nodes-off',
] as const;
export type MomentName = (typeof momentNames)[number];

const fileOf = (name: MomentName, end: string): URL => new URL(`./fixtures/${name}.${end}`, import.meta.url);

export async function readMoment(name: MomentName): Promise<Moment> {
  return JSON.parse(await readFile(fileOf(name, 'json'), 'utf8')) as Moment;
}

export async function writeMoment(name: MomentName, moment: Moment, sql: string): Promise<void> {
  await writeFile(fileOf(name, 'json'), `${JSON.stringify(moment, undefined, 2)}\n`);
  await writeFile(fileOf(name, 'sql.gz'), gzipSync(sql, { level: 9 }));
}

/**
 * Fills an empty database with that of a moment, as if the moment was `agoMs` before now: every time in it is moved, in
 * columns, in JSON (ISO 8601 and ms since 1970). `upids` gives the tasks in flight their new names.
 */
export async function restoreMoment(
  name: MomentName,
  url: string,
  { agoMs = 0, upids = new Map() }: { agoMs?: number; upids?: ReadonlyMap<string, string> } = {},
): Promise<void> {
  const { at } = await readMoment(name);
  let sql = gunzipSync(await readFile(fileOf(name, 'sql.gz'))).toString('utf8');
  sql = moved(sql, Date.now() - agoMs - at);
  for (const [old, fresh] of upids) sql = sql.replaceAll(old, fresh);
  await execute(url, `${sql}\n${sameDatabase}`);
}

/** Each log remembers the database that it is in, and begins a new epoch in another: here it is to go on as if it was the same. */
const sameDatabase = ['policy', 'vm_lifecycle', 'ups_monitor']
  .map(
    (schema) => `update ${schema}.log_head set origin =
  concat_ws('/', (select system_identifier from pg_control_system()), left(pg_walfile_name(pg_current_wal_lsn()), 8),
    (select oid from pg_database where datname = current_database()), '${schema}.log_head'::regclass::oid);`,
  )
  .join('\n');

/** The SQL with every time in it moved by this many ms. */
function moved(sql: string, byMs: number): string {
  const iso = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
  const column = /'20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00'/g;
  const sinceEpoch = /(?<![\w-])1[6-9]\d{11}(?![\w-])/g;
  const byDate = (text: string): string => new Date(Date.parse(text) + byMs).toISOString();
  return sql
    .replace(iso, byDate)
    .replace(column, (text) => `'${byDate(`${text.slice(1, -4).replace(' ', 'T')}Z`)}'`)
    .replace(sinceEpoch, (text) => String(Number(text) + Math.round(byMs)));
}
