import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';

type Broker = SpaceSettings['broker'];

/** The services without a login at a broker of the space's own. */
export function servicesWithoutLogin(broker: Broker): ServiceName[] {
  if ('embedded' in broker || broker.username !== undefined) return [];
  return serviceNames.filter((name) => broker.credentials[name] === undefined);
}

/** That some services have a login and others not, such as one that an upgrade added. Without any login the broker may let everybody in. */
export function missingLogins(broker: Broker): string[] {
  const without = servicesWithoutLogin(broker);
  if (without.length === 0 || without.length === serviceNames.length) return [];
  return [
    `broker.credentials has no login for ${without.join(', ')}: add it, or broker.username and password for all`,
  ];
}
