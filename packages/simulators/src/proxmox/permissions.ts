import { denied } from './api-error.ts';
import type { GuestState, ProxmoxState, TokenState } from './state.ts';

/** privilege → whether it also holds below the path */
export type Granted = ReadonlyMap<string, boolean>;

/** `/pool/core` → `/`, `/pool`, `/pool/core` */
function ancestry(path: string): string[] {
  const steps = path.split('/').filter((step) => step !== '');
  return ['/', ...steps.map((_step, index) => `/${steps.slice(0, index + 1).join('/')}`)];
}

function alongPath(token: TokenState, path: string): Granted {
  let granted = new Map<string, boolean>();
  for (const step of ancestry(path)) {
    const here = token.privileges.filter((one) => one.path === step);
    const holding = here.filter((one) => step === path || one.propagate !== false);
    if (holding.length === 0) continue;
    // What is granted at a deeper path replaces what comes from above (pveum's rule).
    granted = new Map(
      holding.flatMap((one) => one.privs.map((priv) => [priv, one.propagate !== false] as const)),
    );
  }
  return granted;
}

/** The privileges of a token on a path; a guest also has those of the pool it is in. */
function privilegesOn(state: ProxmoxState, token: TokenState, path: string): Granted {
  const guest = /^\/vms\/(\d+)$/.exec(path);
  const pool = guest && state.guests.find((one) => one.vmid === Number(guest[1]))?.pool;
  return withPool(token, path, pool);
}

function withPool(token: TokenState, path: string, pool: string | null | undefined): Granted {
  const own = alongPath(token, path);
  return pool ? new Map([...alongPath(token, `/pool/${pool}`), ...own]) : own;
}

/** Whether a token has a privilege on a guest; `allowed` without a search for it, for lists of thousands. */
export function allowedOn(
  token: TokenState,
  guest: Pick<GuestState, 'vmid' | 'pool'>,
  priv: string,
): boolean {
  return withPool(token, `/vms/${guest.vmid}`, guest.pool).has(priv);
}

export function allowed(state: ProxmoxState, token: TokenState, path: string, priv: string): boolean {
  return privilegesOn(state, token, path).has(priv);
}

/** Throws the 403 of the real one, which names the path and the privilege; of several one is enough. */
export function demand(
  state: ProxmoxState,
  token: TokenState,
  path: string,
  priv: string | readonly string[],
): void {
  const privs = typeof priv === 'string' ? [priv] : priv;
  if (!privs.some((one) => allowed(state, token, path, one))) throw denied(`${path}, ${privs.join('|')}`);
}

/**
 * What may be had on a guest or on the pool that it is to be in (PVE::RPCEnvironment::check_vm_perm): a guest that is made
 * is in no pool yet.
 */
export function demandOnGuest(
  state: ProxmoxState,
  token: TokenState,
  where: { readonly vmid: number; readonly pool?: string | undefined },
  priv: string | readonly string[],
): void {
  const privs = typeof priv === 'string' ? [priv] : priv;
  const inPool = privs.some(
    (one) => where.pool !== undefined && allowed(state, token, `/pool/${where.pool}`, one),
  );
  if (!inPool) demand(state, token, `/vms/${where.vmid}`, priv);
}

/** Every bridge is part of a zone, `localnetwork` unless SDN has another. */
export function demandBridge(state: ProxmoxState, token: TokenState, net: string | undefined): void {
  const bridge = /(?:^|,)bridge=([^,]+)/.exec(net ?? '')?.[1];
  if (bridge !== undefined) demand(state, token, `/sdn/zones/localnetwork/${bridge}`, 'SDN.Use');
}

/** What GET /access/permissions answers: path → privilege → 1 where it propagates. */
export function effectivePermissions(
  state: ProxmoxState,
  token: TokenState,
  only?: string,
): Record<string, Record<string, 0 | 1>> {
  const top = ['/', '/access', '/access/groups', '/nodes', '/pool', '/sdn', '/storage', '/vms'];
  const found: [string, Granted][] = only
    ? [[only, privilegesOn(state, token, only)]]
    : [
        ...[...top, ...token.privileges.map((one) => one.path)].map((path): [string, Granted] => [
          path,
          privilegesOn(state, token, path),
        ]),
        ...state.guests.flatMap(({ vmid, pool }): [string, Granted][] =>
          pool === undefined ? [] : [[`/vms/${vmid}`, withPool(token, `/vms/${vmid}`, pool)]],
        ),
      ];
  const result: Record<string, Record<string, 0 | 1>> = {};
  for (const [path, granted] of found) {
    if (granted.size === 0 && only === undefined) continue;
    result[path] = Object.fromEntries([...granted].map(([priv, below]) => [priv, below ? 1 : 0] as const));
  }
  return result;
}
