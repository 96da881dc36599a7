import { connect, type NatsConnection, type ServerInfo } from '@nats-io/transport-node';
import { maxPacketBytes, maxPayloadBytes } from '../../limits.ts';
import { canSync } from '../config.ts';
import type { Advice } from './stream.ts';

/** Where NATS answers by its own protocol, and as whom. */
export interface NatsLogin {
  /** The servers of the cluster, or the one; `tls://` insists on TLS. */
  readonly urls: readonly string[];
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A PEM certificate to trust instead of the system's. */
  readonly ca?: string | undefined;
}

/** Connects, or rejects when no server lets us in; with `lasting` it comes back by itself whenever it is lost. */
export function connectNats(login: NatsLogin, name: string, lasting: boolean): Promise<NatsConnection> {
  const { urls, username, password, ca } = login;
  const isTls = urls.some((url) => url.startsWith('tls:'));
  return connect({
    servers: [...urls],
    name,
    timeout: 5_000,
    // The servers announce each other by addresses that their certificates may not name.
    ignoreClusterUpdates: true,
    pingInterval: 5_000,
    reconnect: lasting,
    // A login that is refused may be allowed later: settings of brokers change without us.
    ...(lasting && { maxReconnectAttempts: -1, ignoreAuthErrorAbort: true }),
    ...(username !== undefined && { user: username }),
    ...(password !== undefined && { pass: password }),
    ...(isTls && { tls: ca === undefined ? {} : { ca } }),
  });
}

/** How many copies a stream is to have where settings do not say. */
export function usualReplicas({ cluster }: Pick<ServerInfo, 'cluster'>): number {
  return cluster === undefined ? 1 : 3;
}

/** What of the server itself is unsafe, as far as a client can see. */
export function serverAdvice({
  version,
  max_payload: max,
}: Pick<ServerInfo, 'version' | 'max_payload'>): Advice[] {
  const old: Advice = {
    problem: `nats-server ${version} acknowledges before the disk has it: a power cut takes up to two minutes`,
    remedy: 'use nats-server 2.12.3 or newer with jetstream { sync_interval: always }',
  };
  const small: Advice = {
    problem: `nats-server takes messages of ${max} bytes at most; an event may have ${maxPayloadBytes}`,
    remedy: `max_payload: ${maxPacketBytes} in nats-server.conf`,
  };
  return [...(canSync(version) ? [] : [old]), ...(max < maxPayloadBytes ? [small] : [])];
}
