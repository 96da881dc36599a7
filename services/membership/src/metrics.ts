import { gauge } from '@huismeester/service';
import type { Registry } from 'prom-client';
import type { Memory } from './people/memory.ts';

/** Counts alone: a label with a person in it would be kept wherever metrics are. */
export function meterMembership(metrics: Registry, memory: Memory): void {
  gauge(
    metrics,
    {
      name: 'huismeester_directory_known',
      labels: {},
      help: 'Whether the last read of the directory was whole (1) or counts for nothing (0)',
    },
    () => (memory.latest() !== undefined && memory.trouble === undefined ? 1 : 0),
  );
  gauge(
    metrics,
    {
      name: 'huismeester_directory_people',
      labels: {},
      help: 'People in the last whole read of the directory',
    },
    () => memory.latest()?.people.length ?? 0,
  );
}
