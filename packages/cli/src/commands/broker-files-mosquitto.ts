import type { SpaceSettings } from '@huismeester/contracts';
import type { BrokerConfigOptions, BrokerFiles } from './broker-config.ts';
import { placeOf } from './broker-place.ts';

/** Mosquitto's files. Throws a BrokerError on a user's name that cannot be. */
export async function mosquittoFiles(
  broker: SpaceSettings['broker'],
  options: BrokerConfigOptions,
): Promise<BrokerFiles> {
  const { dir = '/etc/mosquitto', dataDir = '/var/lib/mosquitto', listen: host, snippet = false } = options;
  const wanted = {
    ...placeOf(broker, options.reader),
    dir,
    dataDir,
    ...(host === undefined ? {} : { host }),
  };
  const { mosquittoConfig, mosquittoSnippet } = await import('@huismeester/broker');
  const found = snippet ? mosquittoSnippet(wanted) : mosquittoConfig(wanted);
  return {
    files: [
      { path: `${dir}/${snippet ? 'conf.d/huismeester' : 'mosquitto'}.conf`, text: found.conf },
      { path: `${dir}/acl`, text: found.acl },
    ],
    commands: commandsFor(found.passwordsNeeded, dir),
    value: found,
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
