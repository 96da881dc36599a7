import { type ChildProcess, spawn } from 'node:child_process';
import { milliseconds, type ProbeOf } from '@huismeester/contracts';
import type { Attempt, Good } from '../attempt.ts';
import { LookFailure } from '../failure.ts';
import { hostProbe } from '../host.ts';
import type { ProbeMaker } from '../look.ts';

/** Of what ping prints for one packet no more is read than this. */
const mostOutput = 4_096;

/**
 * One ICMP echo by the system's `ping`, which has the right to send it (CAP_NET_RAW as a file capability on Debian). Where it
 * cannot be executed, such as with an empty capability bounding set, or says itself that it could not send (exit 2), the look is unknown.
 */
export const ping: ProbeMaker<ProbeOf<'ping'>> = (settings, around) => {
  const seconds = Math.ceil(milliseconds(settings.deadline) / 1_000);
  return hostProbe(settings.host, settings, around, (attempt) => pingOnce(attempt, seconds));
};

async function pingOnce(attempt: Attempt, seconds: number): Promise<Good> {
  const { address, family } = attempt.address;
  const child = spawn('ping', ['-n', '-c', '1', '-W', String(seconds), `-${family}`, '--', address], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${process.env.PATH ?? ''}:/usr/bin:/bin`, LC_ALL: 'C' },
  });
  attempt.whenOver(() => child.kill('SIGKILL'));
  const { exit, output } = await ended(child);
  if (exit === 0) {
    attempt.heard();
    const printed = /time[=<]([\d.]+) ?ms/.exec(output)?.[1];
    return { latencyMs: printed === undefined ? attempt.elapsedMs() : Number(printed) };
  }
  if (exit === 1) throw new LookFailure('no-answer', 'no echo reply');
  if (/Network is unreachable/.test(output)) throw new LookFailure('not-allowed-here', 'ENETUNREACH');
  if (/No route to host/.test(output)) throw new LookFailure('not-allowed-here', 'EHOSTUNREACH');
  throw new LookFailure('not-allowed-here', `ping: exit ${exit ?? 'by a signal'}`);
}

function ended(child: ChildProcess): Promise<{ exit: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ exit: number | null; output: string }>();
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString('latin1')).slice(0, mostOutput);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.on('error', reject);
  child.once('close', (exit) => resolve({ exit, output }));
  return promise;
}
