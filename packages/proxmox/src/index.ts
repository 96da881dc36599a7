export { createProxmox, type Proxmox, type ProxmoxOptions } from './client.ts';
export { ProxmoxError } from './errors.ts';
export { succeeded, type TaskInfo } from './tasks.ts';
