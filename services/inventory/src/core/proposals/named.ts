import type { ItemProposalResource, ProbeSettings } from '@huismeester/contracts';
import type { Vertex } from '../things.ts';

/** Something that the policy names, whether or not it is seen. */
export interface Named extends Pick<ItemProposalResource, 'id' | 'kind' | 'layer' | 'core' | 'because'> {
  readonly name: { readonly nl: string; readonly en: string };
  /** The role of the probe, or the kind of thing, that stands for it where there is one. */
  readonly role?: ProbeSettings['role'];
  readonly thing?: 'hypervisor';
}

/** CORE-3's five and SPACE-2's three. */
export const namedByPolicy: readonly Named[] = [
  {
    id: 'core/hypervisor',
    name: { nl: 'Hypervisor', en: 'Hypervisor' },
    kind: 'server-software',
    layer: '7',
    core: 'availability',
    because: 'CORE-3',
    thing: 'hypervisor',
  },
  {
    id: 'core/uplink',
    name: { nl: 'Internetverbinding', en: 'Internet connection' },
    kind: 'service',
    layer: '3',
    core: 'availability',
    because: 'CORE-3',
    role: 'uplink',
  },
  {
    id: 'core/website',
    name: { nl: 'Website', en: 'Website' },
    kind: 'service',
    layer: '7',
    core: 'availability',
    because: 'CORE-3',
    role: 'website',
  },
  {
    id: 'core/login',
    name: { nl: 'Inlogsysteem', en: 'Login system' },
    kind: 'service',
    layer: '7',
    core: 'both',
    because: 'CORE-3',
    role: 'directory',
  },
  {
    id: 'core/network',
    name: { nl: 'Spacenet', en: 'Spacenet' },
    kind: 'service',
    layer: '2',
    core: 'availability',
    because: 'CORE-3',
    role: 'spacenet',
  },
  {
    id: 'space/music-system',
    name: { nl: 'Muzieksysteem', en: 'Music system' },
    kind: 'music-system',
    layer: '7',
    core: 'no',
    because: 'SPACE-2',
  },
  {
    id: 'space/grafana',
    name: { nl: 'Grafana-dashboard', en: 'Grafana dashboard' },
    kind: 'service',
    layer: '7',
    core: 'no',
    because: 'SPACE-2',
  },
  {
    id: 'space/mqtt',
    name: { nl: 'MQTT', en: 'MQTT' },
    kind: 'service',
    layer: '7',
    core: 'no',
    because: 'SPACE-2',
  },
];

/** The things that it may stand for, by settings. */
export function thingsFor(
  { role, thing }: Named,
  things: Iterable<Vertex>,
  probes: readonly Pick<ProbeSettings, 'id' | 'role'>[],
): Vertex[] {
  if (thing !== undefined) return [...things].filter((vertex) => vertex.startsWith(`${thing}/`));
  if (role === undefined) return [];
  return probes.filter((probe) => probe.role === role).map(({ id }) => `probe/${id}`);
}
