import { setTimeout as sleep } from 'node:timers/promises';
import { ProxmoxError } from './errors.ts';
import type { TaskInfo } from './tasks.ts';

export interface WaitOptions {
  /** How long to wait for the end, in milliseconds (default 120 000). The task goes on when it is over. */
  timeoutMs?: number;
  /** The pause between two looks, in milliseconds (default 1000). */
  pollMs?: number;
  signal?: AbortSignal;
}

export interface TaskResult {
  /** As Proxmox gives it: `OK`, `WARNINGS: n`, or the error. */
  exitstatus: string;
  /** It did what it should, perhaps with warnings. For an HA guest: it was queued. */
  ok: boolean;
  warnings: number;
}

/** What an exit status means (PVE::UPID::status_is_error). */
export function taskResult(exitstatus: string): TaskResult {
  const warnings = /^WARNINGS: (\d+)$/.exec(exitstatus)?.[1];
  return {
    exitstatus,
    ok: exitstatus === 'OK' || warnings !== undefined,
    warnings: warnings === undefined ? 0 : Number(warnings),
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof ProxmoxError && (error.code === 'connection' || error.code === 'timeout');
}

function tooLate(upid: string, timeoutMs: number, cause: unknown): ProxmoxError {
  return new ProxmoxError({
    code: 'timeout',
    request: `task ${upid}`,
    reason: `its end was not seen within ${timeoutMs} ms`,
    mayHaveArrived: true,
    cause,
  });
}

/**
 * Looks at a task until it has ended. A connection that fails meanwhile is borne until the time is over: the task goes
 * on without us. Throws `timeout`, or the reason of the signal.
 */
export async function waitForTask(
  look: (signal: AbortSignal) => Promise<TaskInfo>,
  upid: string,
  options: WaitOptions = {},
): Promise<TaskResult> {
  const { timeoutMs = 120_000, pollMs = 1000, signal } = options;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const until = signal ? AbortSignal.any([signal, deadline]) : deadline;
  let last: unknown;
  for (;;) {
    try {
      const task = await look(until);
      if (task.status === 'stopped') return taskResult(task.exitstatus ?? '');
      await sleep(pollMs, undefined, { signal: until });
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.aborted) throw tooLate(upid, timeoutMs, last ?? error);
      if (!isPassing(error)) throw error;
      last = error;
    }
  }
}
