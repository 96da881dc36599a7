export type { AccessUser, AclEntry } from './access.ts';
export type { ConfigValues } from './change.ts';
export { createProxmox, type Proxmox, type ProxmoxOptions } from './client.ts';
export { ProxmoxError } from './errors.ts';
export type { GuestConfig } from './guest-config.ts';
export { succeeded, type TaskInfo } from './tasks.ts';
