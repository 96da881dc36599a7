import type { SpaceSettings } from '@huismeester/contracts';
import { shellText } from '../command-line.ts';
import { UsageError } from '../errors.ts';
import { certificateCommands } from './broker-certificate.ts';
import type { BrokerConfigOptions, BrokerFiles } from './broker-files.ts';
import { placeOf } from './broker-place.ts';

/** Mosquitto's files. Throws a BrokerError on a user's name that cannot be. */
export async function mosquittoFiles(
  broker: SpaceSettings['broker'],
  options: BrokerConfigOptions,
): Promise<BrokerFiles> {
  if (options.cluster.length > 0) {
    throw new UsageError('--cluster is for NATS: a Mosquitto is one server');
  }
  const { dir = '/etc/mosquitto', dataDir = '/var/lib/mosquitto', listen: host, snippet = false } = options;
  const wanted = {
    ...placeOf(broker, options.reader),
    dir,
    dataDir,
    ...(host !== undefined && { host }),
  };
  const { mosquittoConfig, mosquittoSnippet } = await import('@huismeester/broker');
  const found = snippet ? mosquittoSnippet(wanted) : mosquittoConfig(wanted);
  return {
    files: [
      { path: `${dir}/${snippet ? 'conf.d/huismeester' : 'mosquitto'}.conf`, text: found.conf },
      { path: `${dir}/acl`, text: found.acl },
    ],
    commands: [
      // The TLS of one that is there is its own.
      ...(wanted.tls && !snippet ? certificateCommands({ dir, user: 'mosquitto', names: wanted.names }) : []),
      ...commandsFor(found.passwordsNeeded, dir),
    ],
    value: found,
  };
}

/** mosquitto_passwd asks for each password; its -c would empty a file that is there. */
function commandsFor(users: readonly string[], dir: string): string[] {
  const file = `${dir}/passwords`;
  return [
    `touch ${file} && chown mosquitto: ${file} ${dir}/acl && chmod 600 ${file} ${dir}/acl`,
    ...users.map((user) => `mosquitto_passwd ${file} ${shellText(user)}`),
    'systemctl restart mosquitto',
  ];
}
