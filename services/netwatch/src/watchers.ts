import type { ProbeRole } from '@huismeester/contracts';
import type { Watched } from './ports.ts';
import type { WatchedProbe } from './probing/watched-probe.ts';
import type { WatchedSwitch } from './switches/watched-switch.ts';

/** Everything that is looked at. */
export interface Watchers {
  readonly probes: readonly WatchedProbe[];
  readonly switches: readonly WatchedSwitch[];
  readonly all: readonly Watched[];
  /** What looks at a thing: a port is looked at with its switch. */
  of(thing: string): Watched | undefined;
  /** The probe that stands for something, if settings have one. */
  ofRole(role: ProbeRole): WatchedProbe | undefined;
}

export function watchersOf(probes: readonly WatchedProbe[], switches: readonly WatchedSwitch[]): Watchers {
  const byId = new Map<string, Watched>([...probes, ...switches].map((each) => [each.id, each]));
  return {
    probes,
    switches,
    all: [...probes, ...switches],
    of(thing) {
      const [kind, id] = thing.split('/');
      return byId.get(kind === 'port' ? `switch/${id}` : thing);
    },
    ofRole: (role) => probes.find(({ settings }) => settings.role === role),
  };
}
