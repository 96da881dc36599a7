import { resolve } from 'node:path';
import type { MosquittoConfig, MosquittoOptions } from '@huismeester/broker';
import { type SpaceSettings, serviceNames } from '@huismeester/contracts';
import { Argument, type Command } from 'commander';
import { UsageError } from '../errors.ts';
import { settingsIn } from '../settings.ts';
import { outputOf, type Shell } from '../shell.ts';

interface BrokerConfigOptions {
  readonly config: string;
  readonly snippet?: boolean;
  readonly reader: readonly string[];
  readonly dir: string;
  readonly dataDir: string;
  readonly listen?: string;
}

/**
 * `broker-config`: what a broker of the space's own needs, from the one access list and the settings. As `check-config`, it
 * asks no Huismeester and connects to nothing.
 */
export function addBrokerConfig(program: Command, shell: Shell): void {
  program
    .command('broker-config')
    .addArgument(new Argument('<broker>', 'which broker').choices(['mosquitto']))
    .description('print what a broker of your own needs: who may publish, who may read')
    .option('--config <file>', 'the settings', 'space.yaml')
    .option('--snippet', 'only what one that is there already needs; its listeners and TLS stay its own')
    .option('--reader <name>', 'somebody who may read; can be repeated', collect, [])
    .option('--dir <path>', 'where Mosquitto has its files', '/etc/mosquitto')
    .option('--data-dir <path>', 'where it keeps its database', '/var/lib/mosquitto')
    .option('--listen <address>', 'on which address it listens; left out: on the one where clients find it')
    .action(async (_: string, options: BrokerConfigOptions, command: Command) => {
      const output = outputOf(command, shell);
      const { broker } = await settingsIn(resolve(shell.cwd, options.config), shell);
      const { dir, dataDir, listen: host, snippet = false } = options;
      const place = placeOf(broker, options.reader);
      const wanted = { ...place, dir, dataDir, ...(host === undefined ? {} : { host }) };
      const { BrokerError, mosquittoConfig, mosquittoSnippet } = await import('@huismeester/broker');
      try {
        const found = snippet ? mosquittoSnippet(wanted) : mosquittoConfig(wanted);
        const commands = commandsFor(found.passwordsNeeded, dir);
        if (output.json) output.value({ ...found, commands });
        else output.print(...textOf(found, commands, { dir, snippet }));
      } catch (error) {
        if (error instanceof BrokerError) throw new UsageError(error.message, { cause: error });
        throw error;
      }
      for (const note of notesOn(broker)) output.note(note);
    });
}

function collect(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}

/** Where the settings have the broker, and who is to be let in; where it is embedded, one that takes its place. */
function placeOf(broker: SpaceSettings['broker'], more: readonly string[]): Omit<MosquittoOptions, 'dir'> {
  const { root } = broker;
  if ('embedded' in broker) {
    const { host, port, anonymousRead, readers } = broker.embedded;
    const names = readers.map(({ username }) => username);
    return { root, host, port: port || 1883, anonymousRead, readers: [...new Set([...names, ...more])] };
  }
  const { username, url } = broker;
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === 'mqtts:';
  return {
    ...{ root, tls, host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || (tls ? 8883 : 1883)) },
    ...{ readers: more, ...(username === undefined ? {} : { user: username }) },
  };
}

/** mosquitto_passwd asks for each password; its -c would empty a file that is there. */
function commandsFor(users: readonly string[], dir: string): string[] {
  const file = `${dir}/passwords`;
  return [
    `touch ${file} && chown mosquitto: ${file} ${dir}/acl && chmod 600 ${file} ${dir}/acl`,
    ...users.map((user) => `mosquitto_passwd ${file} '${user.replaceAll("'", "'\\''")}'`),
    'systemctl restart mosquitto',
  ];
}

function textOf(
  { conf, acl }: MosquittoConfig,
  commands: readonly string[],
  { dir, snippet }: { dir: string; snippet: boolean },
): string[] {
  return [
    `### ${dir}/${snippet ? 'conf.d/huismeester' : 'mosquitto'}.conf`,
    conf,
    `### ${dir}/acl`,
    acl,
    '### then, as root',
    ...commands,
  ];
}

/** What is yet to be done in the settings themselves. */
function notesOn(broker: SpaceSettings['broker']): string[] {
  if ('embedded' in broker) {
    return [
      'These settings have the embedded broker: for this one, give broker.url, username and password instead, and print it anew.',
    ];
  }
  const unnamed = serviceNames.filter((name) => broker.credentials[name] === undefined);
  return broker.username === undefined && unnamed.length > 0
    ? [
        `These settings name no login for ${unnamed.join(', ')}, and nobody publishes without one: give broker.credentials, or broker.username and password.`,
      ]
    : [];
}
