import { parentPort, workerData } from 'node:worker_threads';
import { startProxmoxSimulator } from '@huismeester/simulators';
import type { Said } from './proxmox-thread.ts';

const say = (said: Said): void => parentPort?.postMessage(said);

const simulator = await startProxmoxSimulator({ state: workerData, durations: { resourcesDelay: 0 } });
say({ kind: 'ready', url: simulator.url, fingerprint: simulator.fingerprint });

let told = 0;
setInterval(() => {
  for (; told < simulator.requests.length; told += 1) {
    const { method = '', path = '', at = 0 } = simulator.requests[told] ?? {};
    const match = /\/(\d+)\/status\/([a-z]+)$/.exec(path);
    if (method === 'POST' && match) say({ kind: 'asked', vmid: Number(match[1]), act: match[2] ?? '', at });
  }
}, 5);
