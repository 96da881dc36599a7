import { freePort, type NatsServer, startMosquitto, startNats, startNatsCluster } from '@huismeester/testkit';
import { distributed, type Layout, standalone } from './layout.ts';

export const brokerKinds = ['mosquitto', 'nats', 'nats-cluster', 'embedded'] as const;
export type BrokerKind = (typeof brokerKinds)[number];

/** How a space with that broker runs: the embedded one is in the process of the services. */
export const layoutOf = (kind: BrokerKind): Layout => (kind === 'embedded' ? standalone : distributed);

/** A broker that is open to everybody, as those of spaces often are, and that can be killed and paused. */
export interface ChaosBroker {
  /** The port that the nth of its clients is sent to. */
  portFor(nth: number): number;
  kill(): Promise<void>;
  start(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  close(): Promise<void>;
}

/** Starts one. Of a cluster one server after the other is what is killed or paused. */
export async function startBroker(kind: BrokerKind): Promise<ChaosBroker> {
  if (kind === 'mosquitto') {
    const mosquitto = await startMosquitto({ open: true });
    return { portFor: () => mosquitto.port, ...mosquitto };
  }
  if (kind === 'nats') {
    const nats = await startNats({ open: true });
    return of([nats], nats.close);
  }
  if (kind === 'embedded') {
    const port = await freePort();
    const none = async () => {};
    // It starts, dies and is paused with the process that it is in, which the plan names.
    return { portFor: () => port, kill: none, start: none, signal: () => {}, close: none };
  }
  const cluster = await startNatsCluster({ open: true });
  return of(cluster.servers, cluster.close);
}

function of(servers: readonly NatsServer[], close: () => Promise<void>): ChaosBroker {
  let turn = 0;
  const at = (nth: number): NatsServer => servers[nth % servers.length] as NatsServer;
  return {
    portFor: (nth) => at(nth).port,
    async kill() {
      turn += 1;
      await at(turn).kill();
    },
    start: () => at(turn).start(),
    signal(signal) {
      if (signal === 'SIGSTOP') turn += 1;
      at(turn).signal(signal);
    },
    close,
  };
}
