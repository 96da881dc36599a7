import { isIP } from 'node:net';
import type { PortRole, ProbeSettings, SwitchSettings } from '@huismeester/contracts';
import { isOwn } from '@huismeester/probes';
import type { About } from './core/world.ts';
import type { Watchers } from './watchers.ts';

const coreRoles: ReadonlySet<PortRole | undefined> = new Set(['uplink', 'hypervisor', 'core']);
const nothing: About = { core: false, incidents: false, silent: true, here: true };

/** What settings say of things, besides how they are looked at. A thing that left them is nobody's any more. */
export function createAbout(
  watchers: Pick<Watchers, 'probes' | 'switches' | 'hypervisors'>,
  isOwnHost: IsOwnAddress,
): (thing: string) => About {
  const fixed = new Map<string, About>();
  const shown = { incidents: true, silent: false };
  for (const { id, settings } of watchers.probes) {
    fixed.set(id, { ...shown, core: settings.core, here: isHere(settings, isOwnHost) });
  }
  const switches = new Map(watchers.switches.map((each) => [each.settings.id, each]));
  for (const { id, settings } of watchers.switches) {
    fixed.set(id, { ...shown, core: settings.core, here: isOwnHost(settings.host) });
  }
  // vm-lifecycle says how they are; core, whatever settings say (CORE-3).
  for (const { id, here } of watchers.hypervisors) {
    fixed.set(id, { core: true, incidents: true, silent: true, here });
  }
  return (thing) => {
    const known = fixed.get(thing);
    if (known) return known;
    const owner = switches.get(thing.split('/')[1] ?? '');
    const port = owner?.port(thing);
    if (!owner || !port) return nothing;
    const role = owner.roleOf(port);
    return {
      core: coreRoles.has(role),
      incidents: role !== undefined && role !== 'ignore',
      silent: role === 'ignore',
      here: fixed.get(owner.id)?.here ?? false,
    };
  };
}

/** Whether a probe asks this very machine. A command may ask anything. */
export function isHere(settings: ProbeSettings, isOwnHost: IsOwnAddress): boolean {
  const hosts = hostsOf(settings);
  return hosts.length > 0 && hosts.every(isOwnHost);
}

/** The other machines that each probe and switch asks, by its id, as settings write them. */
export function otherHosts(
  {
    probes,
    switches,
  }: { readonly probes: readonly ProbeSettings[]; readonly switches: readonly SwitchSettings[] },
  isOwnHost: IsOwnAddress,
): ReadonlyMap<string, readonly string[]> {
  const others = (hosts: readonly string[]) => hosts.filter((host) => !isOwnHost(host)).map(plainHost);
  return new Map([
    ...probes.map((each): [string, string[]] => [`probe/${each.id}`, others(hostsOf(each))]),
    ...switches.map(({ id, host }): [string, string[]] => [`switch/${id}`, others([host])]),
  ]);
}

/** Without the brackets of IPv6 and the dot of the root, in lower case. */
function plainHost(host: string): string {
  return host.replaceAll(/^\[|\]$|\.$/g, '').toLowerCase();
}

/** The hosts that a probe asks, as settings write them. */
function hostsOf(settings: ProbeSettings): string[] {
  switch (settings.kind) {
    case 'ping':
    case 'tcp':
    case 'radius':
      return [settings.host];
    case 'dns':
      return [settings.server];
    case 'uplink':
      return settings.targets.map(({ host }) => host);
    case 'command':
      return [];
    default:
      return [hostOf(settings.url)].filter((host) => host !== undefined);
  }
}

/** The host of a URL; undefined if it is none. */
export function hostOf(url: string): string | undefined {
  return URL.parse(url)?.hostname;
}

/** What is asked, for people: without user, password or query. */
export function targetOf(settings: ProbeSettings): string {
  switch (settings.kind) {
    case 'ping':
      return settings.host;
    case 'tcp':
    case 'radius':
      return `${settings.host}:${settings.port}`;
    case 'dns':
      return `${settings.name} at ${settings.server}`;
    case 'uplink':
      return settings.targets.map(({ host }) => host).join(', ');
    case 'command':
      return settings.command[0] ?? '';
    default: {
      const url = URL.parse(settings.url);
      return url ? `${url.protocol}//${url.host}${url.pathname}` : 'not a URL';
    }
  }
}

/** Whether a host is this very machine, whose answers show nothing of the network. */
export type IsOwnAddress = (host: string) => boolean;

export const isOwnAddress: IsOwnAddress = (host) => {
  const bare = host.replaceAll(/^\[|\]$/g, '');
  return bare === 'localhost' || (isIP(bare) > 0 && isOwn(bare));
};
