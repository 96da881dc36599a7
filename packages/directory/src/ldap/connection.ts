import type { Socket } from 'node:net';
import {
  BindRequest,
  type BindResponse,
  type Change,
  ExtendedRequest,
  ExtendedResponse,
  MessageParser,
  ModifyRequest,
  type ModifyResponse,
  SearchEntry,
  SearchReference,
  SearchRequest,
  type SearchRequestMessageOptions,
  type SearchResponse,
  UnbindRequest,
} from 'ldapts';
import { DirectoryError } from '../directory.ts';
import { Entry } from './entry.ts';
import { failureOfSocket, ResultError } from './failures.ts';
import { nextPage, pageAfter } from './pages.ts';

type Request = BindRequest | SearchRequest | ModifyRequest | ExtendedRequest;
type Response = BindResponse | SearchResponse | ModifyResponse | ExtendedResponse;

export interface Search extends Pick<SearchRequestMessageOptions, 'scope' | 'filter' | 'attributes'> {
  readonly base: string;
  /** For messages: what is searched for, in words. */
  readonly what: string;
  /** Whether a part that another server has is left out; it is an error otherwise. */
  readonly partly?: boolean;
}

interface Pending {
  readonly message: Request;
  readonly take: (entry: Entry) => void;
  readonly partly: boolean;
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
}

/** RFC 4511, 4.14.1, and RFC 4532. */
const startTlsOid = '1.3.6.1.4.1.1466.20037';
const whoAmIOid = '1.3.6.1.4.1.4203.1.11.3';

/** Of a connection that was closed by us: one for all, since it says nothing and each would have a stack. */
const closed = new DirectoryError('no-answer', 'the connection to the directory was closed');

/** The operation that ends the answer to a request: its tag is the next one (RFC 4511, 4.2 to 4.12), but for a search, whose entries have that. */
const answerTo = (request: Request) => request.protocolOperation + (request instanceof SearchRequest ? 2 : 1);

/**
 * One connection to one server. It reads and writes messages with ldapts, but without its Client, which connects anew by itself (in
 * clear text, and as nobody), waits for ever where the answer is no LDAP, and takes a page without entries for the last one. Here the
 * first thing that is not as it must be ends the connection, and everything that waits rejects with it, a {@link DirectoryError}.
 */
export class Connection {
  readonly #shown: string;
  readonly #answerMs: number;
  readonly #pending = new Map<string, Pending>();
  #socket: Socket;
  #parser = new MessageParser();
  #lastId = 0;
  #over: unknown;

  /** `socket` is connected. `shown` is the server, for messages; it may be silent for `answerMs` while something waits for it. */
  constructor(socket: Socket, { shown, answerMs }: { shown: string; answerMs: number }) {
    this.#socket = socket;
    this.#shown = shown;
    this.#answerMs = answerMs;
    this.#listen();
  }

  async bind(dn: string, password: string, what: string): Promise<void> {
    await this.#send((messageId) => new BindRequest({ messageId, dn, password }), what);
  }

