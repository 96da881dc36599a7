import { type Needed, privilegesOf, roles } from './rights.ts';

/** Whom the rights are for, and on what; `token` is USER@REALM!TOKENID. */
export interface Grant {
  readonly token: string;
  readonly pools: readonly string[];
  /** The nodes that Huismeester is to shut down. */
  readonly shutdownNodes: readonly string[];
}

/**
 * The commands that make pools, roles, user and token with exactly the rights that are needed, for root on any node.
 * The token is privilege-separated: it has what it and its user both have.
 */
export function pveumCommands({ token, pools, shutdownNodes }: Grant): string[] {
  const [user = '', name = ''] = token.split('!');
  const role = (place: keyof typeof roles) =>
    `pveum role add ${roles[place]} --privs "${privilegesOf(place)}"`;
  return [
    ...pools.map((pool) => `pveum pool add ${shellWord(pool)}`),
    role('/pool/<pool>'),
    role('/'),
    ...(shutdownNodes.length > 0 ? [role('/nodes/<node>')] : []),
    `pveum user add ${shellWord(user)}`,
    `pveum user token add ${shellWord(user)} ${shellWord(name)} --privsep 1`,
    ...pools.map((pool) => grant(token, `/pool/${pool}`, roles['/pool/<pool>'])),
    grant(token, '/', roles['/']),
    ...shutdownNodes.map((node) => grant(token, `/nodes/${node}`, roles['/nodes/<node>'])),
  ];
}

/** One line that grants a missing right, whether or not its role is there already. */
export function pveumRemedy(token: string, { right, path }: Needed, isShutDown: boolean): string {
  const place = right.on === '/nodes/<node>' && !isShutDown ? '/' : right.on;
  const role = `${roles[place]} --privs "${privilegesOf(place)}"`;
  return `pveum role modify ${role} || pveum role add ${role}; ${grant(token, path, roles[place])}`;
}

function grant(token: string, path: string, role: string): string {
  const [user = ''] = token.split('!');
  return `pveum acl modify ${shellWord(path)} --users ${shellWord(user)} --tokens ${shellWord(token)} --roles ${role}`;
}

/** Quoted for a shell where it must be: the `!` of a token is history to bash. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
