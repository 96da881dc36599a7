import type { Logger } from '@huismeester/clock';

export interface LinkOptions {
  /** For the log and the start of the client id. */
  name: string;
  /** The servers of the broker; when one is lost or refuses, the next is tried. */
  urls: readonly string[];
  username?: string | undefined;
  password?: string | undefined;
  /** A PEM certificate to trust instead of the system's. */
  ca?: string | undefined;
  /** Asked at each connection; the broker publishes it, retained, when the connection breaks. */
  will?: () => { topic: string; payload: string };
  /** How long a CONNACK, PUBACK or SUBACK may take. */
  timeoutMs: number;
  logger: Logger;
  onUp?: () => void;
  onMessage?: (topic: string, payload: Buffer) => void;
}
