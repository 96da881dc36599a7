// A simulated Proxmox in a process of its own, so that its work and its memory are not counted as the program's. Its state is in
// PROXMOX_STATE, as JSON.
import { startProxmoxSimulator } from '@huismeester/simulators';

const state = JSON.parse(process.env.PROXMOX_STATE ?? '');
const { url, fingerprint } = await startProxmoxSimulator({ state });
process.stdout.write(`listening on ${url} with ${fingerprint}\n`);
