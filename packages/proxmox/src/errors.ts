/** What went wrong, stable for programs. */
export type ProxmoxErrorCode =
  /** 401: the token does not exist or its secret is wrong. */
  | 'unauthorized'
  /** 403: the token lacks a privilege; the reason names path and privilege. */
  | 'forbidden'
  /** 400: see `fields`. */
  | 'bad-parameter'
  /** There is no such guest, pool or task (Proxmox says 500 or 400). */
  | 'not-found'
  /** The guest's configuration is locked: backup, migration, another task. */
  | 'locked'
  /** 595: the node that is meant cannot be reached; it did not get the request. */
  | 'node-offline'
  /** 596, 597 or a name nobody knows: what became of the node, and of the request, is not known. */
  | 'node-unknown'
  /** Any other refusal (500); the reason is Proxmox's own sentence. */
  | 'domain'
  /** No answer in time. */
  | 'timeout'
  /** Not connected, or the connection ended before the answer. */
  | 'connection'
  /** The server is not the one that was pinned; nothing was said to it. */
  | 'certificate'
  /** An answer that Proxmox VE does not give. */
  | 'protocol';

export interface ProxmoxErrorDetails {
  code: ProxmoxErrorCode;
  /** What was asked, without parameters: `POST /nodes/pve1/qemu/100/status/shutdown`. */
  request: string;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** What Proxmox, or the network, said. */
  reason: string;
  /** One sentence for each wrong parameter. */
  fields?: Readonly<Record<string, string>>;
  mayHaveArrived?: boolean;
  cause?: unknown;
}

/** Every failure of a call to Proxmox. Its message never holds the token or a parameter's value. */
export class ProxmoxError extends Error {
  override readonly name = 'ProxmoxError';
  readonly code: ProxmoxErrorCode;
  readonly request: string;
  readonly status: number | undefined;
  readonly reason: string;
  readonly fields: Readonly<Record<string, string>>;
  /**
   * Whether the request may be at work without our knowing: true when no answer told what became of it. An act
   * must then be looked for (task list, state) before it is repeated. False when it was refused or never sent.
   */
  readonly mayHaveArrived: boolean;

  constructor(details: ProxmoxErrorDetails) {
    const { code, request, status, reason, fields = {}, mayHaveArrived = false, cause } = details;
    const named = Object.entries(fields).map(([name, problem]) => `; ${name}: ${problem.trim()}`);
    const number = status === undefined ? '' : `${status} `;
    super(`${request}: ${number}${reason}${named.join('')}`, { cause });
    this.code = code;
    this.request = request;
    this.status = status;
    this.reason = reason;
    this.fields = fields;
    this.mayHaveArrived = mayHaveArrived;
  }
}

/** A setting of the client with which it would not work or not be safe. */
export class ProxmoxSettingsError extends Error {
  override readonly name = 'ProxmoxSettingsError';
  readonly code = 'proxmox.bad-settings';
}
