import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError } from 'commander';
import { runCommand } from './commands.ts';
import type { SwitchSimulator } from './simulator.ts';
import { startSwitches } from './switches.ts';
import type { TrapTarget } from './traps.ts';

interface Settings {
  switches: number;
  ports: number;
  host: string;
  firstPort: number;
  spread?: true;
  community: string;
  user?: string;
  authPassword?: string;
  privPassword?: string;
  bitsPerSecond: number;
  traps?: { host: string; port: number };
  trapVersion: TrapTarget['version'];
}

const program = new Command()
  .name('switch-simulator')
  .description(
    'Made-up managed switches behind SNMP. Prints where they are as a line of JSON, then takes commands, a line of JSON each. Ends on Ctrl-C.',
  )
  .option('--switches <count>', 'how many', whole(1, 10_000), 1)
  .option('--ports <count>', 'ports of each', whole(1, 1_000), 48)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--first-port <port>', 'UDP port of the first, 0 for free ones', whole(0, 65_535), 1161)
  .option('--spread', 'addresses of their own, counted from the host, all with the first port')
  .option('--community <name>', 'of SNMPv1 and v2c, traps included', 'public')
  .option('--user <name>', 'of SNMPv3: SHA-256 and AES, as far as there are passwords')
  .option('--auth-password <text>', 'at least 8 characters')
  .option('--priv-password <text>', 'at least 8 characters')
  .option('--bits-per-second <rate>', 'in each direction of each port', whole(0, 1e12), 10_000_000)
  .option('--traps <host:port>', 'where traps go; there are none if left out', target)
  .option('--trap-version <version>', '1, 2c or 3', '2c');

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  await run(program.parse().opts<Settings>());
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function run(settings: Settings): Promise<void> {
  const { community, user, traps, trapVersion, bitsPerSecond } = settings;
  const traffic = { inBitsPerSecond: bitsPerSecond, outBitsPerSecond: bitsPerSecond };
  const switches = await startSwitches(settings.switches, {
    host: settings.host,
    firstPort: settings.firstPort,
    spread: settings.spread ?? false,
    ports: Array.from({ length: settings.ports }, (_, place) => ({ name: `gi1/0/${place + 1}`, traffic })),
    credentials: { communities: [community], users: user === undefined ? [] : [userOf(user, settings)] },
    ...(traps && { traps: { ...traps, version: trapVersion, community, user: user ?? '' } }),
  });
  const commands = createInterface({ input: process.stdin });
  commands.on('line', (line) => obey(switches, line));
  const end = async () => {
    commands.close();
    process.stdin.destroy();
    await Promise.all(switches.map((one) => one.close()));
  };
  // Who started it with a channel has ended.
  for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
    process.once(event, () => {
      end().catch((error: unknown) => {
        process.stderr.write(`${messageOf(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
  print({ switches: switches.map(({ host, port }) => ({ host, port })) });
}

/** Each line is answered by `ok`; a command that takes its time has a line with `done` besides, when it has ended or failed. */
function obey(switches: readonly SwitchSimulator[], line: string): void {
  try {
    const command: unknown = JSON.parse(line);
    if (command === 'stats') {
      print({ ok: true, ...statistics(switches) });
      return;
    }
    const { done } = runCommand(switches, command);
    print({ ok: true, command });
    done?.then(
      (results) => print({ done: command, results }),
      (error: unknown) => print({ done: command, error: messageOf(error) }),
    );
  } catch (error) {
    print({ ok: false, command: line, error: messageOf(error) });
  }
}

function statistics(switches: readonly SwitchSimulator[]) {
  const sum = (of: (one: SwitchSimulator) => number) => switches.reduce((all, one) => all + of(one), 0);
  const { user, system } = process.cpuUsage();
  return {
    get: sum(({ requests }) => requests.get),
    getNext: sum(({ requests }) => requests.getNext),
    getBulk: sum(({ requests }) => requests.getBulk),
    malformed: sum(({ requests }) => requests.malformed),
    varbinds: sum(({ requests }) => requests.varbinds),
    traps: sum(({ trapsSent }) => trapsSent),
    cpuMs: Math.round((user + system) / 1000),
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

function userOf(name: string, { authPassword, privPassword }: Settings) {
  return {
    name,
    ...(authPassword !== undefined && { auth: { protocol: 'sha256' as const, password: authPassword } }),
    ...(privPassword !== undefined && { priv: { protocol: 'aes' as const, password: privPassword } }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function target(text: string): { host: string; port: number } {
  const [host = '', port = ''] = text.split(':');
  return { host, port: whole(1, 65_535)(port) };
}

function whole(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`expected a whole number from ${lowest} to ${highest}.`);
  };
}
