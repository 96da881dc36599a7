import { type ServiceName, serviceNames } from './topics.ts';

/**
 * Which service answers for which things: the first level below `/api/v1`. Where services are processes of their own, the
 * front door's configuration is made from this.
 */
export const resources = {
  ups: 'ups-monitor',
  vms: 'vm-lifecycle',
  nodes: 'vm-lifecycle',
  hypervisors: 'vm-lifecycle',
  power: 'policy',
  decisions: 'policy',
  rules: 'policy',
  holds: 'policy',
  violations: 'policy',
  preview: 'policy',
  drill: 'policy',
} as const satisfies Readonly<Record<string, ServiceName>>;

/** The service that answers for a path below `/api/v1`; undefined for what each process answers itself, such as `/tokens`. */
export function serviceFor(path: string): ServiceName | undefined {
  const first = /^\/api\/v1\/([^/?]+)/.exec(path)?.[1] ?? '';
  const own = serviceNames.find((name) => name === first);
  return own ?? (resources as Readonly<Record<string, ServiceName>>)[first];
}
