import type { Facts } from '../facts/index.ts';
import type { Source } from './sources.ts';

/**
 * What cannot be seen now although the space hangs on it, by what people call it: logs that cannot be read, UPSes and hypervisors that do not answer, and core
 * of which a probe does not know how it is. Of what a log says that cannot be read, the log alone is named.
 */
export function unseenOf(
  facts: Facts | undefined,
  sources: readonly Source[],
  called: (thing: string) => string,
): string[] {
  const away = new Set(sources.flatMap(({ service, state }) => (state === 'away' ? [service] : [])));
  if (facts === undefined) return [...away];
  const { ups, hypervisor, incident } = facts;
  const of = <Fact>(
    source: string,
    from: ReadonlyMap<string, Fact>,
    names: (each: Fact) => readonly string[],
  ) => (away.has(source) ? [] : [...from.values()].flatMap(names));
  return [
    ...away,
    ...of('ups-monitor', ups, (each) =>
      each.contact.ok && each.mains !== 'unknown' ? [] : [`UPS ${each.ups}`],
    ),
    ...of('vm-lifecycle', hypervisor, (each) =>
      each.reachable && !each.unseen ? [] : [`hypervisor ${each.id}`],
    ),
    ...of('netwatch', incident, ({ members }) =>
      members.flatMap(({ thing, core, state }) => (core && state === 'unknown' ? [called(thing)] : [])),
    ),
  ];
}

/** What people call a thing, as `vm/101` or `probe/website`; `names` has those that have one. */
export function calledBy(names: ReadonlyMap<string, string>): (thing: string) => string {
  return (thing) => {
    const [kind = '', id = ''] = thing.split('/');
    if (kind === 'vm') return names.get(thing) ?? `VM ${id}`;
    return kind === 'probe' ? id : `${kind} ${id}`;
  };
}
