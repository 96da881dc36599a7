import type { Draft, Misfit } from '../../define.ts';
import { type DependsOn, nodeId } from '../../words.ts';
import { cycles } from './cycles.ts';
import { needs } from './needs.ts';
import { ofProbe } from './probe.ts';
import { ofSwitch } from './switch.ts';
import type { At, Needy, Own } from './thing.ts';

/** The settings that this looks at: netwatch's, and of others' what its things may depend on. */
type Given = Own &
  Draft<{
    ups: { id: string }[];
    hypervisors: { id: string; nodes: Record<string, object>; dependsOn: DependsOn }[];
  }>;

/** What of the settings of switches and probes, and of what hypervisors depend on, does not fit together. */
export function misfits(given: Given): Misfit[] {
  const { switches = [], probes = [], hypervisors = [] } = given;
  const ids = (things: readonly ({ id?: string | undefined } | undefined)[]) =>
    things.flatMap((each) => (each?.id === undefined ? [] : [each.id]));
  const known = {
    ups: ids(given.ups ?? []),
    switch: ids(switches),
    probe: ids(probes),
    hypervisor: ids(hypervisors),
    node: hypervisors.flatMap((each) =>
      Object.keys(each?.nodes ?? {}).map((node) => nodeId(each?.id ?? '', node)),
    ),
  };
  const eachThing = <T>(
    key: 'switches' | 'probes' | 'hypervisors',
    list: readonly T[],
    look: (thing: T & object, at: At) => Misfit[],
  ) =>
    list.flatMap((thing, index) =>
      thing ? look(thing as T & object, (...rest) => [key, index, ...rest]) : [],
    );
  return [
    ...twice('switches', switches),
    ...twice('probes', probes),
    ...eachThing('switches', switches, (each, at) => [...needs(each, at, known), ...ofSwitch(each, at)]),
    ...eachThing('probes', probes, (each, at) => [...needs(each, at, known), ...ofProbe(each, at)]),
    ...eachThing('hypervisors', hypervisors, (each: Needy, at) => needs(each, at, known)),
    ...cycles({ switches, probes, hypervisors }),
  ];
}

function twice(key: string, list: readonly ({ id?: string | undefined } | undefined)[]): Misfit[] {
  const ids = list.map((each) => each?.id);
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [{ path: [key, index, 'id'], found: `"${id}", as in another`, allowed: 'a value that no other has' }]
      : [],
  );
}
