import { createServer, type Server, type Socket } from 'node:net';
import { tags } from '../snmp/ber.ts';
import { BerReader } from '../snmp/ber-reader.ts';
import { BerWriter } from '../snmp/ber-writer.ts';

/** An entry of the directory: its DN and its attributes. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

export interface DirectorySimulatorOptions {
  readonly host?: string;
  /** 0, a free one, if left out. */
  readonly port?: number;
  readonly entries: readonly DirectoryEntry[];
}

export interface DirectorySimulator {
  readonly host: string;
  readonly port: number;
  /** Whether connections are ended as soon as they are made, as by a machine that is off. */
  off: boolean;
  close(): Promise<void>;
}

/** Protocol operations of LDAP, by their tags (RFC 4511, section 4). */
const operations = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  unbindRequest: 0x42,
  searchRequest: 0x63,
  searchResultEntry: 0x64,
  searchResultDone: 0x65,
} as const;

/**
 * A directory for the demo: every bind succeeds, and every search finds all entries below its base. Anything more is for a real
 * slapd, which tests start.
 */
export async function startDirectorySimulator(
  options: DirectorySimulatorOptions,
): Promise<DirectorySimulator> {
  const { host = '127.0.0.1', port = 0, entries } = options;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    if (directory.off) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = answerAll(Buffer.concat([pending, chunk]), entries, socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const directory: DirectorySimulator = {
    host,
    port: typeof address === 'object' && address !== null ? address.port : port,
    off: false,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return directory;
}

/** Answers the messages that are whole; what is left of the bytes is the beginning of the next. */
function answerAll(bytes: Buffer, entries: readonly DirectoryEntry[], socket: Socket): Buffer<ArrayBuffer> {
  let rest = bytes;
  try {
    for (let size = sizeOf(rest); size !== undefined; size = sizeOf(rest)) {
      answer(new BerReader(rest.subarray(0, size)).enter(), entries, socket);
      rest = rest.subarray(size);
    }
  } catch {
    // Whatever it is, it is no LDAP.
    socket.destroy();
    return Buffer.alloc(0);
  }
  return Buffer.from(rest);
}

/** How many bytes the first message takes, once all of them are there. */
function sizeOf(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (bytes.length < 2 + count) return undefined;
  const size = 2 + count + (count === 0 ? first : bytes.readUIntBE(2, count));
  return bytes.length >= size ? size : undefined;
}

function answer(message: BerReader, entries: readonly DirectoryEntry[], socket: Socket): void {
  const id = message.integer();
  const operation = message.peek();
  if (operation === operations.unbindRequest) socket.end();
  else if (operation === operations.bindRequest) socket.write(result(id, operations.bindResponse));
  else if (operation === operations.searchRequest) {
    const base = Buffer.from(message.enter(operation).content(tags.octets)).toString().toLowerCase();
    const found = entries.filter(({ dn }) => dn.toLowerCase().endsWith(base));
    for (const entry of found) socket.write(entryMessage(id, entry));
    socket.write(result(id, operations.searchResultDone));
  } else socket.destroy();
}

/** A result with the code 0, success. */
function result(id: number, operation: number): Buffer {
  const writer = new BerWriter();
  writer.octets(tags.octets, '');
  writer.octets(tags.octets, '');
  writer.integer(0x0a, 0);
  writer.wrap(operation, 0);
  return message(writer, id);
}

function entryMessage(id: number, { dn, attributes }: DirectoryEntry): Buffer {
  const writer = new BerWriter();
  for (const [name, values] of Object.entries(attributes).toReversed()) {
    const from = writer.length;
    for (const value of values.toReversed()) writer.octets(tags.octets, value);
    writer.wrap(0x31, from);
    writer.octets(tags.octets, name);
    writer.wrap(tags.sequence, from);
  }
  writer.wrap(tags.sequence, 0);
  writer.octets(tags.octets, dn);
  writer.wrap(operations.searchResultEntry, 0);
  return message(writer, id);
}

function message(writer: BerWriter, id: number): Buffer {
  writer.integer(tags.integer, id);
  writer.wrap(tags.sequence, 0);
  return writer.finish();
}
