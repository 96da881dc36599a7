import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAccept } from './commands/accept.ts';
import { addBrokerConfig } from './commands/broker-config.ts';
import { addCheckConfig } from './commands/check-config.ts';
import { addDeadLetters } from './commands/dead-letters.ts';
import { addDecisions } from './commands/decisions.ts';
import { addDemo } from './commands/demo.ts';
import { addDrill } from './commands/drill.ts';
import { addEvents } from './commands/events.ts';
import { addExport } from './commands/export.ts';
import { addHold } from './commands/hold.ts';
import { addInit } from './commands/init.ts';
import { addClauses, addNodes, addRules } from './commands/lists.ts';
import { addMode } from './commands/mode.ts';
import { addNext } from './commands/next.ts';
import { addPreview } from './commands/preview.ts';
import { addReverseProxy } from './commands/reverse-proxy.ts';
import { addStatus } from './commands/status.ts';
import { addToken } from './commands/token.ts';
import { addViolations } from './commands/violations.ts';
import { addVms } from './commands/vms.ts';
import { addWeb } from './commands/web.ts';
import { addWhy } from './commands/why.ts';
import { CommandError, exitCodes, Refused } from './errors.ts';
import { features } from './features.ts';
import type { Shell } from './shell.ts';

const commands = [
  addStatus,
  addEvents,
  addDeadLetters,
  addVms,
  addNodes,
  addWhy,
  addHold,
  addViolations,
  addAccept,
  addClauses,
  addNext,
  addDrill,
  addPreview,
  addDecisions,
  addRules,
  addMode,
  addDemo,
  addToken,
  addExport,
  addInit,
  addCheckConfig,
  addBrokerConfig,
  addReverseProxy,
  addWeb,
  ...features.flatMap((feature) => feature.commands),
];

const help = `
Where Huismeester is:
  --socket or --url, else HUISMEESTER_SOCKET or HUISMEESTER_URL, else where \`huismeester login\` began a session, else the
  local socket var/huismeester.sock, whose users are administrators. A URL takes its token from HUISMEESTER_TOKEN, or from
  the session, if that is there.

Examples:
  $ npx -y pnpm@12 huismeester status
  $ npx -y pnpm@12 huismeester demo power-cut
  $ npx -y pnpm@12 huismeester events --follow
  $ npx -y pnpm@12 huismeester dead-letters
  $ npx -y pnpm@12 huismeester why 120 --lang nl
  $ npx -y pnpm@12 huismeester hold vm/110 --for 4h --because "a new disk"
  $ npx -y pnpm@12 huismeester drill power-cut --ups rack --from-reading charge=80,runtime=1200
  $ npx -y pnpm@12 huismeester preview
  $ npx -y pnpm@12 huismeester enforce power/SPACE-3
  $ npx -y pnpm@12 huismeester token create --role infrateam --name grafana --expires 90d
  $ npx -y pnpm@12 huismeester export --out space.json
  $ npx -y pnpm@12 huismeester init --upsd 10.0.0.5 --proxmox https://10.0.0.2:8006 --output space.yaml
  $ npx -y pnpm@12 huismeester check-config space.yaml --connect
  $ npx -y pnpm@12 huismeester broker-config mosquitto --snippet --reader light
  $ npx -y pnpm@12 huismeester web --output /var/www/huismeester
  $ npx -y pnpm@12 huismeester reverse-proxy caddy --page /var/www/huismeester > Caddyfile
${features.flatMap(({ examples }) => examples.map((each) => `  $ npx -y pnpm@12 huismeester ${each}\n`)).join('')}  $ npx -y pnpm@12 huismeester vms --json | jq '.[].name'

Exit codes:
  ${exitCodes.ok}   it worked
  ${exitCodes.refused}   Huismeester refused, or what was found is not fine
  ${exitCodes.unreachable}   no Huismeester answers
  ${exitCodes.usage}  the command line makes no sense`;

/** Runs one command line (without node and the script) and returns its exit code; a fault of ours is thrown. */
export async function run(args: readonly string[], shell: Shell): Promise<number> {
  const program = createProgram(shell);
  try {
    await program.parseAsync(meant(program, args), { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!(error instanceof CommandError)) throw error;
    shell.stderr.write(`${describe(error, program.opts<{ json?: boolean }>().json === true)}\n`);
    return error.exitCode;
  }
}

/**
 * The command line, or of one whose command is not known that alone: commander would answer `--help` behind it with the
 * help of the whole, as if all was well.
 */
function meant(program: Command, args: readonly string[]): readonly string[] {
  let command = program;
  let rest = [...args];
  while (command.commands.length > 0) {
    const { operands, unknown } = command.parseOptions(rest);
    const [name, ...others] = operands;
    if (name === undefined || name === 'help') return args;
    const next = command.commands.find((each) => each.name() === name);
    if (!next) return args.slice(0, args.indexOf(name) + 1);
    command = next;
    rest = [...others, ...unknown];
  }
  return args;
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function createProgram(shell: Shell): Command {
  const program = new Command('huismeester')
    .description('Asks a running Huismeester, and changes what may be changed in it.')
    .version(version(), '-V, --version', 'the version of this program')
    .option('--socket <path>', 'the local socket')
    .option('--url <url>', 'a Huismeester elsewhere')
    .option('--as <uid>', 'act for somebody, as root at the local socket; the log says so')
    .option('--json', 'answer in JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => shell.stdout.write(text),
      writeErr: (text) => shell.stderr.write(text),
    })
    .addHelpText('after', help)
    .exitOverride();
  for (const add of commands) add(program, shell);
  return program;
}

function describe(error: CommandError, json: boolean): string {
  if (!json) return error.message;
  return JSON.stringify(
    error instanceof Refused ? error.problem : { code: error.code, detail: error.message },
  );
}
