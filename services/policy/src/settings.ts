import { createHash } from 'node:crypto';
import { milliseconds, type SpaceSettings } from '@huismeester/contracts';
import { nodeKey } from './facts/node.ts';
import { timeOfDay } from './rules/civil-time.ts';
import { leasePlan } from './rules/lease/plan.ts';
import { powerPlan } from './rules/power/plan.ts';
import type { AccessPlan, NodePlan, PolicySettings } from './rules/settings.ts';

/** The parts of `space.yaml` that policy uses. */
export const usedSettings = [
  'site',
  'ups',
  'hypervisors',
  'switches',
  'probes',
  'self',
  'directory',
  'adoption',
  'policy',
  'testing',
  'http',
  'secrets',
  'mail',
  'notices',
  'board',
  'wiki',
  'team',
  'access',
  'web',
] as const satisfies readonly (keyof SpaceSettings)[];
export type UsedSettings = (typeof usedSettings)[number];
type PolicyServiceSettings = Pick<SpaceSettings, UsedSettings>;

/** What the rules need of the settings; the hash stands in each decision, so that it can be said under which it was made. */
export function decisionSettings(settings: PolicyServiceSettings): PolicySettings {
  const { site, ups, hypervisors, switches, probes, self, adoption, policy, testing } = settings;
  const nodes = new Map(
    hypervisors.flatMap((hypervisor) =>
      Object.entries(hypervisor.nodes).map(([node, settings]) => nodePlan(hypervisor, node, settings)),
    ),
  );
  const text = JSON.stringify({ policy, self, nodes: [...nodes] });
  return {
    plan: powerPlan(policy.power),
    lease: leasePlan(policy.lease, site.timezone, testing.leaseSpeed),
    ...(adoption.deadline !== 'never' && { adoptionMs: milliseconds(adoption.deadline) }),
    mail: settings.mail !== undefined,
    nodes,
    /** The ids of all UPSes. */
    ups: ups.map(({ id }) => id),
    self: new Set(self.dependsOn),
    things: new Set([...switches.map(({ id }) => `switch/${id}`), ...probes.map(({ id }) => `probe/${id}`)]),
    dependsOn: new Map([
      ...switches.map(({ id, dependsOn }) => [`switch/${id}`, dependsOn] as const),
      ...probes.map(({ id, dependsOn }) => [`probe/${id}`, dependsOn] as const),
    ]),
    watched: watchedBy(settings),
    directory: settings.directory !== undefined,
    team: { remindBeforeMs: milliseconds(settings.team.remindBefore) },
    access: accessPlan(settings),
    creates: hypervisors.some(({ tokens }) => tokens.create !== undefined),
    report: {
      at: timeOfDay(policy.report.at, site.timezone),
      board: settings.board.address !== undefined,
    },
    wiki: settings.wiki !== undefined,
    ...(policy.text && {
      policyText: { hasRevision: policy.text.revision !== undefined, isOnWiki: 'url' in policy.text },
    }),
    hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
  };
}

/**
 * What stands for one of those that CORE-3 names: the hypervisor is watched through its own API, all others by a probe. A port with the role
 * uplink is none: a link to the modem is no working internet connection.
 */
function watchedBy({ hypervisors, probes }: PolicyServiceSettings): ReadonlySet<string> {
  return new Set([
    ...probes.flatMap(({ role }) => role ?? []),
    ...(hypervisors.length > 0 ? ['hypervisor'] : []),
  ]);
}

function accessPlan({ access, hypervisors, probes, wiki, site }: PolicyServiceSettings): AccessPlan {
  const idsOf = (isReviewed: boolean) =>
    hypervisors.flatMap(({ id, tokens }) => ((tokens.review !== undefined) === isReviewed ? [id] : []));
  return {
    confirmEveryMs: milliseconds(access.confirmEvery),
    reviewed: [...idsOf(true), ...(wiki === undefined ? [] : ['wiki'])],
    unreviewed: idsOf(false),
    sources: new Map(probes.flatMap(({ id, role }) => sourceOf(role, `probe/${id}`))),
    zone: site.timezone,
  };
}

/** What the access review reads of what a probe looks at: people's directory has its own groups, and the website is the wiki. */
function sourceOf(role: PolicyServiceSettings['probes'][number]['role'], thing: string): [string, string][] {
  if (role === 'directory') return [[thing, 'directory']];
  return role === 'website' ? [[thing, 'wiki']] : [];
}

type Hypervisor = PolicyServiceSettings['hypervisors'][number];

function nodePlan(
  { id, parallelPerNode }: Hypervisor,
  node: string,
  { poweredBy, nodeShutdown, ownShutdown, wake }: Hypervisor['nodes'][string],
): [string, NodePlan] {
  const plan: NodePlan = {
    hypervisor: id,
    node,
    poweredBy,
    nodeShutdown,
    ...(wake !== undefined && { wake }),
    ownShutdownMs: milliseconds(ownShutdown),
    parallel: parallelPerNode,
  };
  return [nodeKey(id, node), plan];
}