  /**
   * What `take` makes of each entry, page by page. A referral, an error, and a page that is missing reject: there is no part of an answer.
   * It is called as each entry comes: to keep thousands of entries with all their bytes would cost more than to read them.
   */
  async search<T>({ base, what, partly = false, ...rest }: Search, take: (entry: Entry) => T): Promise<T[]> {
    const found: T[] = [];
    const keep = (entry: Entry) => void found.push(take(entry));
    let cookie: Buffer | undefined;
    do {
      const options = { baseDN: base, ...rest, controls: [pageAfter(cookie)] };
      const response = await this.#send((messageId) => new SearchRequest({ messageId, ...options }), what, {
        take: keep,
        partly,
      });
      cookie = nextPage(response, cookie, what);
    } while (cookie);
    return found;
  }

  /**
   * The entry with this DN; undefined where there is none (or where we may not even know of it), `hidden` where it is there and may not be
   * read: slapd answers with success and nothing where our right is `search` alone, or where objectClass may not be seen.
   */
  async get(
    dn: string,
    attributes: string[],
    filter: Search['filter'],
    what: string,
  ): Promise<Entry | 'hidden' | undefined> {
    const options = { baseDN: dn, scope: 'base' as const, filter, attributes };
    const found: Entry[] = [];
    const take = (entry: Entry) => void found.push(entry);
    try {
      await this.#send((messageId) => new SearchRequest({ messageId, ...options }), what, { take });
      return found[0] ?? 'hidden';
    } catch (error) {
      if (error instanceof ResultError && error.code === 32) return undefined;
      throw error;
    }
  }

  async modify(dn: string, change: Change, what: string): Promise<void> {
    await this.#send((messageId) => new ModifyRequest({ messageId, dn, changes: [change] }), what);
  }

  /** As whom the server has us, such as `dn:cn=reader,dc=space`; empty: as nobody (RFC 4532). */
  async whoAmI(): Promise<string> {
    const response = await this.#send(
      (messageId) => new ExtendedRequest({ messageId, oid: whoAmIOid }),
      'the question as whom we are logged in',
    );
    return (response instanceof ExtendedResponse && response.value) || '';
  }

  /** Asks the server to go on encrypted, and goes on over the socket that `encrypt` makes of this one. */
  async startTls(encrypt: (socket: Socket) => Promise<Socket>): Promise<void> {
    await this.#send((messageId) => new ExtendedRequest({ messageId, oid: startTlsOid }), 'StartTLS');
    this.#socket.removeAllListeners('data').removeAllListeners('close').removeAllListeners('timeout');
    this.#socket.setTimeout(0);
    this.#parser = new MessageParser();
    this.#socket = await encrypt(this.#socket);
    this.#listen();
  }

  /** Says goodbye and closes; what still waits rejects. */
  close(): void {
    if (this.#over !== undefined) return;
    const socket = this.#socket;
    // Where it cannot be written, the time-out of the socket ends it.
    socket.end(new UnbindRequest({ messageId: this.#nextId() }).write(), () => socket.destroy());
    this.#finish(closed);
  }

  /** Ends the connection at once; what waits, and what is asked later, rejects with the reason. */
  end(reason: unknown): void {
    this.#socket.destroy();
    this.#finish(reason);
  }

  #finish(reason: unknown): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  #listen(): void {
    const socket = this.#socket;
    this.#parser.on('message', (message) => this.#take(message));
    this.#parser.on('error', () => this.#broken());
    socket.setTimeout(this.#answerMs);
    socket.on('timeout', () => {
      if (this.#pending.size > 0 || this.#over !== undefined)
        this.end(new DirectoryError('no-answer', `${this.#shown} says nothing for ${this.#answerMs} ms`));
    });
    socket.on('error', (cause) => this.end(failureOfSocket(cause, this.#shown)));
    socket.on('close', () => this.end(failureOfSocket(undefined, this.#shown)));
    // Every message is a SEQUENCE (RFC 4511, 4.1.1); ldapts waits for the rest of whatever else it may be.
    socket.once('data', (chunk: Buffer) => {
      if (chunk[0] !== 0x30) this.#broken();
    });
    socket.on('data', (chunk: Buffer) => {
      if (this.#over === undefined) this.#parser.read(chunk, this.#pending);
    });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async #send(
    request: (messageId: number) => Request,
    what: string,
    { take = () => undefined, partly = false }: Partial<Pick<Pending, 'take' | 'partly'>> = {},
  ): Promise<Response> {
    if (this.#over !== undefined) throw this.#over;
    const message = request(this.#nextId());
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    this.#pending.set(String(message.messageId), { message, take, partly, resolve, reject });
    this.#write(message.write());
    const response = await promise;
    if (response.status !== 0) throw new ResultError(response.status, what);
    return response;
  }

  /** All that is asked in one turn goes out at once: a write of each would cost more than its answer. */
  #write(message: Buffer): void {
    const socket = this.#socket;
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(message);
  }

  #take(message: Response | SearchEntry | SearchReference): void {
    const id = String(message.messageId);
    // Nothing is asked under number 0: with it the server says that it ends the connection (RFC 4511, 4.4.1).
    const pending = this.#pending.get(id);
    if (pending && message instanceof SearchReference) {
      if (!pending.partly) this.end(this.#onlyAPart());
    } else if (pending?.message instanceof SearchRequest && message instanceof SearchEntry)
      this.#keep(pending, new Entry(message));
    else if (pending && message.protocolOperation === answerTo(pending.message)) {
      this.#pending.delete(id);
      pending.resolve(message as Response);
    } else this.#broken();
  }

  /** An entry that is not as it must be ends all. */
  #keep({ take }: Pending, entry: Entry): void {
    try {
      take(entry);
    } catch (error) {
      this.end(error);
    }
  }

  #onlyAPart(): DirectoryError {
    const found = `${this.#shown} has only a part, and refers to other servers for the rest`;
    return new DirectoryError('referral', `${found}: choose another directory.ldap.base`);
  }

  /** ldapts' errors quote what it read: they are no cause to show. */
  #broken(): void {
    this.end(
      new DirectoryError('no-answer', `what ${this.#shown} answers is no LDAP, or nothing that we asked for`),
    );
  }
}
