import type { ProbeRole } from '@huismeester/contracts';
import type { WatchedHypervisor } from './hypervisors/watched-hypervisor.ts';
import type { Watched } from './ports.ts';
import type { WatchedProbe } from './probing/watched-probe.ts';
import type { WatchedSwitch } from './switches/watched-switch.ts';

/** Everything that is looked at. */
export interface Watchers {
  readonly probes: readonly WatchedProbe[];
  readonly switches: readonly WatchedSwitch[];
  readonly hypervisors: readonly WatchedHypervisor[];
  readonly all: readonly Watched[];
  /** What looks at a thing: a port is looked at with its switch. */
  of(thing: string): Watched | undefined;
  /** The probe that stands for something, if settings have one. */
  ofRole(role: ProbeRole): WatchedProbe | undefined;
}

export function watchersOf(kinds: Pick<Watchers, 'probes' | 'switches' | 'hypervisors'>): Watchers {
  const { probes, switches, hypervisors } = kinds;
  const all: Watched[] = [...probes, ...switches, ...hypervisors];
  const byId = new Map(all.map((each) => [each.id, each]));
  return {
    ...kinds,
    all,
    of(thing) {
      const [kind, id] = thing.split('/');
      return byId.get(kind === 'port' ? `switch/${id}` : thing);
    },
    ofRole: (role) => probes.find(({ settings }) => settings.role === role),
  };
}
