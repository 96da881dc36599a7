import { resolve } from 'node:path';
import type { SpaceSettings } from '@huismeester/contracts';
import { Argument, type Command } from 'commander';
import { servicesWithoutLogin } from '../check/logins.ts';
import { UsageError } from '../errors.ts';
import { settingsIn } from '../settings.ts';
import { outputOf, type Shell } from '../shell.ts';
import type { BrokerConfigOptions } from './broker-files.ts';
import { mosquittoFiles } from './broker-files-mosquitto.ts';
import { natsFiles } from './broker-files-nats.ts';

/**
 * `broker-config`: what a broker of the space's own needs, from the one access list and the settings. As `check-config`, it
 * asks no Huismeester and connects to nothing.
 */
export function addBrokerConfig(program: Command, shell: Shell): void {
  program
    .command('broker-config')
    .addArgument(new Argument('<broker>', 'which broker').choices(['mosquitto', 'nats']))
    .description('print what a broker of your own needs: who may publish, who may read')
    .option('--config <file>', 'the settings', 'space.yaml')
    .option(
      '--snippet',
      'Mosquitto: only what one that is there already needs; its listeners and TLS stay its own',
    )
    .option('--reader <name>', 'somebody who may read; can be repeated', collect, [])
    .option('--dir <path>', 'where it has its files; left out: /etc/mosquitto or /etc/nats')
    .option('--data-dir <path>', 'where it keeps its data; left out: in /var/lib')
    .option(
      '--listen <address>',
      'on which address it listens; left out: on that of broker.url, or on all where that has a name',
    )
    .option('--cluster <hosts>', 'NATS: the hosts of its servers, with commas: one file for each', split, [])
    .option('--history-reader <name>', 'NATS: somebody who may replay events; can be repeated', collect, [])
    .option('--nats-version <version>', 'NATS: its version, where it is older than 2.10')
    .action(async (kind: string, options: BrokerConfigOptions, command: Command) => {
      const output = outputOf(command, shell);
      const { broker } = await settingsIn(resolve(shell.cwd, options.config), shell);
      const { BrokerError } = await import('@huismeester/broker');
      try {
        const found = await (kind === 'nats' ? natsFiles : mosquittoFiles)(broker, options);
        const { value, commands } = found;
        const files = found.files.flatMap(({ path, text }) => [`### ${path}`, text]);
        output.answer({ ...value, commands }, ...files, '### then, as root', ...commands);
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

function split(hosts: string): readonly string[] {
  return hosts.split(',').map((host) => host.trim());
}

/** What is yet to be done in the settings themselves. */
function notesOn(broker: SpaceSettings['broker']): string[] {
  if ('embedded' in broker) {
    return [
      'These settings have the embedded broker: for this one, give broker.url, username and password instead, and print it anew.',
    ];
  }
  const unnamed = servicesWithoutLogin(broker);
  return unnamed.length > 0
    ? [
        `These settings name no login for ${unnamed.join(', ')}, and nobody publishes without one: give broker.credentials, or broker.username and password.`,
      ]
    : [];
}
