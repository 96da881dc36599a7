import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { Hold } from '../../facts/hold.ts';
import type { IncidentFact } from '../../facts/incident.ts';
import type { Facts } from '../../facts/index.ts';
import {
  defineRule,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
} from '../define.ts';

const available = 'CORE-1';
const named = 'CORE-3';
const kinds = ['core-down', 'not-watched'] as const;

/**
 * Core is available (CORE-1): a core thing that is down is a violation until it is back, unless a power cut explains it or somebody
 * works on it. What the policy names as core is watched (CORE-3). It only watches: no incident ever stops or starts anything.
 */
export const rule = defineRule({
  name: 'core',
  clauses: new Map([
    [available, 'nothing: core that is down is reported'],
    [named, 'nothing: what the policy names as core and nothing watches is reported'],
  ]),
  reads: ['incident', 'hold'],
  row: Type.Object({}),
  violationKinds: kinds,
  tiers: [],
  notSetUp: ({ watched }) =>
    watched === undefined
      ? 'space.yaml names neither switches nor probes; `huismeester init` proposes them'
      : undefined,
  decide({ incident, hold }: Pick<Facts, 'incident' | 'hold'>, _, { settings }: RuleContext): Outcome<never> {
    const held = new Set([...hold.values()].map((each: Hold): string => each.target));
    const open = [...incident.values()].filter((each) => !each.outage && !isHeld(each.root, held));
    const core = open.flatMap((each) =>
      each.members
        .filter((member) => member.core && !isHeld(member.thing, held))
        .map((member) => ({ each, member })),
    );
    const down = core.filter(({ each, member }) => member.state === 'down' && !each.unseen);
    // Of what cannot be seen nobody can tell whether it is down: what was found stays.
    const unclear = core.filter(({ each, member }) => member.state === 'unknown' || each.unseen);
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: {
        found: [...down.map(({ each, member }) => coreDown(each, member.thing)), ...unwatched(settings)],
        undecided: unclear.map(({ member }): Undecided => ({ kind: 'core-down', subject: member.thing })),
      },
      clauses: new Map([
        [available, 'watched'],
        [named, 'watched'],
      ]),
    };
  },
});

/** Whether somebody works on it, or on the switch that a port is of. */
function isHeld(thing: string, held: ReadonlySet<string>): boolean {
  const [kind, id] = thing.split('/');
  return held.has(thing) || (kind === 'port' && held.has(`switch/${id}`));
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
function unwatched({ watched = new Set() }: RuleContext['settings']): ViolationFound[] {
  return coreFive
    .filter((each) => !watched.has(each))
    .map((each) => ({
      kind: 'not-watched',
      subject: `core/${each}`,
      severity: 'warning',
      clause: named,
      reasons: [because('not-watched', { text: each })],
      evidence: [],
    }));
}

/** "De hypervisor; een werkende internetverbinding; de website; inlogsysteem (LDAP); Spacenet" (CORE-3). */
export const coreFive = ['hypervisor', 'uplink', 'website', 'directory', 'spacenet'] as const;
