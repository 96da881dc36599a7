import { type ChildProcess, spawn } from 'node:child_process';
import { type Clock, pause } from '@huismeester/clock';
import { milliseconds, type ProbeOf } from '@huismeester/contracts';
import { lookOf } from '../attempt.ts';
import { untilAborted, withDeadline } from '../deadline.ts';
import { LookFailure, LookStopped } from '../failure.ts';
import type { Look, ProbeMaker } from '../look.ts';

/** Of our environment, which may hold secrets, a command gets these alone. */
const passedOn = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR'];

/** How long it has between SIGTERM and SIGKILL. */
const graceMs = 200;

/** What an exit code comes to, as with monitoring plugins: OK, warning, critical. The next, 3, is unknown like any other. */
const outcomes: Readonly<Record<number, Look>> = {
  0: { outcome: 'up', answered: true },
  1: { outcome: 'degraded', defect: 'command', detail: 'exit 1', answered: true },
  2: { outcome: 'down', reason: 'wrong-answer', detail: 'exit 2', answered: true },
};

/**
 * A program of one's own, without a shell. Its output is thrown away, since it may hold secrets. It is unknown, not down, with any
 * other exit, and where it does not end by the deadline: it is killed then, with all of its process group.
 */
export const command: ProbeMaker<ProbeOf<'command'>> = ({ command, deadline }, { clock }) => {
  const limits = { clock, deadline, deadlineMs: milliseconds(deadline) };
  return (signal) =>
    withDeadline({ ...limits, signal }, (signal) => run(command, { clock, deadline, signal }));
};

interface Limits {
  readonly clock: Clock;
  readonly deadline: string;
  readonly signal: AbortSignal;
}

async function run(
  [file = '', ...args]: readonly string[],
  { clock, deadline, signal }: Limits,
): Promise<Look> {
  if (signal.aborted) return lookOf(signal.reason);
  const startedMs = clock.monotonicMs();
  const env = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  // In a process group of its own, so that what it started ends with it.
  const child = spawn(file, args, { stdio: 'ignore', detached: true, env });
  const ended = endOf(child);
  try {
    const exit = await untilAborted(signal, () => ended);
    const look = typeof exit === 'number' ? outcomes[exit] : undefined;
    if (!look)
      return {
        outcome: 'unknown',
        detail: typeof exit === 'number' ? `exit ${exit}` : exit,
        answered: false,
      };
    return { ...look, latencyMs: clock.monotonicMs() - startedMs };
  } catch (error) {
    if (error !== signal.reason) return lookOf(error);
    await end(child, ended, clock);
    if (error instanceof LookStopped) return lookOf(error);
    return lookOf(new LookFailure('not-allowed-here', `no end within ${deadline}`));
  } finally {
    // What it left behind in its group.
    kill(child, 'SIGKILL');
  }
}

/** Its exit code or the signal that ended it; rejects where it cannot be started. */
function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const { promise, resolve, reject } = Promise.withResolvers<number | NodeJS.Signals>();
  child.once('error', reject);
  child.once('exit', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  return promise;
}

async function end(child: ChildProcess, ended: Promise<unknown>, clock: Clock): Promise<void> {
  kill(child, 'SIGTERM');
  const over = new AbortController();
  await Promise.race([ended, pause(clock, graceMs, over.signal)]);
  over.abort();
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: none of the group is left. EPERM: what is left has become another user, whom we cannot end.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM')))
      throw error;
  }
}
