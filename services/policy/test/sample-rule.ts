import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import { targetOfVm } from '../src/desired/target.ts';
import { defineRule, type ViolationFound } from '../src/rules/define.ts';

const clause = 'PART-4';
const longestMs = 14 * 24 * 3_600_000;

/** A rule as a newcomer writes one: participants' VMs go off two weeks after they were first seen running. */
export const sample = defineRule({
  name: 'sample',
  clauses: new Map([[clause, "Participants' VMs are shut down after two weeks"]]),
  reads: ['vm'],
  violationKinds: [],
  tiers: ['lease'],
  row: Type.Object({ seenAt: Type.Number() }),
  maySpeakOf: ({ vm }) =>
    [...vm.values()].filter((guest) => guest.class === 'participant').map((guest) => targetOfVm(guest.vm)),
  decide: ({ vm }, memory: ReadonlyMap<string, { readonly seenAt: number }>, { now }) => {
    const guests = [...vm.values()].filter((guest) => guest.class === 'participant' && guest.running);
    const rows = guests.map((guest) => {
      const target = targetOfVm(guest.vm);
      return [target, memory.get(target) ?? { seenAt: now }] as const;
    });
    const due = rows.map(([, { seenAt }]) => seenAt + longestMs).filter((at) => at > now);
    return {
      opinions: rows
        .filter(([, { seenAt }]) => now >= seenAt + longestMs)
        .map(([target]) => ({
          kind: 'act',
          target,
          tier: 'lease',
          state: 'stopped',
          clause,
          reasons: [because('no-rule')],
          evidence: [],
        })),
      memory: new Map(rows),
      events: [],
      notices: [],
      violations: { found: [], undecided: [] },
      clauses: new Map([[clause, 'watched']]),
      ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
    };
  },
});

/** A rule that only watches: participants' VMs that run without a guest agent. */
export const sampleWatch = defineRule({
  name: 'sample-watch',
  clauses: new Map([[clause, "Participants' VMs have a guest agent"]]),
  reads: ['vm'],
  violationKinds: ['without-agent'],
  row: Type.Object({ seenAt: Type.Number() }),
  tiers: [],
  *decide({ vm }, memory: ReadonlyMap<string, { readonly seenAt: number }>, { now }) {
    const found: ViolationFound[] = [];
    const rows = new Map<string, { readonly seenAt: number }>();
    for (const guest of vm.values()) {
      yield;
      if (guest.class !== 'participant' || guest.agent !== false) continue;
      const subject = targetOfVm(guest.vm);
      rows.set(subject, memory.get(subject) ?? { seenAt: now });
      found.push({
        kind: 'without-agent',
        subject,
        severity: 'warning',
        clause,
        reasons: [because('no-agent')],
        evidence: [],
      });
    }
    return {
      opinions: [],
      memory: rows,
      events: [],
      notices: [],
      violations: { found, undecided: [] },
      clauses: new Map([[clause, 'watched']]),
    };
  },
});
