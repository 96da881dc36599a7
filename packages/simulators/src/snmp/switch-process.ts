import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface SwitchProcessOptions {
  switches: number;
  /** Of each switch: `gi1/0/1` and so on. */
  ports: number;
  /** The address of the first one; with `spread` each has its own, counted from here. */
  host?: string;
  spread?: boolean;
  /** Where linkDown and linkUp go, with the community `public`; nowhere if left out. */
  traps?: { host: string; port: number };
}

/** What the simulated switches have done since they began. */
export interface SwitchProcessCounts {
  get: number;
  getNext: number;
  getBulk: number;
  varbinds: number;
  traps: number;
  cpuMs: number;
}

export interface SwitchProcess {
  readonly switches: readonly { readonly host: string; readonly port: number }[];
  /** A command as main.ts takes it; resolves once it was begun, rejects with what is wrong with it. */
  command(command: object): Promise<void>;
  counts(): Promise<SwitchProcessCounts>;
  close(): Promise<void>;
}

type Line = Record<string, unknown>;

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** Many simulated switches in a process of their own, so that their work is not counted as that of who asks them. */
export async function startSwitchProcess(options: SwitchProcessOptions): Promise<SwitchProcess> {
  const child = spawn(process.execPath, [...process.execArgv, main, ...argumentsOf(options)], {
    // It ends when the channel does: with this process, however that ends.
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the simulated switches have no pipes');
  const { next, closed } = answersOf(child, stdout);
  // A process that has ended takes no more commands; its answers reject.
  stdin.on('error', () => undefined);
  const ask = async (command: unknown): Promise<Line> => {
    stdin.write(`${JSON.stringify(command)}\n`);
    const answer = await next();
    if (answer.ok !== true) throw new Error(`the simulated switches: ${String(answer.error)}`);
    return answer;
  };
  const { switches } = (await next()) as unknown as Pick<SwitchProcess, 'switches'>;
  return {
    switches,
    command: async (command) => {
      await ask(command);
    },
    counts: async () => (await ask('stats')) as unknown as SwitchProcessCounts,
    async close() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The lines that it prints, each for the next one that asks; they reject once it has ended. */
function answersOf(child: ChildProcess, stdout: Readable) {
  const waiting: PromiseWithResolvers<Line>[] = [];
  let hasEnded = false;
  const ended = () => new Error('the simulated switches have ended');
  createInterface(stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    // The end of a command that was answered when it began: it answers no question.
    if (!('done' in line)) waiting.shift()?.resolve(line);
    else if ('error' in line) process.stderr.write(`the simulated switches: ${text}\n`);
  });
  const closed = once(child, 'close').finally(() => {
    hasEnded = true;
    for (const { reject } of waiting.splice(0)) reject(ended());
  });
  const next = (): Promise<Line> => {
    if (hasEnded) return Promise.reject(ended());
    const answer = Promise.withResolvers<Line>();
    waiting.push(answer);
    return answer.promise;
  };
  return { next, closed };
}

function argumentsOf({ switches, ports, host, spread = false, traps }: SwitchProcessOptions): string[] {
  const given = ['--switches', String(switches), '--ports', String(ports), '--first-port', '0'];
  if (host !== undefined) given.push('--host', host);
  if (spread) given.push('--spread');
  if (traps) given.push('--traps', `${traps.host}:${traps.port}`);
  return given;
}
