import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { checkCredentials, type SnmpCredentials } from './credentials.ts';
import { SnmpError } from './errors.ts';
import { readHeader } from './header.ts';
import type { TrapKind } from './trap.ts';
import { createTrapReader, type TrapReader } from './trap-reader.ts';
import { canonicalAddress, refusalOf, type TrapRefusal, type TrapSource } from './trap-sources.ts';

/** A notification of a source, v1, v2c or v3. It is a hint: anybody who can forge an address can repeat one. */
export interface SnmpTrap {
  /** The source's id. */
  readonly source: string;
  readonly kind: TrapKind;
}

export interface TrapReceiverOptions {
  /** The address to bind; `::` takes IPv4 too. */
  readonly host: string;
  /** 162 is the field's; 0 for a free one. */
  readonly port: number;
  readonly sources: readonly TrapSource[];
  readonly onTrap: (trap: SnmpTrap) => void;
}

export type TrapCounts = Readonly<Record<TrapRefusal | 'taken' | 'socket-error', number>>;

export interface TrapReceiver {
  readonly port: number;
  /** What was received since it was made; `taken` and each reason for which it was not. */
  counts(): TrapCounts;
  /** From now on these; throws as the making does, and leaves the sources as they are then. */
  setSources(sources: readonly TrapSource[]): void;
  close(): Promise<void>;
}

interface Known {
  source: TrapSource;
  read: TrapReader;
}

/**
 * Receives traps and informs from these sources only, each with its own community or user; nothing of what others send is
 * parsed. Rejects with SnmpError `unreachable` when the address cannot be bound, with a TypeError for an address that is
 * none, with a RangeError for credentials that are none.
 */
export async function createTrapReceiver(options: TrapReceiverOptions): Promise<TrapReceiver> {
  const { host, port, sources, onTrap } = options;
  const counts = {
    taken: 0,
    'unknown-sender': 0,
    'wrong-community': 0,
    'wrong-user': 0,
    malformed: 0,
    'socket-error': 0,
  };
  const troubled = () => {
    counts['socket-error'] += 1;
  };
  const send = (message: Buffer, to: number, address: string) =>
    socket.send(message, to, address, (error) => error && troubled());
  const readerOf = createReaders(send);
  let byAddress = knownByAddress(sources, readerOf);
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  await bind(socket, host, port);
  socket.on('error', troubled);
  socket.on('message', (message, sender) => {
    const known = byAddress.get(canonicalAddress(sender.address)) ?? [];
    const received = receive(message, sender, known);
    if (received === 'discovery') return;
    counts['refused' in received ? received.refused : 'taken'] += 1;
    if ('source' in received) onTrap(received);
  });
  let closed: Promise<void> | undefined;
  return {
    port: socket.address().port,
    counts: () => ({ ...counts }),
    setSources: (changed) => {
      byAddress = knownByAddress(changed, readerOf);
    },
    close() {
      closed ??= new Promise((resolve) => socket.close(resolve));
      return closed;
    },
  };
}

type ReaderOf = (source: TrapSource) => TrapReader;

/**
 * One reader for the same credentials, also after other sources were set: to make one of v3 hashes a megabyte, and senders of
 * informs would have to discover another engine.
 */
function createReaders(send: (message: Buffer, port: number, address: string) => void): ReaderOf {
  const readers = new WeakMap<SnmpCredentials, TrapReader>();
  return (source) => {
    const known = readers.get(source.credentials);
    if (known) return known;
    checkCredentials(source.credentials);
    const made = createTrapReader(source, send);
    readers.set(source.credentials, made);
    return made;
  };
}

function knownByAddress(sources: readonly TrapSource[], readerOf: ReaderOf): Map<string, Known[]> {
  const byAddress = new Map<string, Known[]>();
  for (const source of sources) {
    const known = { source, read: readerOf(source) };
    for (const address of new Set(source.addresses.map(canonicalAddress)))
      byAddress.set(address, [...(byAddress.get(address) ?? []), known]);
  }
  return byAddress;
}

function receive(
  message: Buffer,
  sender: RemoteInfo,
  known: readonly Known[],
): SnmpTrap | { readonly refused: TrapRefusal } | 'discovery' {
  if (known.length === 0) return { refused: 'unknown-sender' };
  const header = readHeader(message);
  if (!header) return { refused: 'malformed' };
  const refusals = known.map(({ source }) => refusalOf(header, source.credentials));
  const fitting = known[refusals.indexOf(undefined)];
  if (!fitting) return { refused: refusals[0] ?? 'malformed' };
  const outcome = fitting.read(message, header, sender);
  return typeof outcome === 'object' && 'kind' in outcome
    ? { source: fitting.source.id, kind: outcome.kind }
    : outcome;
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: Error) => {
      socket.close();
      reject(new SnmpError('unreachable', `traps cannot be received at ${host}:${port}`, { cause }));
    };
    socket.once('error', failed);
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.off('error', failed);
      resolve();
    });
  });
}
