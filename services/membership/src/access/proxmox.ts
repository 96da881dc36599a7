import type { HypervisorSettings } from '@huismeester/contracts';
import {
  type AccessUser,
  type AclEntry,
  createProxmox,
  type Proxmox,
  ProxmoxError,
} from '@huismeester/proxmox';
import { Unanswered } from '@huismeester/service';
import { adminOf, type CoreOf, isKept, pathsAbove, vmidOf } from '../core/access/admin.ts';
import { isTokenAsleep, isUserAsleep } from '../core/access/asleep.ts';
import { commandsFor, type Evidence, entriesOf, givingOn, type Holder } from '../core/access/evidence.ts';
import { rightsOf } from '../core/access/rights.ts';
import { partsOf } from '../core/access/whose.ts';
import type { AccessAdapter, Found, Looked } from './adapter.ts';
import { inTurns } from './in-turns.ts';
import type { AccessService } from './service.ts';

/** How long one try of a question may take, as with the other tokens. */
const requestTimeoutMs = 5_000;
/** So many questions at a time: Proxmox answers people as well. */
const mostAtATime = 4;
const vmsAtATime = 500;

const audit = 'Sys.Audit';
const lacksAudit = `${audit} on /access`;
const lacksUsers = `${lacksAudit}, coming down to /access/groups`;
const root = 'root@pam';

/** What a look needs beside the settings of the hypervisor. */
interface ForReview {
  readonly ask: AccessService['ask'];
  readonly log: Pick<AccessService['log'], 'now'>;
  readonly settings: Pick<AccessService['settings'], 'access'>;
}

interface Account extends Holder {
  readonly kind: 'user' | 'token';
  /** `USER@REALM` */
  readonly user: string;
  readonly asleep: boolean;
}
type Rights = Map<string, string[]>;

/** A hypervisor by its review token; undefined without one. Proxmox says who may what: nothing is worked out from its ACL here. */
export function proxmoxAccess(
  settings: HypervisorSettings,
  { ask, log, settings: { access } }: ForReview,
): AccessAdapter | undefined {
  const { id, url, ca, fingerprints, tokens, pools, prefix } = settings;
  if (tokens.review === undefined) return undefined;
  const proxmox = createProxmox({ url, ca, fingerprints, token: tokens.review, requestTimeoutMs });
  const own = new Set(Object.values(tokens).map((token) => token.id));
  const isDirectory = (realm: string) => access.realms[realm] === 'directory';

  async function look(signal: AbortSignal): Promise<Looked> {
    const mayAudit = async (path: string) => (await proxmox.permissions(path)).get(path)?.has(audit);
    if (!(await mayAudit('/access'))) return unknown(lacksAudit);
    // Without it the list of users has the members of those groups that may be seen, and does not say so.
    if (!(await mayAudit('/access/groups'))) return unknown(lacksUsers);
    const [users, groups, acl, roles] = await Promise.all([
      proxmox.listUsers(),
      proxmox.listGroups(),
      proxmox.listAcl(),
      proxmox.listRoles(),
    ]);
    // Everybody’s list has it.
    if (!users.some((user) => user.id === root)) return unknown(lacksUsers);
    const accounts = accountsOf(users, groups, log.now());
    const rights = await inTurns(accounts, mostAtATime, signal, (account) =>
      askRights(proxmox, account.id, pools.core),
    );
    const vmids = new Set(rights.flatMap((each) => [...each.keys()].flatMap((path) => vmidOf(path) ?? [])));
    const core = await coreVms(ask, prefix, [...vmids]);
    const of: CoreOf = { pool: pools.core, isCoreVm: (vmid) => core.has(vmid) };
    return {
      state: 'complete',
      accounts: accounts.flatMap(
        (account, index) => found(account, { rights: rights[index], acl, roles, of, own, isDirectory }) ?? [],
      ),
    };
  }

  return {
    id,
    async read(signal) {
      try {
        return await look(signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ProxmoxError) return unknown(lackOf(error));
        if (error instanceof Unanswered) return unknown('which VMs are core: vm-lifecycle gives no answer');
        throw error;
      }
    },
    close: () => proxmox.close(),
  };
}

