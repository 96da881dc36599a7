import { isSecretSetting, ownerOfSettings, type Path, type ServiceName } from '@huismeester/contracts';

/** Whether the value at this path may be missing: it is a secret that whoever reads these settings does not use. */
export type Unneeded = (path: Path) => boolean;

/** What a command that only prints configuration can do without: every secret, certificates included. */
export const everySecret: Unneeded = isSecretSetting;

/** What the process of one service can do without: what only the others show to a device, a hypervisor or the broker. */
export function secretsOfOthers(service: ServiceName): Unneeded {
  return (path) => {
    if (!everySecret(path)) return false;
    const [section, part, name] = path.map(String);
    if (section === 'broker') return part === 'credentials' && name !== service;
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
      return '-----BEGIN PRIVATE KEY-----';
    case 'url':
      return 'postgres://not-read.invalid/';
    default:
      // One secret that two services share is refused.
      return `not read: ${path.join('.')}`;
  }
}
