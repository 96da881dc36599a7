import type { ResourceDefinition } from '../define.ts';
import { type Merged, merged } from './merge.ts';
import { type ServiceName, type Services, serviceNames, services } from './names.ts';

type Definitions = Merged<Services[ServiceName]['resources']>;

/** Every thing of the REST API, by the first level of its path below `/api/v1`. */
export const resourceDefinitions: Definitions = merged(serviceNames.map((name) => services[name].resources));

/** Which service answers for each; the reverse proxy's configuration is made from this. */
export const resources = Object.fromEntries(
  serviceNames.flatMap((name) => Object.keys(services[name].resources).map((path) => [path, name])),
) as Readonly<Record<keyof Definitions, ServiceName>>;

/** What a space takes along when it leaves: lists and single things, in the order of their services. */
export const exported = Object.entries<ResourceDefinition>(resourceDefinitions).filter(
  ([, { exported: isExported }]) => isExported,
);

/** The service that answers for a path below `/api/v1`; undefined for what each process answers itself, such as `/tokens`. */
export function serviceFor(path: string): ServiceName | undefined {
  const first = /^\/api\/v1\/([^/?]+)/.exec(path)?.[1] ?? '';
  const own = serviceNames.find((name) => name === first);
  return own ?? (resources as Readonly<Record<string, ServiceName>>)[first];
}
