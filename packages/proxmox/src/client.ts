import { type Proxmox as Api, proxmoxApi } from 'proxmox-api';
import { listAcl, listGroups, listRoles, listUsers } from './access.ts';
import { resizeDisk, setConfig } from './change.ts';
import { clusterStatus, listNodes, listPools, setPoolMember, shutdownNode, version } from './cluster.ts';
import type { Trust } from './connector.ts';
import { cloneGuest, createContainer, destroyGuest } from './create.ts';
import { ProxmoxSettingsError } from './errors.ts';
import { guestConfig } from './guest-config.ts';
import { guestStatus, listResources } from './guests.ts';
import { agentInterfaces, containerInterfaces } from './interfaces.ts';
import { permissions } from './permissions.ts';
import { rebootGuest, shutdownGuest, startGuest, stopGuest } from './power.ts';
import { ostemplates, storages } from './storage.ts';
import { guestTasks, taskStatus } from './tasks.ts';
import { createTransport, type Method } from './transport.ts';

export interface ProxmoxOptions extends Trust {
  /** `https://10.0.0.2:8006`; any node of the cluster answers for all. */
  url: string;
  /** `id` is USER@REALM!TOKENID. */
  token: { id: string; secret: string };
  /** How long one try of one request may take, connecting included, in milliseconds (default 10 000). */
  requestTimeoutMs?: number;
}

const calls = {
  listResources,
  listNodes,
  clusterStatus,
  listPools,
  version,
  permissions,
  listUsers,
  listGroups,
  listAcl,
  listRoles,
  guestStatus,
  guestConfig,
  startGuest,
  shutdownGuest,
  stopGuest,
  rebootGuest,
  cloneGuest,
  createContainer,
  destroyGuest,
  setConfig,
  resizeDisk,
  agentInterfaces,
  containerInterfaces,
  storages,
  ostemplates,
  setPoolMember,
  shutdownNode,
  guestTasks,
  taskStatus,
};

type Calls = {
  readonly [Name in keyof typeof calls]: (typeof calls)[Name] extends (
    api: Api.Api,
    ...rest: infer Rest
  ) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/** A client of one Proxmox VE API: each call by its name, without its first argument. Every one throws {@link ProxmoxError}. */
export interface Proxmox extends Calls {
  /** Every method of the API by its path: `api.nodes.$('pve1').qemu.$get()`. */
  readonly api: Api.Api;
  /** Connects for the next act, which is about to follow; reads have connections of their own. */
  prepareAct(): void;
  /** Waits for the requests that are under way and closes the connections. */
  close(): Promise<void>;
}

function originOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'https:' && parsed.pathname === '/' && parsed.username === '')
    return parsed.origin;
  // The URL is not repeated: somebody may have put a password in it.
  throw new ProxmoxSettingsError(
    'the url of Proxmox must be https://host:port and nothing more: a token is never sent in clear text',
  );
}

function authorizationOf({ id, secret }: ProxmoxOptions['token']): string {
  if (!/^[^\s:/@!=]+@[A-Za-z][\w.-]*![A-Za-z][\w.-]*$/.test(id))
    throw new ProxmoxSettingsError(`found the token id "${id}", expected USER@REALM!TOKENID`);
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new ProxmoxSettingsError(
      `the secret of token ${id} is empty or holds characters that no secret has`,
    );
  return `PVEAPIToken=${id}=${secret}`;
}

function isMethod(method: string): method is Method {
  return ['GET', 'POST', 'PUT', 'DELETE'].includes(method);
}

/** The path that proxmox-api hands over, without the prefix that the transport adds. */
const prefix = '/api2/json';

/** Makes a client; it connects when it is used. Throws {@link ProxmoxSettingsError} for settings that cannot work. */
export function createProxmox(options: ProxmoxOptions): Proxmox {
  const transport = createTransport({
    ...options,
    origin: originOf(options.url),
    authorization: authorizationOf(options.token),
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
  });
  const api = proxmoxApi({
    async doRequest(httpMethod, path, _template, params) {
      const method = httpMethod.toUpperCase();
      if (!isMethod(method)) throw new ProxmoxSettingsError(`there is no method ${httpMethod} in the API`);
      return transport.request(method, path.slice(prefix.length), params);
    },
  });
  const bound = (call: (api: Api.Api, ...rest: never[]) => unknown) => call.bind(undefined, api);
  const methods = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, bound(call)]),
  ) as Calls;
  return { ...methods, api, prepareAct: () => transport.prepare(), close: () => transport.close() };
}
