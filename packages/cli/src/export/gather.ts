import {
  type Export,
  exportedResources,
  type ListDefinition,
  type ResourceDefinition,
  ServiceReport,
  serviceNames,
} from '@huismeester/contracts';
import { Value } from 'typebox/value';
import type { Api } from '../api.ts';
import { NotFine } from '../errors.ts';
import { type Answer, answerOf } from '../served.ts';

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
  const registers: Record<string, object> = {};
  for (const [path, definition] of exportedResources) {
    const read = await served(path, registerOf(api, path, definition));
    registers[path] = { ...read, fetched: now().toISOString() };
  }
  const found = {
    format: 'huismeester-export/1',
    made,
    site: site ?? { id: '', name: '' },
    logs: reports.map(({ service, version, epoch, head, fetched }) => {
      return { service, version, epoch, head, fetched };
    }),
    settings: hash === undefined ? {} : { hash },
    ...registers,
  };
  // Each register was read by the schema that the format has for it.
  return found as unknown as Export;
}

async function reportOf(api: Api, service: string, now: () => Date) {
  const report = await served(service, api.get(`/api/v1/${service}/status`, ServiceReport));
  return { ...report, fetched: now().toISOString() };
}

async function registerOf(api: Api, path: string, definition: ResourceDefinition): Promise<object> {
  if (definition.kind === 'single') return { value: await api.get(`/api/v1/${path}`, definition.schema) };
  const { schema, order }: ListDefinition = definition;
  // What comes with time oldest first: what is new while pages are read comes after them.
  const query = order[0] === 'time' ? { order: 'time' } : {};
  const items = await api.list(`/api/v1/${path}`, schema, query);
  // Only what the format names: whatever a newer service adds is not for us to give away.
  const known = items.map((item) => Value.Clean(schema, item) as Readonly<Record<string, unknown>>);
  const keyOf = (item: Readonly<Record<string, unknown>>) => order.map((field) => item[field]).join(' ');
  return { items: known.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b)))) };
}

async function served<T>(what: string, reading: Promise<T>): Promise<T> {
  const answer = await answerOf(reading);
  if ('value' in answer) return answer.value;
  const hint = hintOf(answer);
  throw new NotFine(`${what} ${answer.missing}${hint === undefined ? '' : `: ${hint}`}; nothing was written`);
}

function hintOf(answer: Exclude<Answer<never>, { value: never }>): string | undefined {
  if (answer.why === 'role') return answer.takes;
  return answer.why === 'elsewhere'
    ? 'give the --url of the reverse proxy, behind which all services are'
    : undefined;
}
