import { type Draft, milliseconds, misfits, type SpaceSettings } from '@huismeester/contracts';
import type { Mismatch } from '../schema/mismatch.ts';
import { oneOf } from '../schema/nearest.ts';
import { broker } from './cross-broker.ts';
import { duplicates, type Named } from './cross-duplicates.ts';
import { dependencies, waysBack } from './cross-nodes.ts';
import { listeners, peers } from './cross-services.ts';
import { urls } from './cross-urls.ts';

type DraftSettings = Draft<SpaceSettings>;

/** What no schema can say: whether the parts of the settings fit together. */
export function crossChecks(settings: DraftSettings): Mismatch[] {
  const { ups = [], hypervisors = [] } = settings;
  return [
    ...timeZone(settings),
    ...database(settings),
    ...urls(settings),
    ...broker(settings.broker),
    ...duplicates(ups.map((each, index) => [['ups', index, 'id'], each?.id])),
    ...duplicates(hypervisors.map((each, index) => [['hypervisors', index, 'id'], each?.id])),
    ...duplicates(hypervisors.map((each, index) => [['hypervisors', index, 'prefix'], each?.prefix])),
    ...ups.flatMap((each, index) => (each ? upsd(each, index) : [])),
    ...hypervisors.flatMap((each, index) => (each ? hypervisor(each, index, ups) : [])),
    ...waysBack(hypervisors),
    ...dependencies(settings),
    ...retention(settings),
    ...falseClock(settings),
    ...peers(settings.services, settings.http),
    ...listeners(settings.services, settings.http),
    ...misfits(settings).map(inWords),
  ];
}

function inWords({ path, found, allowed, among }: ReturnType<typeof misfits>[number]): Mismatch {
  return { path, found, allowed: among ? `${allowed}: ${oneOf(among.names, among.wrong)}` : allowed };
}

function timeZone({ site }: DraftSettings): Mismatch[] {
  if (site?.timezone === undefined) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: site.timezone });
    return [];
  } catch {
    // Intl has no other way of saying that it does not know the zone.
    const found = JSON.stringify(site.timezone);
    return [{ path: ['site', 'timezone'], found, allowed: 'an IANA time zone, such as Europe/Amsterdam' }];
  }
}

/** PGlite never calls fsync: what a power cut does to it must have been accepted by a person. */
function database({ database: given }: DraftSettings): Mismatch[] {
  if (given === undefined || !('embedded' in given) || given.embedded === undefined) return [];
  if (given.acceptPowerLossRisk !== false) return [];
  const allowed =
    'url: postgres://… or, if a power cut may lose or break the data, acceptPowerLossRisk: true';
  return [{ path: ['database', 'embedded'], found: 'the embedded database on a real site', allowed }];
}

/** Less than a day would take from under a consumer that is away what it would still read. */
function retention({ log }: DraftSettings): Mismatch[] {
  if (log?.retention === undefined) return [];
  const hours = milliseconds(log.retention) / 3_600_000;
  if (hours >= 24 && hours <= 87_600) return [];
  return [{ path: ['log', 'retention'], found: log.retention, allowed: '24h to 87600h (ten years)' }];
}

function falseClock({ testing }: DraftSettings): Mismatch[] {
  if (testing === undefined || testing.acceptFalseClock === true) return [];
  const { clockOffsetFile, leaseSpeed = 1 } = testing;
  const allowed = 'or, only in a test or a demo, together with acceptFalseClock: true';
  return [
    ...(clockOffsetFile === undefined
      ? []
      : [
          {
            path: ['testing', 'clockOffsetFile'],
            found: 'a false clock on a real site',
            allowed: `nothing ${allowed}`,
          },
        ]),
    ...(leaseSpeed === 1
      ? []
      : [
          {
            path: ['testing', 'leaseSpeed'],
            found: `leases ${leaseSpeed} times as fast on a real site`,
            allowed: `1 ${allowed}`,
          },
        ]),
  ];
}

function upsd({ upsd: given, poll }: Draft<SpaceSettings['ups'][number]>, index: number): Mismatch[] {
  const at = (...rest: string[]) => ['ups', index, ...rest];
  const found: Mismatch[] = [];
  if (given?.ca !== undefined && given.tls === 'off') {
    found.push({ path: at('upsd', 'tls'), found: 'off with a ca', allowed: 'required, or no ca' });
  }
  if (given?.password !== undefined && given.username === undefined) {
    found.push({
      path: at('upsd', 'username'),
      found: 'nothing, but a password',
      allowed: 'the user of upsd',
    });
  }
  return [
    ...found,
    ...tooShort(at('poll', 'status'), poll?.status),
    ...tooShort(at('poll', 'variables'), poll?.variables),
  ];
}

function tooShort(path: (string | number)[], duration: string | undefined): Mismatch[] {
  if (duration === undefined || milliseconds(duration) >= 10) return [];
  return [{ path, found: duration, allowed: 'at least 10ms' }];
}

function hypervisor(
  given: Draft<SpaceSettings['hypervisors'][number]>,
  index: number,
  ups: (Draft<SpaceSettings['ups'][number]> | undefined)[],
): Mismatch[] {
  const at = (...rest: (string | number)[]) => ['hypervisors', index, ...rest];
  const known = ups.flatMap((each) => (each?.id === undefined ? [] : [each.id]));
  const feeds = Object.entries(given.nodes ?? {}).flatMap(([node, settings]) =>
    (settings?.poweredBy ?? []).flatMap((id, place) =>
      id === undefined || known.includes(id)
        ? []
        : [{ path: at('nodes', node, 'poweredBy', place), found: `"${id}"`, allowed: aUps(id, known) }],
    ),
  );
  const pools = Object.entries(given.pools ?? {}).map(([name, pool]): Named => [at('pools', name), pool]);
  return [...pinned(given, at('ca')), ...feeds, ...duplicates(pools), ...tooShort(at('poll'), given.poll)];
}

function aUps(wrong: string, known: string[]): string {
  return known.length === 0
    ? 'the id of a UPS; there is none under ups'
    : `the id of a UPS: ${oneOf(known, wrong)}`;
}

/** Proxmox's certificate is its own: without a pin we would hand our token to whoever answers. */
function pinned(given: Draft<SpaceSettings['hypervisors'][number]>, path: (string | number)[]): Mismatch[] {
  if ('ca' in given || 'fingerprints' in given) return [];
  return [{ path, found: 'neither ca nor fingerprints', allowed: 'ca, fingerprints, or both' }];
}
