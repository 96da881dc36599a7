import type { Clock } from '@huismeester/clock';
import { checkCredentials, type SnmpCredentials } from './credentials.ts';
import { agentError, SnmpError } from './errors.ts';
import { checkOid } from './oid.ts';
import { createRequests, type Requests } from './requests.ts';
import { createTableReader, type SnmpTable } from './table-reader.ts';
import { type SnmpValue, valueIn } from './value.ts';

export interface SnmpClientOptions {
  /** A name or an address; a name is resolved anew after failures. */
  readonly host: string;
  /** 161 if left out. */
  readonly port?: number;
  readonly credentials: SnmpCredentials;
  /** How long one request may take, in ms of the clock (2000); v3's discovery is a part of the first one. */
  readonly timeoutMs?: number;
  /** How often a request is sent that is not answered (2). */
  readonly attempts?: number;
  readonly clock: Clock;
}

export interface SnmpColumnsOptions {
  /** Instances that end in .0, read in the same request as the first rows. */
  readonly scalars?: readonly string[];
  /** How many rows are expected, if known: sizes the requests. */
  readonly rows?: number;
  readonly signal?: AbortSignal;
}

/**
 * A client for one SNMP agent. One request is in flight at a time; others wait for their turn. Requests fail with
 * SnmpError, or with the reason of the signal that aborted them; an OID that is none is a TypeError.
 */
export interface SnmpClient {
  /**
   * The values of these instances, in this order; undefined where the agent has none (noSuchObject, noSuchInstance; v1's
   * noSuchName, after which the others are asked again).
   */
  get(oids: readonly string[], signal?: AbortSignal): Promise<(SnmpValue | undefined)[]>;
  /** Columns of one table (such as ifAdminStatus, 1.3.6.1.2.1.2.2.1.7), read together and aligned by index. */
  columns(columns: readonly string[], options?: SnmpColumnsOptions): Promise<SnmpTable>;
  /** Every request from now on, and those that wait, fail with the code `closed`. */
  close(): void;
}

/** How many instances one GET asks for: the request has to fit in a datagram, too. */
const mostInGet = 32;

/** Makes a client; it sends nothing yet. Throws a RangeError for credentials that no agent takes. */
export function createSnmpClient(options: SnmpClientOptions): SnmpClient {
  const { host, port = 161, credentials, timeoutMs = 2_000, attempts = 2, clock } = options;
  checkCredentials(credentials);
  const requests = createRequests({ host, port, credentials, timeoutMs, clock });
  const agent = `the SNMP agent ${host}:${port}`;
  const readTable = createTableReader(requests, { agent, attempts, bulk: credentials.version !== '1' });
  return {
    async get(oids, signal) {
      oids.forEach(checkOid);
      const values: (SnmpValue | undefined)[] = [];
      for (let i = 0; i < oids.length; i += mostInGet) {
        const some = oids.slice(i, i + mostInGet);
        values.push(...(await get(some, { requests, agent, attempts, signal })));
      }
      return values;
    },
    async columns(columns, { scalars = [], rows, signal } = {}) {
      [...columns, ...scalars].forEach(checkOid);
      const other = scalars.find((oid) => !oid.endsWith('.0'));
      if (other !== undefined)
        throw new TypeError(`not the instance of a scalar, which ends in .0: ${other}`);
      return readTable({ columns, scalars, rows, signal });
    },
    close: () => requests.close(),
  };
}

interface Getting {
  requests: Requests;
  agent: string;
  attempts: number;
  signal: AbortSignal | undefined;
}

async function get(oids: readonly string[], by: Getting): Promise<(SnmpValue | undefined)[]> {
  const inHalves = async () => {
    const middle = Math.ceil(oids.length / 2);
    return [...(await get(oids.slice(0, middle), by)), ...(await get(oids.slice(middle), by))];
  };
  try {
    const answer = await by.requests.ask({ kind: 'get', oids }, by);
    if ('noSuchName' in answer) {
      if (oids.length === 1) return [undefined];
      const missing = answer.noSuchName;
      if (missing === undefined || !oids.includes(missing)) return inHalves();
      const others = await get(
        oids.filter((oid) => oid !== missing),
        by,
      );
      return oids.map((oid) => (oid === missing ? undefined : others.shift()));
    }
    return oids.map((oid, i) => {
      const varbind = answer.lists[i]?.[0];
      if (varbind?.oid !== oid) throw agentError('protocol', by.agent);
      return valueIn(varbind);
    });
  } catch (error) {
    if (error instanceof SnmpError && error.code === 'too-big' && oids.length > 1) return inHalves();
    throw error;
  }
}
