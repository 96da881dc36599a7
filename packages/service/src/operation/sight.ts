import type { BrokerConnection } from '@huismeester/broker';
import { type Clock, createLoop } from '@huismeester/clock';
import type { ServiceReport } from '@huismeester/contracts';
import type { Publisher, TaskQueue } from '@huismeester/events';
import type { RunningService } from '../service.ts';

/** How far a service's events got, as far as the process knows it without asking anybody. */
export type Flow = Pick<ServiceReport, 'publisher' | 'consumers' | 'tasks' | 'broker'>;

export interface Sight {
  /** As it is now; of the tasks, which the database knows, as they were a second ago. */
  flow(): Flow;
  close(): Promise<void>;
}

const everyMs = 1_000;

/** Looks each second at how a service's events flow: for the metrics, the state on MQTT and the status route. */
export function createSight(
  { consumers = [], tasks }: Pick<RunningService, 'consumers' | 'tasks'>,
  around: {
    readonly broker: BrokerConnection | undefined;
    readonly publisher: Publisher | undefined;
    readonly clock: Clock;
    /** Hears each second what is seen. */
    readonly looked: (flow: Flow) => void;
    readonly failed: (error: unknown) => void;
  },
): Sight {
  const { broker, publisher, clock, looked, failed } = around;
  let queue: TaskQueue | undefined;

  const flow = (): Flow => ({
    ...(publisher && { publisher: publisher.status() }),
    consumers: consumers.map((consumer) => consumer.status()),
    ...(tasks && queue && { tasks: { ...tasks.status(), ...counted(queue, clock) } }),
    broker: brokerOf(broker),
  });
  const loop = createLoop({
    everyMs,
    clock,
    async pass() {
      // While the database does not answer nobody knows how many tasks wait; health says that it does not.
      queue = await tasks?.queue().catch(() => undefined);
      looked(flow());
      return undefined;
    },
    onError: failed,
  });
  loop.start();
  return { flow, close: () => loop.close() };
}

function counted({ due, failing, oldest }: TaskQueue, clock: Clock) {
  const waitsMs = oldest && Math.max(0, clock.now().getTime() - oldest.getTime());
  return { due, failing, ...(waitsMs !== undefined && { oldest_s: Math.round(waitsMs / 100) / 10 }) };
}

function brokerOf(broker: BrokerConnection | undefined): ServiceReport['broker'] {
  if (!broker) return { connected: false, reconnects: 0, trouble: 'there is none' };
  const trouble = broker.trouble();
  const { online: connected, reconnects } = broker;
  return { connected, reconnects, ...(trouble !== undefined && { trouble }) };
}
