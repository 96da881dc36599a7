import type { SaidState } from '@huismeester/broker';
import { lagsOf, type Part, type ServiceName, type StatePayload } from '@huismeester/contracts';
import type { Flow } from './sight.ts';

type FlowWord = StatePayload<'policy', 'service'>['flow'];

const numbers = { flowing: 0, behind: 1, trouble: 2 } as const;
/** A task that waits longer than this is behind, s. */
const lateAfterS = 5;

/** How a service's events flow, as one of three words. */
export function wordFor({ publisher, consumers, tasks, broker }: Flow): FlowWord {
  const trouble =
    broker.trouble !== undefined ||
    publisher?.lastError !== undefined ||
    consumers.some(({ lastError, deadLetters }) => lastError !== undefined || deadLetters > 0) ||
    (tasks !== undefined && (tasks.failing > 0 || tasks.lastError !== undefined));
  if (trouble) return 'trouble';
  const late =
    (publisher?.lag ?? 0) > 0 || consumers.some(({ lag }) => lag > 0) || (tasks?.oldest_s ?? 0) > lateAfterS;
  return late ? 'behind' : 'flowing';
}

/** The flow as MQTT shows it, flat. */
export function flowState(flow: Flow): SaidState<'service'> {
  const { publisher, consumers, tasks, broker } = flow;
  const word = wordFor(flow);
  return {
    flow: word,
    flow_n: numbers[word],
    publish_lag: publisher?.lag ?? 0,
    ...lagsOf((source) => lagBehind(consumers, source)),
    dead_letters: consumers.reduce((sum, { deadLetters }) => sum + deadLetters, 0),
    tasks_due: tasks?.due,
    tasks_failing: tasks?.failing,
    // Whole seconds: each change is a message.
    oldest_task_s: tasks && Math.round(tasks.oldest_s ?? 0),
    reconnects: broker.reconnects,
  };
}

/** Of several readers of a log that of the last one; undefined where there is none. */
function lagBehind(consumers: Flow['consumers'], source: string): number | undefined {
  const lags = consumers.flatMap((each) => (each.source === source ? each.lag : []));
  return lags.length === 0 ? undefined : Math.max(...lags);
}

/** Who waits for what, a sentence each; none when all flows. */
export function waitingFor(service: ServiceName, flow: Flow, parts: readonly Part[]): string[] {
  return [
    ...consumersWait(service, flow),
    ...brokerWaits(service, flow),
    ...tasksWait(service, flow),
    ...partsWait(service, flow, parts),
  ];
}

function consumersWait(service: ServiceName, { consumers }: Flow): string[] {
  return consumers.flatMap(({ source, reader = source, lag, deadLetters, lastError }) => [
    ...(lastError === undefined ? [] : [`${service} waits for the log of ${source}: ${lastError}`]),
    ...(lag === 0 ? [] : [`${service} has ${many(lag, 'event')} of ${reader} still to apply`]),
    ...(deadLetters === 0
      ? []
      : [`${service} has ${many(deadLetters, 'event')} of ${reader} parked, for a person: see dead-letters`]),
  ]);
}

function brokerWaits(service: ServiceName, { publisher, broker }: Flow): string[] {
  if (broker.trouble !== undefined) return [`${service} waits for the broker: ${broker.trouble}`];
  if (publisher === undefined || publisher.lag === 0) return [];
  const why = publisher.lastError === undefined ? '' : `: ${publisher.lastError}`;
  return [`${service} has ${many(publisher.lag, 'event')} still to publish${why}`];
}

function tasksWait(service: ServiceName, { tasks }: Flow): string[] {
  if (tasks === undefined) return [];
  const { due, oldest_s = 0, failing, lastError } = tasks;
  return [
    ...(lastError === undefined ? [] : [`${service} cannot read its tasks: ${lastError}`]),
    ...(oldest_s <= lateAfterS
      ? []
      : [`${service} has ${many(due, 'task')} waiting, the oldest for ${Math.round(oldest_s)} s`]),
    ...(failing === 0 ? [] : [`${service} has ${many(failing, 'task')} that failed, to be tried again`]),
  ];
}

/** Of the parts that are not reported above. */
function partsWait(service: ServiceName, { consumers }: Flow, parts: readonly Part[]): string[] {
  const reported = new Set(['broker', ...consumers.map(({ source }) => `${service}: log of ${source}`)]);
  return parts
    .filter(({ name, ready }) => !ready && !reported.has(name))
    .map(({ name, detail }) => `${service} waits for ${name}${detail === undefined ? '' : `: ${detail}`}`);
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
