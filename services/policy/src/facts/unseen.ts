import { theDirectory } from './directory.ts';
import type { Facts } from './index.ts';
import { unseen as unseenFeed } from './ups.ts';

/** Those that are kept by the ids of their subjects, of which there may be thousands. */
const byId = [
  'application',
  'grant',
  'account',
  'accessSource',
  'knownAccount',
  'accessList',
  'ownership',
  'lease',
  'project',
  'projectVm',
  'item',
  'steward',
  'designDecision',
  'wiki',
  'policyText',
] as const satisfies readonly (keyof Facts)[];

export type SeenFact =
  | 'ups'
  | 'vm'
  | 'node'
  | 'hypervisor'
  | 'incident'
  | 'person'
  | 'member'
  | 'directory'
  | (typeof byId)[number];

/**
 * The facts with those marked that nobody sees now: their source is away, or one of their events is parked. `since` says from
 * when on (ms since 1970) that is so of the fact with this id, if it is. What was last known stays in them: a power cut needs
 * it, and nothing else may follow from it. Of an unseen hypervisor nobody knows which nodes are online.
 */
export function withUnseen(facts: Facts, since: (fact: SeenFact, id: string) => number | undefined): Facts {
  const { ups, vm, node, hypervisor, incident, person, member, directory } = facts;
  const isUnseen = (fact: SeenFact, id: string): boolean => since(fact, id) !== undefined;
  const marks = byId.map((kind) => [kind, marked<object>(facts[kind], (id) => isUnseen(kind, id))]);
  return {
    ...facts,
    // Each is of the kind that it was before.
    ...(Object.fromEntries(marks) as Pick<Facts, (typeof byId)[number]>),
    ups: changed(ups, (feed) => {
      const from = since('ups', feed.ups);
      return from === undefined ? feed : unseenFeed(feed, from);
    }),
    vm: changed(vm, (guest) => (isUnseen('vm', guest.vm) ? { ...guest, unseen: true } : guest)),
    node: changed(node, (each) =>
      isUnseen('node', each.id) || isUnseen('hypervisor', each.hypervisor) ? { ...each, unseen: true } : each,
    ),
    hypervisor: changed(hypervisor, (each) =>
      isUnseen('hypervisor', each.id) ? { ...each, unseen: true } : each,
    ),
    incident: changed(incident, (each) => (isUnseen('incident', each.id) ? { ...each, unseen: true } : each)),
    person: changed(person, (each) => (isUnseen('person', each.person) ? { ...each, unseen: true } : each)),
    member: changed(member, (each) => (isUnseen('member', each.person) ? { ...each, unseen: true } : each)),
    directory: changed(directory, (each) =>
      isUnseen('directory', theDirectory) ? { ...each, unseen: true } : each,
    ),
  };
}

/** By the map: there may be thousands, and they are the same in most passes. */
const unseenOnes = new WeakMap<ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>>();

/** Those by their keys that nobody sees; where that is so of all of them the same map again, as long as it is given the same one. */
function marked<Fact extends object>(
  facts: ReadonlyMap<string, Fact>,
  isUnseen: (id: string) => boolean,
): ReadonlyMap<string, Fact> {
  let unseen = 0;
  for (const id of facts.keys()) if (isUnseen(id)) unseen += 1;
  if (unseen === 0) return facts;
  const known = unseenOnes.get(facts) as ReadonlyMap<string, Fact> | undefined;
  if (known && unseen === facts.size) return known;
  const after = new Map(
    [...facts].map(([id, fact]) => [id, isUnseen(id) ? { ...fact, unseen: true as const } : fact]),
  );
  if (unseen === facts.size) unseenOnes.set(facts, after);
  return after;
}

/** The same map when nothing in it changed. */
function changed<Fact>(
  facts: ReadonlyMap<string, Fact>,
  change: (fact: Fact) => Fact,
): ReadonlyMap<string, Fact> {
  const after = new Map([...facts].map(([key, fact]) => [key, change(fact)]));
  return [...after].some(([key, fact]) => facts.get(key) !== fact) ? after : facts;
}
