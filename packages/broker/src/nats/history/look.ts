import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats, type NatsLogin, serverAdvice, usualReplicas } from './server.ts';
import { type Advice, streamAdvice, streamConfig, type WantedHistory } from './stream.ts';

export interface HistorySettings extends NatsLogin {
  readonly root: string;
  /** Left out: 3 of a cluster, 1 of a single server. */
  readonly replicas?: number | undefined;
  readonly maxAgeMs: number;
}

export interface HistoryLook {
  /** Whether the stream is there. */
  readonly exists: boolean;
  /** What is wrong with the stream, and with the server. */
  readonly stream: readonly Advice[];
  readonly server: readonly Advice[];
}

/** Looks at the stream over a connection that is there, and makes it if it is missing and `make` is set. */
export async function lookOver(
  connection: NatsConnection,
  settings: HistorySettings,
  make: boolean,
): Promise<HistoryLook> {
  const { info } = connection;
  if (!info) throw new Error('not connected');
  const wanted = { ...settings, replicas: settings.replicas ?? usualReplicas(info) };
  const manager = await jetstreamManager(connection, { timeout: 5_000, checkAPI: false });
  const found = (await streamIn(manager, wanted)) ?? (make ? await makeIn(manager, wanted) : undefined);
  return {
    exists: found !== undefined,
    stream: found ? streamAdvice(wanted, found) : [],
    server: serverAdvice(info),
  };
}

/** Connects, looks, changes nothing, and goes. */
export async function lookAtHistory(settings: HistorySettings): Promise<HistoryLook> {
  const connection = await connectNats(settings, 'huismeester check-config', false);
  try {
    return await lookOver(connection, settings, false);
  } finally {
    await connection.close();
  }
}

async function streamIn(manager: JetStreamManager, wanted: WantedHistory) {
  try {
    return (await manager.streams.info(streamConfig(wanted).name)).config;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  }
}

/** Several processes may do so at once: one makes it, and the others find it the same. */
async function makeIn(manager: JetStreamManager, wanted: WantedHistory) {
  return (await manager.streams.add(streamConfig(wanted))).config;
}
