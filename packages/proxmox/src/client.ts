import { type Proxmox as Api, proxmoxApi } from 'proxmox-api';
import {
  type ClusterStatus,
  clusterStatus,
  listNodes,
  listPools,
  type NodeInfo,
  type PoolInfo,
  type ProxmoxVersion,
  shutdownNode,
  version,
} from './cluster.ts';
import type { Trust } from './connector.ts';
import { ProxmoxSettingsError } from './errors.ts';
import { type GuestConfig, guestConfig } from './guest-config.ts';
import {
  type GuestResource,
  type GuestStatus,
  type GuestType,
  guestStatus,
  listResources,
  type ShutdownOptions,
  shutdownGuest,
  startGuest,
  stopGuest,
} from './guests.ts';
import { type Permissions, permissions } from './permissions.ts';
import { type GuestTasksOptions, guestTasks, type TaskInfo, taskStatus } from './tasks.ts';
import { createTransport, type Method } from './transport.ts';
import { type TaskResult, type WaitOptions, waitForTask } from './wait-for-task.ts';

export interface ProxmoxOptions extends Trust {
  /** `https://10.0.0.2:8006`; any node of the cluster answers for all. */
  url: string;
  /** `id` is USER@REALM!TOKENID. */
  token: { id: string; secret: string };
  /** How long one try of one request may take, connecting included, in milliseconds (default 10 000). */
  requestTimeoutMs?: number;
}

/** A client of one Proxmox VE API. Every method throws {@link ProxmoxError}. */
export interface Proxmox {
  /** Every method of the API by its path: `api.nodes.$('pve1').qemu.$get()`. */
  readonly api: Api.Api;
  listResources(): Promise<GuestResource[]>;
  listNodes(): Promise<NodeInfo[]>;
  clusterStatus(): Promise<ClusterStatus>;
  listPools(): Promise<PoolInfo[]>;
  version(): Promise<ProxmoxVersion>;
  /** What the token may; see {@link Permissions}. */
  permissions(path?: string): Promise<Permissions>;
  guestStatus(node: string, type: GuestType, vmid: number): Promise<GuestStatus>;
  guestConfig(node: string, type: GuestType, vmid: number): Promise<GuestConfig>;
  /** Connects for the next act, which is about to follow; reads have connections of their own. */
  prepareAct(): void;
  /** Returns the UPID of the task. */
  startGuest(node: string, type: GuestType, vmid: number): Promise<string>;
  /** Returns the UPID of the task. */
  shutdownGuest(node: string, type: GuestType, vmid: number, options?: ShutdownOptions): Promise<string>;
  /** Pulls the guest's plug. Returns the UPID of the task. */
  stopGuest(node: string, type: GuestType, vmid: number): Promise<string>;
  /** Shuts a whole node down, with all that runs on it. */
  shutdownNode(node: string): Promise<void>;
  guestTasks(node: string, vmid: number, options?: GuestTasksOptions): Promise<TaskInfo[]>;
  taskStatus(node: string, upid: string): Promise<TaskInfo>;
  waitForTask(node: string, upid: string, options?: WaitOptions): Promise<TaskResult>;
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
  return {
    api,
    listResources: () => listResources(api),
    listNodes: () => listNodes(api),
    clusterStatus: () => clusterStatus(api),
    listPools: () => listPools(api),
    version: () => version(api),
    permissions: (path) => permissions(api, path),
    guestConfig: (node, type, vmid) => guestConfig(api, node, type, vmid),
    guestStatus: (node, type, vmid) => guestStatus(api, node, type, vmid),
    prepareAct: () => transport.prepare(),
    startGuest: (node, type, vmid) => startGuest(api, node, type, vmid),
    shutdownGuest: (node, type, vmid, how) => shutdownGuest(api, node, type, vmid, how),
    stopGuest: (node, type, vmid) => stopGuest(api, node, type, vmid),
    shutdownNode: (node) => shutdownNode(api, node),
    guestTasks: (node, vmid, which) => guestTasks(api, node, vmid, which),
    taskStatus: (node, upid) => taskStatus(transport, node, upid),
    waitForTask: (node, upid, how) =>
      waitForTask((signal) => taskStatus(transport, node, upid, signal), upid, how),
    close: () => transport.close(),
  };
}
