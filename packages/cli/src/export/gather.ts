import {
  Decision,
  type Export,
  Hold,
  Hypervisor,
  Node,
  Power,
  Rule,
  ServiceReport,
  serviceNames,
  Token,
  Ups,
  Violation,
  Vm,
} from '@huismeester/contracts';
import type { Static, TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { Api, Query } from '../api.ts';
import { NotFine } from '../errors.ts';
import { answerOf } from '../served.ts';

type Register<Item> = { fetched: string; items: Item[] };

/**
 * All registers as their services show them. Throws a {@link NotFine} when one cannot be had: half of the data must not
 * pass for all of it.
 */
export async function gather(api: Api, now: () => Date): Promise<Export> {
  const made = now().toISOString();
  // First, so that what the registers hold is never older than where the logs are said to stand.
  const reports = await Promise.all(serviceNames.map((service) => reportOf(api, service, now)));
  const [site] = reports.map((report) => report.site);
  const hash = reports.find(({ settingsHash }) => settingsHash !== undefined)?.settingsHash;
  const list = <S extends TObject>(
    path: string,
    schema: S,
    key: (item: Static<S>) => string,
    query?: Query,
  ) => register({ api, path, schema, query, now }, key);
  return {
    format: 'huismeester-export/1',
    made,
    site: site ?? { id: '', name: '' },
    logs: reports.map(({ service, version, epoch, head, fetched }) => ({
      ...{ service, version, epoch, head, fetched },
    })),
    settings: hash === undefined ? {} : { hash },
    power: { value: await served('power', api.get('/api/v1/power', Power)), fetched: now().toISOString() },
    ups: await list('ups', Ups, ({ id }) => id),
    hypervisors: await list('hypervisors', Hypervisor, ({ id }) => id),
    nodes: await list('nodes', Node, ({ hypervisor, node }) => `${hypervisor}/${node}`),
    vms: await list('vms', Vm, ({ id }) => id),
    rules: await list('rules', Rule, ({ rule, clause }) => `${rule}/${clause}`),
    holds: await list('holds', Hold, ({ id }) => id),
    violations: await list('violations', Violation, ({ violation }) => violation),
    // Oldest first: what is decided while pages are read comes after them.
    decisions: await list('decisions', Decision, ({ time, id }) => `${time} ${id}`, { order: 'time' }),
    tokens: await list('tokens', Token, ({ created, id }) => `${created} ${id}`),
  };
}

async function reportOf(api: Api, service: string, now: () => Date) {
  const report = await served(service, api.get(`/api/v1/${service}/status`, ServiceReport));
  return { ...report, fetched: now().toISOString() };
}

async function register<S extends TObject>(
  from: { api: Api; path: string; schema: S; query: Query | undefined; now: () => Date },
  key: (item: Static<S>) => string,
): Promise<Register<Static<S>>> {
  const { api, path, schema, query, now } = from;
  const items = await served(path, api.list(`/api/v1/${path}`, schema, query));
  // Only what the format names: whatever a newer service adds is not for us to give away.
  const known = items.map((item) => Value.Clean(schema, item) as Static<S>);
  const sorted = known.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  return { fetched: now().toISOString(), items: sorted };
}

async function served<T>(what: string, reading: Promise<T>): Promise<T> {
  const answer = await answerOf(reading);
  if ('value' in answer) return answer.value;
  const hint =
    answer.why === 'elsewhere' ? ': give the --url of the reverse proxy, behind which all services are' : '';
  throw new NotFine(`${what} ${answer.missing}${hint}; nothing was written`);
}
