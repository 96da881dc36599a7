import { type ServiceName, type SpaceSettings, serviceNames } from '@huismeester/contracts';

/** The settings are those of one process for all services; the message says what to set for one each. */
export class NotForProcesses extends Error {
  override readonly name = 'NotForProcesses';
  readonly code = 'not-for-processes';
}

/**
 * The settings of the process that runs this service alone: it listens where `services.<name>.listen` says. Throws a
 * {@link NotForProcesses} when the others are processes of their own and could not share the broker or the database.
 */
export function settingsOfOne(settings: SpaceSettings, name: ServiceName): SpaceSettings {
  const others = serviceNames.filter((each) => each !== name && settings.services[each] !== undefined);
  if (others.length > 0) {
    if ('embedded' in settings.broker) {
      throw new NotForProcesses(
        'broker: found embedded, allowed where services are processes of their own: { url: mqtts://… }, one broker for all of them',
      );
    }
    if ('embedded' in settings.database) {
      throw new NotForProcesses(
        'database: found embedded, which one process alone can open, allowed where services are processes of their own: { url: postgres://… }',
      );
    }
  }
  return { ...settings, http: { ...settings.http, ...settings.services[name]?.listen } };
}
