import { Worker } from 'node:worker_threads';
import type { ProxmoxState } from '@huismeester/simulators';

/** What the simulated Proxmox in its own thread says. */
export type Said =
  | { readonly kind: 'ready'; readonly url: string; readonly fingerprint: string }
  | { readonly kind: 'asked'; readonly vmid: number; readonly act: string; readonly at: number };

/** A simulated Proxmox in a thread of its own, as the real one is a machine of its own. */
export interface ProxmoxThread {
  readonly url: string;
  readonly fingerprint: string;
  /** When it was last asked to shut a guest down, ms since 1970; forgotten with `forget`. */
  shutdownAskedAt(vmid: number): number | undefined;
  forget(): void;
  close(): Promise<void>;
}

export async function startProxmoxThread(state: ProxmoxState): Promise<ProxmoxThread> {
  const worker = new Worker(new URL('proxmox-worker.ts', import.meta.url), { workerData: state });
  const asked = new Map<number, number>();
  const ready = await new Promise<Extract<Said, { kind: 'ready' }>>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (said: Said) => {
      if (said.kind === 'ready') resolve(said);
      else if (said.act === 'shutdown') asked.set(said.vmid, said.at);
    });
  });
  return {
    url: ready.url,
    fingerprint: ready.fingerprint,
    shutdownAskedAt: (vmid) => asked.get(vmid),
    forget: () => asked.clear(),
    close: async () => {
      await worker.terminate();
    },
  };
}
