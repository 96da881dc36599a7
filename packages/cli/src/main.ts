#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { run } from './program.ts';

// `huismeester events | head` closes our output while we still write.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

/** On standard error, since standard output may go to a file. */
async function ask(question: string, output: Writable = process.stderr): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await terminal.question(question);
  } catch (error) {
    // Ctrl-C or Ctrl-D: the person wants none of it.
    if (error instanceof Error && error.name === 'AbortError') process.exit(130);
    throw error;
  } finally {
    terminal.close();
  }
}

/** In raw mode the terminal shows nothing by itself, and what readline would show goes nowhere. */
async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_, __, done) => done() });
  return await ask('', nowhere).finally(() => process.stderr.write('\n'));
}

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  // pnpm runs us in the root of the project, and says here where the person stood.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  readInput: () => text(process.stdin),
  untilStopped: () => {
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    return stop.signal;
  },
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: (question) => ask(question), askSecret }),
});
