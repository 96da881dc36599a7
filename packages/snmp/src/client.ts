import type { Clock } from '@huismeester/clock';
import { checkCredentials, type SnmpCredentials } from './credentials.ts';
import { checkOid } from './oid.ts';
import { createRequests } from './requests.ts';
import { createTableReader, type SnmpTable } from './table-reader.ts';

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
  /** Columns of one table (such as ifAdminStatus, 1.3.6.1.2.1.2.2.1.7), read together and aligned by index; none: scalars only. */
  columns(columns: readonly string[], options?: SnmpColumnsOptions): Promise<SnmpTable>;
  /** Every request from now on, and those that wait, fail with the code `closed`. */
  close(): void;
}

/** Makes a client; it sends nothing yet. Throws a RangeError for credentials that no agent takes. */
export function createSnmpClient(options: SnmpClientOptions): SnmpClient {
  const { host, port = 161, credentials, timeoutMs = 2_000, attempts = 2, clock } = options;
  checkCredentials(credentials);
  const requests = createRequests({ host, port, credentials, timeoutMs, clock });
  const agent = `the SNMP agent ${host}:${port}`;
  const readTable = createTableReader(requests, { agent, attempts, bulk: credentials.version !== '1' });
  return {
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
