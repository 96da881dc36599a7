import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { IncidentFact } from '../../facts/incident.ts';
import type { Facts } from '../../facts/index.ts';
import {
  defineRule,
  type Notice,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
} from '../define.ts';
import { plannedBy } from './planned.ts';

const available = 'CORE-1';
const named = 'CORE-3';
const noProbes = 'space.yaml names neither switches nor probes; `huismeester init` proposes them';
const kinds = ['core-down', 'not-watched'] as const;
const reads = ['incident', 'hold', 'vm', 'node'] as const;
type Reads = (typeof reads)[number];

/**
 * Core is available (CORE-1): a core thing that is down is a violation until it is back, unless a power cut explains it or it is planned
 * (planned.ts). When a hold ends and the thing is still down, the violation opens then: nobody works on it any more. Nothing else is
 * said again: netwatch reads no holds, and its incident goes on as it was. What the policy names as core is watched (CORE-3), once a space
 * names probes or switches: before that nobody set up netwatch, which watches hypervisors all the same. The rule only watches: no incident
 * ever stops or starts anything.
 */
export const rule = defineRule({
  name: 'core',
  clauses: new Map([
    [available, 'nothing: core that is down is reported'],
    [named, 'nothing: what the policy names as core and nothing watches is reported'],
  ]),
  reads,
  row: Type.Object({}),
  violationKinds: kinds,
  tiers: [],
  notSetUp: ({ things, watched }) => (things.size + watched.size === 0 ? noProbes : undefined),
  decide({ incident, ...known }: Pick<Facts, Reads>, _, { settings, now }: RuleContext): Outcome<never> {
    const planned = plannedBy(known, now);
    const core = [...incident.values()].flatMap((each) => {
      const { things } = planned(each);
      return each.members
        .filter((member) => member.core && !each.outage && !things.has(member.thing))
        .map((member) => ({ each, member }));
    });
    const down = core.filter(({ each, member }) => member.state === 'down' && !each.unseen);
    // Of what cannot be seen nobody can tell whether it is down: what was found stays.
    const unclear = core.filter(({ each, member }) => member.state === 'unknown' || each.unseen);
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: outagesOf(down),
      violations: {
        found: [...down.map(({ each, member }) => coreDown(each, member.thing)), ...unwatched(settings)],
        undecided: unclear.map(({ member }): Undecided => ({ kind: 'core-down', subject: member.thing })),
      },
      clauses: new Map([
        [available, 'watched'],
        [named, settings.things.size === 0 ? { notSetUp: noProbes } : 'watched'],
      ]),
    };
  },
});

/** One notice for a whole incident, however many core things are down in it, and however they and its root change. */
function outagesOf(down: readonly { readonly each: IncidentFact }[]): Notice[] {
  const incidents = new Map(down.map(({ each }) => [each.id, each]));
  return [...incidents.values()].map(({ id, root }) => ({
    kind: 'core-outage',
    subject: `incident/${id}`,
    moment: id,
    to: 'team',
    urgency: 'now',
    severity: 'serious',
    clause: available,
    reasons: [because('core-down'), because('down-because', { text: root })],
  }));
}

function coreDown({ root, correlationid }: IncidentFact, subject: string): ViolationFound {
  const reasons =
    root === subject
      ? [because('core-down')]
      : [because('core-down'), because('down-because', { text: root })];
  return {
    kind: 'core-down',
    subject,
    severity: 'serious',
    clause: available,
    reasons,
    evidence: [correlationid],
  };
}

/** Those of the five of CORE-3 that nothing watches. */
function unwatched({ things, watched }: RuleContext['settings']): ViolationFound[] {
  if (things.size === 0) return [];
  return coreFive
    .filter((each) => !watched.has(each))
    .map((each) => ({
      kind: 'not-watched',
      subject: `core/${each}`,
      severity: 'warning',
      clause: named,
      reasons: [each === 'hypervisor' ? because('no-hypervisor') : because('not-watched', { text: each })],
      evidence: [],
    }));
}

/** "De hypervisor; een werkende internetverbinding; de website; inlogsysteem (LDAP); Spacenet" (CORE-3). */
export const coreFive = ['hypervisor', 'uplink', 'website', 'directory', 'spacenet'] as const;
