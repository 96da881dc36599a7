import type { SnmpCredentials } from './credentials.ts';
import type { SnmpErrorCode } from './errors.ts';
import type { Varbind } from './value.ts';

/** What one request asks. The first `scalars` OIDs of a bulk are its non-repeaters (RFC 3416 section 4.2.3). */
export type Ask =
  | { readonly kind: 'next'; readonly oids: readonly string[] }
  | {
      readonly kind: 'bulk';
      readonly oids: readonly string[];
      readonly scalars: number;
      readonly repetitions: number;
    };

/** A list of variables for each OID that was asked, shorter lists or fewer of them if the agent left some out. */
export type LibraryResult =
  | { readonly lists: Varbind[][] }
  /** v1's error; with the OID that it is about, where the agent names one. */
  | { readonly noSuchName: string | undefined }
  | { readonly failed: SnmpErrorCode };

/** What the library uses of node:dgram's sockets. */
export interface LibrarySocket {
  on(event: string, listener: (...args: unknown[]) => void): void;
  send(
    message: Buffer,
    offset: number,
    length: number,
    port: number,
    address: string,
    sent: (error: Error | null, bytes?: number) => void,
  ): void;
  bind(): void;
  address(): object;
  ref(): void;
  unref(): void;
  close(): void;
}

export interface LibrarySession {
  /** Calls back once, twice, or never. Throws what the library throws. */
  ask(ask: Ask, done: (result: LibraryResult) => void): void;
  close(): void;
}

export interface LibrarySessionOptions {
  readonly credentials: SnmpCredentials;
  readonly address: string;
  readonly port: number;
  readonly socket: LibrarySocket;
  /** After so many ms the library forgets a request; later than our own deadline. */
  readonly forgetAfterMs: number;
  /** A message that it could not parse. */
  readonly onMalformed: () => void;
}

/** What a datagram to a receiver was. */
export type LibraryNotification =
  /** `generic`: v1's generic-trap. */
  | { readonly varbinds: Varbind[]; readonly generic: number | undefined }
  | { readonly failed: 'refused' | 'malformed' };
