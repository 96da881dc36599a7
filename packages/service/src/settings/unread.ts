import {
  isFilePathSetting,
  isSecretSetting,
  ownerOfSettings,
  type Path,
  type ServiceName,
} from '@huismeester/contracts';

/** Whether the value at this path may be missing: it is a secret that whoever reads these settings does not use. */
export type Unneeded = (path: Path) => boolean;

/** What a command that only prints configuration can do without: every secret, certificates included, and every file. */
export const everySecret: Unneeded = (path) => isSecretSetting(path) || isFilePathSetting(path);

/** What the process of one service can do without: what only the others show to a device, a hypervisor, a directory or the broker. */
export function secretsOfOthers(service: ServiceName): Unneeded {
  return (path) => {
    if (!everySecret(path)) return false;
    const [section, part, name] = path.map(String);
    if (section === 'broker') return part === 'credentials' && name !== service;
    // Every process that root's socket belongs to hashes uids with the key.
    if (section === 'secrets') return false;
    const owner = ownerOfSettings(section ?? '');
    return owner !== undefined && owner !== service;
  };
}

/** Stands for a value that was not read; it has the form that the schema asks for, and lets nobody in anywhere. */
export function placeholderFor(path: Path): string {
  switch (path.at(-1)) {
    case 'ca':
    case 'cert':
      return '-----BEGIN CERTIFICATE-----';
    case 'key':
      return path.at(-2) === 'tls' ? '-----BEGIN PRIVATE KEY-----' : notRead(path);
    case 'url':
      return 'postgres://not-read.invalid/';
    default:
      // One secret that two services share is refused.
      return notRead(path);
  }
}

function notRead(path: Path): string {
  const text = `not read: ${path.join('.')}`;
  // A key of hashes has 32 characters or more.
  return path.at(-1) === 'key' ? text.padEnd(32, '.') : text;
}
