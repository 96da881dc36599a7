import type { Static } from 'typebox';
import type { Draft, Misfit } from '../define.ts';
import { nodeId } from '../words.ts';
import type { settings } from './settings.ts';

type Own = { [K in keyof typeof settings]: Static<(typeof settings)[K]> };
type Probe = NonNullable<Draft<Own>['probes']>[number];
type Switch = NonNullable<Draft<Own>['switches']>[number];

/** The settings that this looks at: netwatch's, and of others' what its things may depend on. */
type Given = Draft<Own> &
  Draft<{ ups: { id: string }[]; hypervisors: { id: string; nodes: Record<string, object> }[] }>;

type At = (...rest: (string | number)[]) => (string | number)[];

/** What of the settings of switches and probes does not fit together. */
export function misfits(given: Given): Misfit[] {
  const { switches = [], probes = [] } = given;
  const ids = (things: readonly ({ id?: string | undefined } | undefined)[]) =>
    things.flatMap((each) => (each?.id === undefined ? [] : [each.id]));
  const known = {
    ups: ids(given.ups ?? []),
    switch: ids(switches),
    probe: ids(probes),
    hypervisor: ids(given.hypervisors ?? []),
    node: (given.hypervisors ?? []).flatMap((each) =>
      Object.keys(each?.nodes ?? {}).map((node) => nodeId(each?.id ?? '', node)),
    ),
  };
  const eachThing = <T>(
    key: 'switches' | 'probes',
    list: readonly T[],
    look: (thing: T & object, at: At) => Misfit[],
  ) =>
    list.flatMap((thing, index) =>
      thing ? look(thing as T & object, (...rest) => [key, index, ...rest]) : [],
    );
  return [
    ...twice('switches', switches),
    ...twice('probes', probes),
    ...eachThing('switches', switches, (each, at) => [...needs(each, at, known), ...credentials(each, at)]),
    ...eachThing('probes', probes, (each, at) => [...needs(each, at, known), ...probe(each, at)]),
    ...cycles(switches, probes),
  ];
}

interface Known {
  readonly ups: readonly string[];
  readonly switch: readonly string[];
  readonly probe: readonly string[];
  readonly hypervisor: readonly string[];
  readonly node: readonly string[];
}

function twice(key: string, list: readonly ({ id?: string | undefined } | undefined)[]): Misfit[] {
  const ids = list.map((each) => each?.id);
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [{ path: [key, index, 'id'], found: `"${id}", as in another`, allowed: 'a value that no other has' }]
      : [],
  );
}

/** Whether everything that it needs is there. Which VMs there are is known when vm-lifecycle has seen them. */
function needs(each: NonNullable<Switch | Probe>, at: At, known: Known): Misfit[] {
  const powered = (each.poweredBy ?? []).flatMap((id, index) =>
    id === undefined || known.ups.includes(id)
      ? []
      : [misfit(at('poweredBy', index), id, 'the id of a UPS', known.ups)],
  );
  const depends = (each.dependsOn ?? []).flatMap((need, index) =>
    Array.isArray(need)
      ? need.flatMap((one, place) => (one ? unknownThing(one, at('dependsOn', index, place), known) : []))
      : need
        ? unknownThing(need, at('dependsOn', index), known)
        : [],
  );
  return [...powered, ...depends];
}

function unknownThing(thing: string, path: (string | number)[], known: Known): Misfit[] {
  const [kind = '', id = ''] = thing.split('/');
  if (kind === 'vm') return [];
  if (kind === 'vantage') return [misfit(path, thing, 'something that can fail for itself', [])];
  const of =
    {
      mains: known.ups,
      ups: known.ups,
      port: known.switch,
      switch: known.switch,
      probe: known.probe,
      hypervisor: known.hypervisor,
      node: known.node,
    }[kind] ?? [];
  if (of.includes(id)) return [];
  const names = of.map((name) => (kind === 'port' ? `port/${name}/…` : `${kind}/${name}`));
  return [misfit(path, thing, `a ${kind} that settings name`, names)];
}

function misfit(path: (string | number)[], wrong: string, allowed: string, names: readonly string[]): Misfit {
  const found = `"${wrong}"`;
  return names.length === 0
    ? { path, found, allowed: `${allowed}; there is none` }
    : { path, found, allowed, among: { names, wrong } };
}

function credentials({ snmp }: NonNullable<Switch>, at: At): Misfit[] {
  if (snmp === undefined || !('priv' in snmp) || snmp.priv === undefined || snmp.auth !== undefined)
    return [];
  return [
    {
      path: at('snmp', 'auth'),
      found: 'nothing, but priv',
      allowed: 'auth: SNMPv3 encrypts only what it signs',
    },
  ];
}

function probe(each: NonNullable<Probe>, at: At): Misfit[] {
  const found: Misfit[] = [];
  const { down } = each;
  if (down?.failed !== undefined && down.of !== undefined && down.of < down.failed) {
    found.push({
      path: at('down', 'of'),
      found: String(down.of),
      allowed: `at least failed, which is ${down.failed}`,
    });
  }
  if (
    each.kind === 'uplink' &&
    each.targets &&
    new Set(each.targets.map((target) => target?.operator)).size < 2
  ) {
    const allowed = 'targets of at least two operators: one that fails is not the uplink';
    found.push({ path: at('targets'), found: 'targets of one operator', allowed });
  }
  if (each.kind === 'ldap' && each.password !== undefined && each.bindDn === undefined) {
    found.push({
      path: at('bindDn'),
      found: 'nothing, but a password',
      allowed: 'the DN whose password it is',
    });
  }
  if (each.kind === 'ldap' && each.startTls === true && each.url?.startsWith('ldaps:')) {
    found.push({
      path: at('startTls'),
      found: 'true with ldaps://',
      allowed: 'one of the two: ldap:// with startTls, or ldaps://',
    });
  }
  return found;
}

/** Things that need each other, in a circle: none of them could ever be the cause. */
function cycles(switches: readonly Switch[], probes: readonly Probe[]): Misfit[] {
  const edges = new Map<string, { readonly to: string[]; readonly path: (string | number)[] }>();
  const add = (kind: string, key: string, list: readonly (Switch | Probe)[]) => {
    for (const [index, each] of list.entries()) {
      const to = (each?.dependsOn ?? []).flat().flatMap((need) => (need ? [ownerOf(need)] : []));
      if (each?.id !== undefined) edges.set(`${kind}/${each.id}`, { to, path: [key, index, 'dependsOn'] });
    }
  };
  add('switch', 'switches', switches);
  add('probe', 'probes', probes);
  const done = new Set<string>();
  const found: Misfit[] = [];
  const walk = (thing: string, above: readonly string[]): void => {
    const begin = above.indexOf(thing);
    if (begin >= 0) {
      const circle = [...above.slice(begin), thing].join(' → ');
      found.push({ path: edges.get(thing)?.path ?? [], found: circle, allowed: 'no circle' });
      return;
    }
    if (done.has(thing)) return;
    for (const next of edges.get(thing)?.to ?? []) walk(next, [...above, thing]);
    done.add(thing);
  };
  for (const thing of edges.keys()) walk(thing, []);
  return found;
}

/** A port is one with its switch. */
function ownerOf(thing: string): string {
  const [kind, id] = thing.split('/');
  return kind === 'port' ? `switch/${id}` : thing;
}
