import { readFileSync } from 'node:fs';

const file = new URL('../../deploy/grafana/metrics.md', import.meta.url);

/** The metrics that metrics.md tells of, with their labels. */
export function metricsTold(): Map<string, readonly string[]> {
  const rows = readFileSync(file, 'utf8').matchAll(/^\| `(\w+)` \|([^|]*)\|/gm);
  return new Map([...rows].map(([, name = '', labels = '']) => [name, labels.match(/\w+/g) ?? []]));
}
