import { setTimeout as wait } from 'node:timers/promises';

/**
 * Time in the simulator. The hour is the real one, so that timestamps mean something to a client;
 * only waiting is shortened, by `speed`.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits simulated seconds; rejects when the signal or the simulator ends it. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
  /** Simulated seconds as real milliseconds. */
  milliseconds(seconds: number): number;
}

export function createClock(speed: number, closing: AbortSignal): Clock {
  const milliseconds = (seconds: number): number => (seconds * 1000) / speed;
  return {
    now: () => Date.now(),
    milliseconds,
    async sleep(seconds, signal) {
      const until = signal ? AbortSignal.any([signal, closing]) : closing;
      await wait(milliseconds(seconds), undefined, { signal: until });
    },
  };
}

/** How long things take at a real Proxmox, in seconds. */
export interface Durations {
  /** Before a 401 is answered (pve-http-server). */
  unauthorizedDelay: number;
  /** How old /cluster/resources may be: pvestatd broadcasts every 10 s. */
  resourcesDelay: number;
  /** After how long without a broadcast a guest's state is 'unknown' (pmxcfs drops it after 5 min). */
  staleAfter: number;
  /** How long a task waits for the config lock. */
  lockTimeout: number;
  /** Between a queued HA request and the moment the LRM acts on it. */
  haDelay: number;
  /** Between the end of a node and the moment its HA guests are started elsewhere: it is fenced first. */
  haRecovery: number;
  /** What a node needs to go down once its guests are off. */
  nodeHalt: number;
  /** What a node that reboots needs to come back. */
  nodeBoot: number;
  /** A clone that leans on its template. */
  linkedClone: number;
  /** A clone with disks of its own. */
  fullClone: number;
  /** A container out of its OS template. */
  createContainer: number;
  /** A guest's end, disks included. */
  destroy: number;
  /** A bigger disk. */
  resize: number;
}

export const realDurations: Durations = {
  unauthorizedDelay: 3,
  resourcesDelay: 10,
  staleAfter: 300,
  lockTimeout: 10,
  haDelay: 10,
  haRecovery: 120,
  nodeHalt: 10,
  nodeBoot: 90,
  linkedClone: 2,
  fullClone: 20,
  createContainer: 12,
  destroy: 2,
  resize: 1,
};
