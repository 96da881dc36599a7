import type { Command } from 'commander';
import { type Api, openApi } from './api.ts';
import { createOutput, type Output, type Terminal } from './output.ts';
import { exposesToken, type Surroundings, type TargetOptions, targetOf } from './target.ts';

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
  const target = targetOf(command.optsWithGlobals<GlobalOptions>(), shell);
  if (exposesToken(target)) output.note('HUISMEESTER_TOKEN goes over the network unencrypted: use https');
  const api = openApi(target);
  try {
    await act({ api, output });
  } finally {
    await api.close();
  }
}
