/** What a UPID says about its task (PVE::UPID). */
export interface Upid {
  node: string;
  pid: number;
  /** Kernel ticks. */
  pstart: number;
  startedAt: Date;
  /** `qmshutdown`, `vzstart`, `hastop`… */
  type: string;
  /** The guest's number for tasks about a guest; may be empty. */
  id: string;
  user: string;
  /** The name of the token when a token started it. */
  tokenId?: string;
}

// pstart has nine digits after 497 days of uptime.
const shape =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s/]+):([^:\s/]*):([^:\s/]+):$/;

/** A task's user apart from its token: running tasks are listed with `user!token` in one. */
export function splitUser(user: string): { user: string; tokenId?: string } {
  const mark = user.indexOf('!');
  return mark < 0 ? { user } : { user: user.slice(0, mark), tokenId: user.slice(mark + 1) };
}

/** Reads a UPID; undefined for anything else. */
export function parseUpid(text: string): Upid | undefined {
  const found = shape.exec(text);
  if (!found) return undefined;
  const [, node = '', pid = '', pstart = '', start = '', type = '', id = '', user = ''] = found;
  const hex = (digits: string): number => Number.parseInt(digits, 16);
  return {
    node,
    pid: hex(pid),
    pstart: hex(pstart),
    startedAt: new Date(hex(start) * 1000),
    type,
    id,
    ...splitUser(user),
  };
}
