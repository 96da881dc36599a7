import { nodeId, type SpaceSettings } from '@huismeester/contracts';
import type { SeenThing, Vertex } from '../things.ts';
import {
  type HypervisorFact,
  type IncidentFact,
  keyOf,
  type NodeFact,
  type OutsideFact,
  type OwnershipFact,
  type UpsFact,
  type VmFact,
  type WatchedFact,
} from './fact.ts';

/** What settings say of the things of other services. */
export type OutsideSettings = Pick<SpaceSettings, 'ups' | 'hypervisors' | 'switches' | 'probes'>;

/** The facts by their kinds, without what settings name no more. */
export interface Facts {
  readonly upses: readonly UpsFact[];
  readonly watched: readonly WatchedFact[];
  readonly vms: readonly VmFact[];
  readonly nodes: readonly NodeFact[];
  readonly hypervisors: readonly HypervisorFact[];
  readonly ownerships: readonly OwnershipFact[];
  readonly incidents: readonly IncidentFact[];
  /** The id of a node by its hypervisor and name. */
  readonly idOf: (hypervisor: string, node: string) => string;
}

/** Of what is no longer in the settings no log says that it is gone. */
export function factsOf(all: readonly OutsideFact[], settings: OutsideSettings): Facts {
  const known = new Set([...settings.hypervisors].map(({ id }) => id));
  const ofKind = <Kind extends OutsideFact['kind']>(kind: Kind) =>
    all.filter((fact): fact is Extract<OutsideFact, { kind: Kind }> => fact.kind === kind);
  const nodes = ofKind('node').filter(({ hypervisor }) => known.has(hypervisor));
  const ids = new Map(nodes.map(({ id, hypervisor, node }) => [`${hypervisor}/${node}`, id]));
  return {
    upses: ofKind('ups').filter(({ id }) => settings.ups.some((each) => each.id === id)),
    watched: [
      ...ofKind('switch').filter(({ id }) => settings.switches.some((each) => each.id === id)),
      ...ofKind('probe').filter(({ id }) => settings.probes.some((each) => each.id === id)),
    ],
    vms: ofKind('vm').filter(({ hypervisor }) => known.has(hypervisor)),
    nodes,
    hypervisors: ofKind('hypervisor').filter(({ id }) => known.has(id)),
    ownerships: ofKind('ownership'),
    incidents: ofKind('incident'),
    idOf: (hypervisor, node) => ids.get(`${hypervisor}/${node}`) ?? nodeId(hypervisor, node),
  };
}

const unknown: SeenThing = { state: 'unknown' };

/** Every thing that settings name or that another service listed (PRIV-2), with how it is; of what nobody looked at that is unknown. */
export function seenThings(facts: Facts, settings: OutsideSettings): Map<Vertex, SeenThing> {
  const { ups, switches, probes, hypervisors } = settings;
  const failing = new Map(
    facts.incidents.flatMap(({ members }) => members).map((each) => [each.thing, each]),
  );
  const lost = facts.incidents.find(({ root }) => root === 'vantage/main');
  const owners = new Map(
    facts.ownerships.flatMap(({ vm, incarnation, owner }) =>
      owner === undefined ? [] : [[`${vm} ${incarnation}`, owner] as const],
    ),
  );
  const named = [
    ...ups.map(({ id }) => `ups/${id}`),
    ...switches.map(({ id }) => `switch/${id}`),
    ...probes.map(({ id }) => `probe/${id}`),
    ...hypervisors.map(({ id }) => `hypervisor/${id}`),
    ...hypervisors.flatMap(({ id, nodes }) =>
      Object.keys(nodes).map((node) => `node/${facts.idOf(id, node)}`),
    ),
  ];
  const things = new Map(named.map((vertex) => [vertex, unknown]));
  for (const fact of facts.upses) things.set(keyOf(fact), seenUps(fact));
  for (const fact of facts.watched) {
    things.set(keyOf(fact), lost ? { state: 'unknown', since: lost.since } : seenWatched(fact));
  }
  for (const [vertex, { state, since }] of failing) {
    if (!lost && things.has(vertex)) things.set(vertex, { state, since });
  }
  const away = awayFrom(facts);
  for (const { id, hypervisor, online, since } of facts.nodes)
    things.set(`node/${id}`, away(hypervisor) ?? seen(online ? 'online' : 'offline', since));
  for (const { id, reachable, since } of facts.hypervisors)
    things.set(`hypervisor/${id}`, seen(reachable ? 'reachable' : 'unreachable', since));
  for (const fact of facts.vms) {
    const owner = owners.get(`${fact.id} ${fact.incarnation}`);
    const node = facts.idOf(fact.hypervisor, fact.node);
    const { hypervisor } = fact;
    things.set(keyOf(fact), { ...seenVm(fact, node, owner), ...away(hypervisor, fact.node) });
  }
  return things;
}

/** Whether a hypervisor, or a node of it, says nothing now: how what is on it is, is unknown then, and since when. */
function awayFrom({ hypervisors, nodes }: Facts) {
  const byHypervisor = new Map(hypervisors.map((each) => [each.id, each]));
  const byNode = new Map(nodes.map((each) => [`${each.hypervisor}/${each.node}`, each]));
  return (hypervisor: string, node?: string): SeenThing | undefined => {
    const of = byHypervisor.get(hypervisor);
    if (of?.reachable === false) return seen('unknown', of.since);
    const on = node === undefined ? undefined : byNode.get(`${hypervisor}/${node}`);
    return on?.online === false ? seen('unknown', on.since) : undefined;
  };
}

function seen(state: string, since: string | undefined): SeenThing {
  return { state, ...(since !== undefined && { since }) };
}

/** What is not seen is unknown, however it was. */
function seenUps({ mains, since, contact, contactSince }: UpsFact): SeenThing {
  return contact ? seen(mains, since) : seen('unknown', contactSince);
}

function seenWatched({ state, since }: WatchedFact): SeenThing {
  return seen(state, since);
}

function seenVm(
  { running, since, class: of, name }: VmFact,
  node: string,
  owner: string | undefined,
): SeenThing {
  return {
    ...(running === undefined ? unknown : seen(running ? 'running' : 'stopped', since)),
    class: of,
    name,
    node,
    ...(owner !== undefined && { owner }),
  };
}
