import { type SpaceSettings, serviceNames } from '@huismeester/contracts';

/**
 * Why services that are processes of their own would not start with these settings, which name places for them. No mistake:
 * one process for all starts, and the way back to that is not to take out `services`.
 */
export function notForProcesses({
  services,
  broker,
  database,
}: Pick<SpaceSettings, 'services' | 'broker' | 'database'>): string[] {
  if (Object.keys(services).length === 0) return [];
  const missing = serviceNames.filter((name) => services[name] === undefined);
  return [
    ...missing.map((name) => `services.${name}: found nothing, allowed: { url, secret }`),
    ...('embedded' in broker ? ['broker: found embedded, allowed: { url: mqtts://… }, one for all'] : []),
    ...('embedded' in database
      ? ['database: found embedded, allowed: { url: postgres://… }, one for all']
      : []),
  ];
}
