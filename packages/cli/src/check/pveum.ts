import { privilegesOf, type Right, type TokenName } from '@huismeester/contracts';
import { type ForRights, type Needed, neededRights, roleOf } from './rights.ts';

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
  const at = (on: Right['on']) => ({ token: 'operate', on }) as const;
  const role = (place: Right['on']) => roleCommand(at(place));
  return [
    ...pools.map((pool) => `pveum pool add ${shellWord(pool)}`),
    role('/pool/<pool>'),
    role('/'),
    ...(shutdownNodes.length > 0 ? [role('/nodes/<node>')] : []),
    `pveum user add ${shellWord(user)}`,
    `pveum user token add ${shellWord(user)} ${shellWord(name)} --privsep 1`,
    ...pools.map((pool) => grant(token, `/pool/${pool}`, roleOf(at('/pool/<pool>')))),
    grant(token, '/', roleOf(at('/'))),
    ...shutdownNodes.map((node) => grant(token, `/nodes/${node}`, roleOf(at('/nodes/<node>')))),
  ];
}

/**
 * The commands that make one of the tokens that are up to a space, with exactly what it needs for these settings; the user is there already, and
 * has what each of its tokens has.
 */
export function pveumForToken(
  name: Exclude<TokenName, 'operate'>,
  { token, settings }: { readonly token: string; readonly settings: ForRights },
): string[] {
  const [user = '', id = ''] = token.split('!');
  const needed = neededRights(settings, [], name);
  const places = [...Map.groupBy(needed, ({ right }) => right.on).values()].flatMap(
    ([first]) => first?.right ?? [],
  );
  const granted = new Map(needed.map(({ path, right }) => [`${path} ${roleOf(right)}`, { path, right }]));
  return [
    ...places.map(roleCommand),
    `pveum user token add ${shellWord(user)} ${shellWord(id)} --privsep 1`,
    ...[...granted.values()].map(({ path, right }) => grant(token, path, roleOf(right))),
  ];
}

function roleCommand(right: Pick<Right, 'token' | 'on'>): string {
  return `pveum role add ${roleOf(right)} --privs "${privilegesOf(right).join(' ')}"`;
}

/** One line that grants a missing right, whether or not its role is there already. */
export function pveumRemedy(token: string, { right, path }: Needed, isShutDown: boolean): string {
  const of = { ...right, on: right.on === '/nodes/<node>' && !isShutDown ? ('/' as const) : right.on };
  const role = `${roleOf(of)} --privs "${privilegesOf(of).join(' ')}"`;
  return `pveum role modify ${role} || pveum role add ${role}; ${grant(token, path, roleOf(of))}`;
}

function grant(token: string, path: string, role: string): string {
  const [user = ''] = token.split('!');
  return `pveum acl modify ${shellWord(path)} --users ${shellWord(user)} --tokens ${shellWord(token)} --roles ${role}`;
}

/** Quoted for a shell where it must be: the `!` of a token is history to bash. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The commands that take tokens away again, with the roles that were made for them. A user that was made for them goes, too; one of another realm than
 * Proxmox’s own is a person’s, and stays.
 */
export function pveumRemoval(tokens: readonly string[], roles: readonly string[]): string[] {
  const named = tokens.map((token) => token.split('!'));
  const users = new Set(named.map(([user = '']) => user).filter((user) => user.endsWith('@pve')));
  return [
    ...named.map(([user = '', name = '']) => `pveum user token remove ${shellWord(user)} ${shellWord(name)}`),
    ...[...users].map((user) => `pveum user delete ${shellWord(user)}`),
    ...roles.map((role) => `pveum role delete ${role}`),
  ];
}
