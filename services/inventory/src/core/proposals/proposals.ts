import type { ItemFields, ItemProposalResource, SpaceSettings } from '@huismeester/contracts';
import type { SeenThing, Vertex } from '../things.ts';
import { type Named, namedByPolicy, thingsFor } from './named.ts';

/** What was answered to a proposal before; null: it is not to be registered. */
export interface Answered {
  readonly since: Date;
  readonly item: string | null;
}

/** What is there, what is registered, and what was answered. */
export interface Situation {
  readonly things: ReadonlyMap<Vertex, SeenThing>;
  /** Those of the register that are not retired, by id. */
  readonly items: ReadonlyMap<string, Pick<ItemFields, 'stands_for'>>;
  readonly answered: ReadonlyMap<string, Answered>;
  readonly settings: Pick<SpaceSettings, 'switches' | 'probes' | 'site'>;
}

/**
 * What was seen, or what the policy names, and that nobody registered; in the order of ids. What the policy names stands for the thing that settings
 * give that role, which is not proposed twice. VMs are those of core and space-wide projects alone: a participant's is that participant's business.
 */
export function proposalsOf(situation: Situation): ItemProposalResource[] {
  const { things, items, answered } = situation;
  const registered = new Set([...items.values()].map(({ stands_for }) => stands_for));
  const named = namedByPolicy.flatMap((each) => proposalOfNamed(each, situation, registered));
  const known = new Set([...registered, ...named.map(({ stands_for }) => stands_for)]);
  const seen = [...things].flatMap(([vertex, thing]) =>
    known.has(vertex) ? [] : proposalOfThing(vertex, thing, situation),
  );
  const isDismissed = (id: string) => answered.get(id)?.item === null;
  return [...named, ...seen]
    .map((each) => ({ ...each, dismissed: isDismissed(each.id) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function proposalOfNamed(
  named: Named,
  { things, items, answered, settings }: Situation,
  registered: ReadonlySet<string | undefined>,
): ItemProposalResource[] {
  const { id, kind, layer, core, because, name } = named;
  const candidates = thingsFor(named, things.keys(), settings.probes);
  const item = answered.get(id)?.item;
  if (candidates.some((each) => registered.has(each)) || (item && items.has(item))) return [];
  const [thing] = candidates;
  return [
    {
      id,
      name: name[settings.site.language],
      kind,
      layer,
      core,
      space_wide: because === 'SPACE-2',
      ...(thing !== undefined && { stands_for: thing }),
      because,
      dismissed: false,
    },
  ];
}

const kinds: Readonly<Record<string, Pick<ItemProposalResource, 'kind' | 'layer'>>> = {
  ups: { kind: 'ups', layer: 'supporting' },
  switch: { kind: 'switch', layer: '2' },
  node: { kind: 'server', layer: '1' },
  hypervisor: { kind: 'server-software', layer: '7' },
  probe: { kind: 'service', layer: '7' },
  vm: { kind: 'server-software', layer: '7' },
};

function proposalOfThing(vertex: Vertex, thing: SeenThing, { settings }: Situation): ItemProposalResource[] {
  const [kind = '', id = ''] = vertex.split('/');
  const as = kinds[kind];
  if (as === undefined || (kind === 'vm' && thing.class === 'participant')) return [];
  const isCore =
    thing.class === 'core' || kind === 'node' || kind === 'hypervisor' || isCoreBySettings(vertex, settings);
  return [
    {
      id: vertex,
      name: nameOf(thing.name ?? id, vertex),
      ...as,
      core: isCore ? 'availability' : 'no',
      space_wide: thing.class === 'space-wide',
      stands_for: vertex,
      because: 'seen',
      dismissed: false,
    },
  ];
}

function isCoreBySettings(vertex: Vertex, { switches, probes }: Situation['settings']): boolean {
  return (
    switches.some(({ id, core }) => core && vertex === `switch/${id}`) ||
    probes.some(({ id, core }) => core && vertex === `probe/${id}`)
  );
}

/** As an item may be called. */
function nameOf(name: string, vertex: Vertex): string {
  const most = 80;
  return name.length < 2 ? vertex : name.slice(0, most);
}
