import { readFile, rename, writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { type ProxmoxSimulator, startProxmoxSimulator } from './simulator.ts';
import { parseState } from './state-file.ts';

function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('Expected a number above 0.');
  return number;
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Expected a port, 0 for a free one.');
  return port;
}

interface Arguments {
  port: number;
  host: string;
  state: string;
  speed: number;
  save?: true;
}

/** Writes the state whenever it changed, through a rename, so that a crash leaves a whole file. */
function keepSaved(simulator: ProxmoxSimulator, file: string): () => Promise<void> {
  let saved = '';
  let writing = Promise.resolve();
  const save = (): Promise<void> => {
    const now = JSON.stringify(simulator.state, null, 2);
    if (now === saved) return writing;
    saved = now;
    writing = writing.then(async () => {
      await writeFile(`${file}.new`, `${now}\n`);
      await rename(`${file}.new`, file);
    });
    return writing;
  };
  const timer = setInterval(() => {
    save().catch((error: unknown) => process.stderr.write(`the state could not be saved: ${error}\n`));
  }, 250);
  return async () => {
    clearInterval(timer);
    await save();
  };
}

async function run(options: Arguments): Promise<void> {
  const state = parseState(JSON.parse(await readFile(options.state, 'utf8')));
  const simulator = await startProxmoxSimulator({ ...options, state });
  const stopSaving = options.save ? keepSaved(simulator, options.state) : async () => undefined;
  const stop = async (): Promise<void> => {
    await simulator.close();
    await stopSaving();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`${error}\n`);
        process.exitCode = 1;
      });
    });
  }
  // Last, so that whoever reads this may already send a signal.
  process.stdout.write(`url ${simulator.url}\nfingerprint ${simulator.fingerprint}\n`);
  for (const { id, secret } of state.tokens) process.stdout.write(`token ${id} ${secret}\n`);
}

const program = new Command()
  .name('proxmox-simulator')
  .description('A Proxmox VE API that behaves like the real one. Its tokens are printed: it guards nothing.')
  .option('--port <number>', 'port to listen on, 0 for a free one', portNumber, 8006)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .requiredOption('--state <file>', 'the cluster as JSON: nodes, guests, pools, tokens, quorate')
  .option('--speed <factor>', 'how many times faster than real', positive, 1)
  .option('--save', 'write the state back to its file when it changes');

program.parse();
try {
  await run(program.opts<Arguments>());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
