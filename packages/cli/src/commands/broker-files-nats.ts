import type { NatsConfig, NatsOptions, NatsPassword } from '@huismeester/broker';
import type { SpaceSettings } from '@huismeester/contracts';
import { UsageError } from '../errors.ts';
import { certificateCommands } from './broker-certificate.ts';
import type { BrokerConfigOptions, BrokerFiles } from './broker-files.ts';
import { listenOn, placeOf, portIn } from './broker-place.ts';

const clusterPort = 6222;

/** The configuration of each nats-server. Throws a BrokerError on a user's name that cannot be. */
export async function natsFiles(
  broker: SpaceSettings['broker'],
  options: BrokerConfigOptions,
): Promise<BrokerFiles> {
  const { dir = '/etc/nats', dataDir = '/var/lib/nats', cluster, natsVersion: version } = options;
  check(options);
  const place = placeOf(broker, options.reader);
  const routes = cluster.map((host) => ({ host, port: clusterPort }));
  const common: Omit<NatsOptions, 'name'> = {
    ...place,
    dir,
    dataDir,
    ...historyOf(broker, options),
    ...(routes.length > 0 && { cluster: { port: clusterPort, routes } }),
    ...(version !== undefined && { version }),
  };
  const { natsConfig } = await import('@huismeester/broker');
  const servers = cluster.length > 0 ? cluster : ['huismeester'];
  const found = servers.map((name) => {
    const host = options.listen ?? (cluster.length > 0 ? listenOn(name) : place.host);
    return { name, ...natsConfig({ ...common, name, host }) };
  });
  const file = `${dir}/nats-server.conf`;
  return {
    files: found.map(({ name, conf }) => ({
      path: cluster.length > 0 ? `${file} on ${name}` : file,
      text: conf,
    })),
    commands: [
      ...(place.tls
        ? certificateCommands({
            dir,
            user: 'nats',
            mutual: cluster.length > 0,
            names: [...place.names, ...cluster],
          })
        : []),
      ...commandsFor(found[0]?.passwordsNeeded ?? [], { dir, dataDir }),
    ],
    value: { servers: found satisfies readonly NatsConfig[] },
  };
}

function check({ snippet, cluster, natsVersion }: BrokerConfigOptions): void {
  if (snippet) throw new UsageError('--snippet is for Mosquitto: NATS has one configuration file');
  if (cluster.length === 1 || cluster.length === 2) {
    throw new UsageError(
      `--cluster: found ${cluster.length} of at least 3 hosts: fewer have no majority when one is gone`,
    );
  }
  if (cluster.some((host) => !/^[a-z0-9.:-]+$/i.test(host))) {
    throw new UsageError(
      `--cluster: found "${cluster.join(',')}", allowed: host names or addresses with commas`,
    );
  }
  if (natsVersion !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(natsVersion)) {
    throw new UsageError(`--nats-version: found "${natsVersion}", allowed: a version such as 2.9.10`);
  }
}

function historyOf(
  broker: SpaceSettings['broker'],
  { historyReader: readers }: BrokerConfigOptions,
): Pick<NatsOptions, 'history' | 'clientPort'> {
  const jetstream = 'embedded' in broker ? undefined : broker.jetstream;
  if (!jetstream) {
    if (readers.length > 0)
      throw new UsageError('--history-reader: these settings keep no history; give broker.jetstream');
    return {};
  }
  const { url, username = 'recorder' } = jetstream;
  const clientPort = portIn([url].flat()[0] ?? '', 4222);
  return { clientPort, history: { recorder: username, readers } };
}

/**
 * htpasswd asks for each password; NATS wants its hash alone. Where no hash comes nothing is written, and NATS does not start:
 * with an empty password it would let the user in without one. Debian's unit has a file of its own.
 */
function commandsFor(
  passwords: readonly NatsPassword[],
  { dir, dataDir }: { dir: string; dataDir: string },
): string[] {
  const file = `${dir}/passwords.conf`;
  const unit = '/etc/systemd/system/nats-server.service.d';
  const start = String.raw`[Service]\nExecStart=\nExecStart=/usr/sbin/nats-server -c ${dir}/nats-server.conf\n`;
  return [
    'command -v htpasswd > /dev/null || apt-get install -y apache2-utils   # Debian; htpasswd asks for each password',
    `install -d -o nats -g nats -m 700 ${dataDir}`,
    `touch ${file} && chown nats: ${file} && chmod 600 ${file}`,
    ...passwords.map(
      ({ variable, user }) =>
        String.raw`htpasswd -nBC 10 '' | sed -n 's/^:\(\$2y\$.\{56\}\)$/${variable}: "\1"/p' >> ${file}   # ${user}`,
    ),
    `mkdir -p ${unit} && printf '${start}' > ${unit}/huismeester.conf`,
    'systemctl daemon-reload && systemctl restart nats-server',
  ];
}
