import { rolesOf } from './roles.ts';
import type { ProxmoxState } from './state.ts';
import { storagesOf } from './storage.ts';
import { usersOf } from './users.ts';

/** A state file that cannot be used; `problems` has one line for each thing that is wrong. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly code = 'simulator.bad-state';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the Proxmox state cannot be used:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isUser: Check = (value) => typeof value === 'string' && /^[^@!]+@[^@!]+$/.test(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isVmid: Check = (value) => Number.isInteger(value) && Number(value) >= 100;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const oneOf = (...allowed: string[]): Check => {
  return (value) => typeof value === 'string' && allowed.includes(value);
};

type Fieldset = Record<string, [Check, string]>;

const required: Record<string, Fieldset> = {
  nodes: { name: [isText, 'a name'], online: [isFlag, 'true or false'] },
  guests: {
    vmid: [isVmid, 'a whole number from 100'],
    type: [oneOf('qemu', 'lxc'), '"qemu" or "lxc"'],
    name: [isText, 'a name'],
    node: [isText, "a node's name"],
    status: [oneOf('running', 'stopped'), '"running" or "stopped"'],
  },
  pools: { id: [isText, 'a name'] },
  tokens: {
    id: [(value) => isText(value) && /^[^@]+@[^!]+![^!]+$/.test(String(value)), 'USER@REALM!TOKENID'],
    secret: [isText, 'a text'],
    privileges: [isPrivileges, 'a list of { path, privs }'],
  },
};

/** Lists that may be left out. */
const optional: Record<string, Fieldset> = {
  users: { id: [isUser, 'USER@REALM'] },
  groups: { id: [isText, 'a name'], users: [isTexts, 'a list of users'] },
  roles: { id: [isText, 'a name'], privs: [isTexts, 'a list of privileges'] },
  acl: {
    path: [(value) => isText(value) && String(value).startsWith('/'), 'a path, such as /pool/core'],
    type: [oneOf('user', 'group', 'token'), '"user", "group" or "token"'],
    ugid: [isText, 'a user, a group or a token'],
    role: [isText, "a role's name"],
  },
};

const storageFields: Fieldset = {
  id: [isText, 'a name'],
  type: [isText, 'a type, such as lvmthin'],
  content: [isTexts, 'a list of content types'],
  totalGib: [(value) => typeof value === 'number' && value > 0, 'a number above 0'],
};

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrivileges(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((one) => isFields(one) && isText(one.path) && isTexts(one.privs))
  );
}

function* itemProblems(list: string, fields: Fieldset, value: unknown): Generator<string> {
  if (!Array.isArray(value)) {
    yield `${list}: found ${JSON.stringify(value)}, expected a list`;
    return;
  }
  for (const [index, item] of value.entries()) {
    for (const [key, [check, expected]] of Object.entries(fields)) {
      const found: unknown = isFields(item) ? item[key] : undefined;
      if (!check(found))
        yield `${list}[${index}].${key}: found ${JSON.stringify(found)}, expected ${expected}`;
    }
  }
}

function* references(state: ProxmoxState): Generator<string> {
  const nodes = new Set(state.nodes.map((node) => node.name));
  const pools = new Set(state.pools.map((pool) => pool.id));
  const storages = new Set(storagesOf(state).map((storage) => storage.id));
  const seen = new Set<number>();
  for (const guest of state.guests) {
    if (!nodes.has(guest.node)) yield `guest ${guest.vmid}: there is no node ${guest.node}`;
    if (guest.pool !== undefined && !pools.has(guest.pool))
      yield `guest ${guest.vmid}: there is no pool ${guest.pool}`;
    for (const disk of guest.disks ?? [])
      if (!storages.has(disk.storage)) yield `guest ${guest.vmid}: there is no storage ${disk.storage}`;
    if (seen.has(guest.vmid)) yield `guest ${guest.vmid}: there are two`;
    seen.add(guest.vmid);
  }
  for (const pool of state.pools)
    for (const id of pool.storages ?? [])
      if (!storages.has(id)) yield `pool ${pool.id}: there is no storage ${id}`;
  if (state.nodes.length === 0) yield 'nodes: there is none';
  yield* inAcl(state);
}

/** Proxmox takes no entry for somebody, or of a role, that is not there. */
function* inAcl(state: ProxmoxState): Generator<string> {
  const { acl = [], groups = [], tokens } = state;
  const users = new Set(usersOf(state).map(({ id }) => id));
  const there = {
    user: users,
    group: new Set(groups.map(({ id }) => id)),
    token: new Set(tokens.map(({ id }) => id)),
  };
  const roles = rolesOf(state);
  for (const { id, users: members } of groups)
    for (const member of members) if (!users.has(member)) yield `group ${id}: there is no user ${member}`;
  for (const { path, type, ugid, role } of acl) {
    if (!there[type].has(ugid)) yield `acl of ${path}: there is no ${type} ${ugid}`;
    if (!roles.has(role)) yield `acl of ${path}: there is no role ${role}`;
  }
}

function isState(value: unknown, problems: string[]): value is ProxmoxState {
  if (!isFields(value)) {
    problems.push(`found ${JSON.stringify(value)}, expected an object`);
    return false;
  }
  if (!isFlag(value.quorate) && value.quorate !== 'votes')
    problems.push(`quorate: found ${JSON.stringify(value.quorate)}, expected true, false or "votes"`);
  for (const [list, fields] of Object.entries(required))
    problems.push(...itemProblems(list, fields, value[list]));
  for (const [list, fields] of Object.entries(optional))
    if (value[list] !== undefined) problems.push(...itemProblems(list, fields, value[list]));
  if (value.storages !== undefined) problems.push(...itemProblems('storages', storageFields, value.storages));
  return problems.length === 0;
}

/** Checks what a state file holds. Throws {@link StateError} naming everything that is wrong. */
export function parseState(value: unknown): ProxmoxState {
  const problems: string[] = [];
  if (!isState(value, problems)) throw new StateError(problems);
  problems.push(...references(value));
  if (problems.length > 0) throw new StateError(problems);
  return value;
}
