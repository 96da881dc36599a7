import { type AnswerReader, readList, readOk, readText, readValue } from './answers.ts';
import { NutProtocolError } from './errors.ts';
import { Link, type NutClientOptions } from './link.ts';

/**
 * A client for one upsd. It connects at the first request; when a request fails with NutConnectionError,
 * NutTlsError or NutProtocolError the connection is gone and a next request makes a new one. Requests that are made
 * together go out together. A NutError is upsd's own answer and leaves the connection as it is.
 */
export interface NutClient {
  /** upsd's version, as text. */
  ver(): Promise<string>;
  /** The UPSes that upsd knows, whether or not their drivers run. */
  listUps(): Promise<{ name: string; description: string }[]>;
  /** The value of one variable; about 0.01 ms, where a whole list costs 44 ms. */
  getVar(ups: string, name: string): Promise<string>;
  listVars(ups: string): Promise<Record<string, string>>;
  /** The addresses of those who said LOGIN: who draws power from it. */
  listClients(ups: string): Promise<string[]>;
  /**
   * Says "I draw power from this UPS", so that upsd's primary waits for us; also the only request that shows whether
   * the password is right. Once a connection; it ends with the connection, and is not repeated on a new one.
   */
  login(ups: string): Promise<void>;
  /** Sets a variable. upsd says OK when it has passed it on: read it back to know that the driver took it. */
  setVar(ups: string, name: string, value: string): Promise<void>;
  /** Runs an instant command, such as `test.battery.start`. OK means passed on, not done. */
  instcmd(ups: string, command: string, parameter?: string): Promise<void>;
  /** Ends the connection; every request from now on, and those that wait, fail with the code `closed`. */
  close(): Promise<void>;
}

/** Makes a client; it does not connect yet. */
export function createNutClient(options: NutClientOptions): NutClient {
  const link = new Link(options);
  const ask = <T>(words: string[], read: (name: string) => AnswerReader<T>, shown = words) =>
    link.request(shown.join(' '), words, read(shown.join(' ')));
  return {
    ver: () => ask(['VER'], readText),
    async listUps() {
      const rows = await ask(['LIST', 'UPS'], (name) => readList(name, ['UPS']));
      return rows.map((row) => ({ name: column(row, 0), description: row[1] ?? '' }));
    },
    getVar: (ups, variable) =>
      ask(['GET', 'VAR', ups, variable], (name) => readValue(name, ['VAR', ups, variable])),
    async listVars(ups) {
      const rows = await ask(['LIST', 'VAR', ups], (name) => readList(name, ['VAR', ups]));
      return Object.fromEntries(rows.map((row) => [column(row, 0), column(row, 1)]));
    },
    async listClients(ups) {
      const rows = await ask(['LIST', 'CLIENT', ups], (name) => readList(name, ['CLIENT', ups]));
      return rows.map((row) => column(row, 0));
    },
    login: (ups) => ask(['LOGIN', ups], readOk),
    // The value stays out of messages: it may be a password of the device.
    setVar: (ups, variable, value) =>
      ask(['SET', 'VAR', ups, variable, value], readOk, ['SET', 'VAR', ups, variable]),
    instcmd: (ups, command, parameter) =>
      ask(['INSTCMD', ups, command, ...(parameter === undefined ? [] : [parameter])], readOk),
    close: () => link.close(),
  };
}

function column(row: string[], index: number): string {
  const value = row[index];
  if (value === undefined) throw new NutProtocolError('a row of a list has too few columns');
  return value;
}
