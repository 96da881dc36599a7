import type { EventLog } from '@huismeester/events';
import type { Registry } from 'prom-client';
import { gauge } from '../metrics.ts';
import type { Flow } from './sight.ts';

type Tasks = NonNullable<Flow['tasks']>;

const ofTasks: Readonly<Record<string, { help: string; read: (tasks: Tasks) => number }>> = {
  huismeester_tasks_running: { help: 'Tasks that run now', read: ({ running }) => running },
  huismeester_tasks_due: { help: 'Tasks that wait to be run', read: ({ due }) => due },
  huismeester_tasks_failing: {
    help: 'Tasks that failed when they last ran; they are tried again',
    read: ({ failing }) => failing,
  },
  huismeester_task_oldest_seconds: {
    help: 'How long the oldest task that is due waits to be run',
    read: ({ oldest_s = 0 }) => oldest_s,
  },
};

/** What every service of a process reports of its log, the logs that it reads, its tasks and its line to the broker. */
export function meterService(
  metrics: Registry,
  log: EventLog,
  { flow, hasBroker, hasTasks }: { flow: () => Flow; hasBroker: boolean; hasTasks: boolean },
): void {
  const labels = { service: log.service };
  const one = (name: string, help: string, read: () => number | undefined): void =>
    gauge(metrics, { name, help, labels }, read);

  one('huismeester_log_head', 'Position of the newest event', () => log.head());
  countEvents(metrics, log);
  for (const [index, { source, reader = source }] of flow().consumers.entries()) {
    const of = () => flow().consumers[index];
    // Of several readers of a log each has a lag of its own.
    const both = { ...labels, source: reader };
    const lag = { name: 'huismeester_consumer_lag', help: 'Events not yet applied', labels: both };
    gauge(metrics, lag, () => of()?.lag);
    const help = 'Events that could not be applied, and are parked';
    gauge(metrics, { name: 'huismeester_dead_letters', help, labels: both }, () => of()?.deadLetters);
  }
  if (hasTasks) {
    for (const [name, { help, read }] of Object.entries(ofTasks)) {
      one(name, help, () => {
        const { tasks } = flow();
        return tasks && read(tasks);
      });
    }
  }
  if (!hasBroker) return;
  one('huismeester_publisher_lag', 'Events not yet looked at for MQTT', () => flow().publisher?.lag);
  one('huismeester_broker_online', '1: connected to the broker', () => Number(flow().broker.connected));
  one(
    'huismeester_broker_reconnects_total',
    'How often the connection to the broker was made anew',
    () => flow().broker.reconnects,
  );
}

/** Counts by type what this process appends; each type that was said since the start has a sample. */
function countEvents(metrics: Registry, log: EventLog): void {
  const counts = new Map<string, number>();
  log.onAppended((_, appended) => {
    for (const { type } of appended) counts.set(type, (counts.get(type) ?? 0) + 1);
  });
  const description = {
    name: 'huismeester_events_total',
    help: 'Events appended to the log since the start',
    labels: { service: log.service },
    sampleLabels: ['type'],
  };
  gauge(metrics, description, () => [...counts].map(([type, value]) => ({ labels: { type }, value })));
}
