import type { ReportData } from '@huismeester/contracts';

const named = /^person[/:]([0-9a-f-]{36})$/;
const keys = new Set(['person', 'stewards', 'learners']);

/** The ids of all people who stand in a report, in their order: whose names are asked for when it is shown. */
export function peopleIn(data: Pick<ReportData, 'happened' | 'late' | 'state'>): string[] {
  const found = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const id = keys.has(key) ? value : named.exec(value)?.[1];
      if (id !== undefined) found.add(id);
    } else if (Array.isArray(value)) for (const each of value) walk(each, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, held] of Object.entries(value)) walk(held, name);
  };
  walk(data, '');
  return [...found].sort((one, other) => (one < other ? -1 : 1));
}