/** Those of the VMs that are core’s, by what vm-lifecycle knows. */
async function coreVms(
  ask: ForReview['ask'],
  prefix: string,
  vmids: readonly number[],
): Promise<ReadonlySet<number>> {
  const core = new Set<number>();
  for (let start = 0; start < vmids.length; start += vmsAtATime) {
    const byId = new Map(vmids.slice(start, start + vmsAtATime).map((vmid) => [`${prefix}${vmid}`, vmid]));
    const { classes } = await ask('vm-lifecycle', 'classes', { vms: [...byId.keys()] });
    for (const { vm, class: of } of classes) if (of === 'core') core.add(byId.get(vm) ?? 0);
  }
  return core;
}

interface About {
  readonly rights: Rights | undefined;
  readonly acl: readonly AclEntry[];
  readonly roles: Evidence['roles'];
  readonly of: CoreOf;
  /** Our own tokens. */
  readonly own: ReadonlySet<string>;
  readonly isDirectory: (realm: string) => boolean;
}

/** An account with what it may on core; undefined where that is nothing. */
function found(
  account: Account,
  { rights = new Map(), acl, roles, of, own, isDirectory }: About,
): Found | undefined {
  const evidence = { entries: entriesOf(account, acl), roles };
  const kept = rightsOf(rights, evidence, of);
  if (kept.length === 0) return undefined;
  const { id: name, kind, user, asleep } = account;
  const { name: uid, realm } = partsOf(name);
  const giving = [...new Set(kept.flatMap((right) => givingOn(right, evidence, of)))];
  const builtIn = builtInAs(name, own, isDirectory(realm));
  return {
    name,
    kind,
    builtIn,
    asleep,
    rights: kept,
    commands: builtIn ? [] : commandsFor(account, giving),
    ...(isDirectory(realm) && { uid }),
    ...(kind === 'token' && { user }),
  };
}

function unknown(lacks: string): Looked {
  return { state: 'unknown', lacks };
}

/** What Proxmox says of a refusal may name an account: of that only the kind of failure is kept. */
function lackOf({ code }: ProxmoxError): string {
  if (code === 'forbidden') return lacksAudit;
  return code === 'unauthorized'
    ? 'Proxmox VE does not take the review token'
    : `an answer of Proxmox VE: ${code}`;
}

/** A person's account on which one of our tokens hangs is that person's. */
function builtInAs(id: string, own: ReadonlySet<string>, isPersons: boolean): Found['builtIn'] {
  if (id === root) return 'root';
  if (own.has(id)) return 'own-token';
  if (isPersons) return null;
  return [...own].some((token) => token.startsWith(`${id}!`)) ? 'own-user' : null;
}

function accountsOf(
  users: readonly AccessUser[],
  groups: readonly { readonly id: string; readonly users: readonly string[] }[],
  now: Date,
): Account[] {
  return users.flatMap((user) => {
    const { id } = user;
    const of = groups.filter((group) => group.users.includes(id)).map((group) => group.id);
    const tokens = user.tokens.map((token): Account => {
      const asUser = !token.privsep;
      const asleep = isTokenAsleep(token, user, now);
      const names = asUser ? [token.id, id] : [token.id];
      return { id: token.id, kind: 'token', user: id, names, groups: asUser ? of : [], asleep };
    });
    const asleep = isUserAsleep(user, now);
    return [{ id, kind: 'user', user: id, names: [id], groups: of, asleep }, ...tokens];
  });
}

/**
 * What an account may, as far as it is admin and could be on core: of other pools nothing is taken up at all (PRIV-2). Proxmox lists the pool
 * itself only where an entry stands on it; whoever may something on a pool above it, or on all, is asked about for this one.
 */
async function askRights(proxmox: Proxmox, id: string, pool: string | undefined): Promise<Rights> {
  const all = await proxmox.permissions(undefined, id);
  const path = `/pool/${pool}`;
  const perhaps: CoreOf = { pool, isCoreVm: () => true };
  const mayAbove = pathsAbove(path, perhaps).some((each) => adminOf(all.get(each) ?? []).length > 0);
  const isHidden = pool !== undefined && !all.has(path) && mayAbove;
  const more = isHidden ? await proxmox.permissions(path, id) : [];
  return new Map(
    [...all, ...more].flatMap(([on, privileges]): [string, string[]][] => {
      const admin = isKept(on, perhaps) ? adminOf(privileges) : [];
      return admin.length === 0 ? [] : [[on, admin]];
    }),
  );
}
