import type { Command } from 'commander';
import { type Api, openApi } from './api.ts';
import { Refused, SessionOver } from './errors.ts';
import { createOutput, type Output, type Terminal } from './output.ts';
import { readSession, sessionFile } from './session-file.ts';
import { exposesToken, type Surroundings, type Target, type TargetOptions, targetOf } from './target.ts';

/** All that a command gets from the process it runs in. */
export interface Shell extends Surroundings {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly now: () => Date;
  /** Aborted when the person has seen enough (Ctrl-C); what asks for it must end by itself then. */
  readonly untilStopped: () => AbortSignal;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: (question: string) => Promise<string>;
  /** The same, and what is typed is not shown. */
  readonly askSecret?: (question: string) => Promise<string>;
  /** All of standard input. */
  readonly readInput?: () => Promise<string>;
}

export interface GlobalOptions extends TargetOptions {
  readonly json?: boolean;
}

export interface Connected {
  readonly api: Api;
  readonly output: Output;
}

/** The output that the global options ask for. */
export function outputOf(command: Command, shell: Shell): Output {
  const { json = false } = command.optsWithGlobals<GlobalOptions>();
  return createOutput({ json, stdout: shell.stdout, stderr: shell.stderr, env: shell.env });
}

/** Does something with the Huismeester that the global options name. */
export async function connected(
  command: Command,
  shell: Shell,
  act: (connected: Connected) => Promise<void>,
): Promise<void> {
  const output = outputOf(command, shell);
  const target = targetOf(command.optsWithGlobals<GlobalOptions>(), shell, {
    saved: () => {
      const file = sessionFile(shell);
      return file === undefined ? undefined : readSession(file);
    },
    now: shell.now,
  });
  if (exposesToken(target)) output.note('HUISMEESTER_TOKEN goes over the network unencrypted: use https');
  await withApi(target, (api) => act({ api, output })).catch((error: unknown) => {
    throw target.kind === 'url' && target.session ? sessionError(target.url, error) : error;
  });
}

/** Does something with the Huismeester at a place. */
export async function withApi<T>(target: Target, act: (api: Api) => Promise<T>): Promise<T> {
  const api = openApi(target);
  try {
    return await act(api);
  } finally {
    await api.close();
  }
}

/** The server may have ended a session before its time: it was ended elsewhere, or the person was disabled. */
function sessionError({ href }: URL, error: unknown): unknown {
  if (!(error instanceof Refused && error.problem.status === 401)) return error;
  return new SessionOver(
    `${href} does not know the session any more: it was ended, or the account is disabled\n  Log in again: \`huismeester login --url ${href}\`. Or forget it: \`huismeester logout\`.`,
    { cause: error },
  );
}
