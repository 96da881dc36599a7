import { because } from '@huismeester/contracts';
import type { Facts } from '../../facts/index.ts';
import type { ProjectFact } from '../../facts/project.ts';
import { defineRule, type Outcome, type Undecided, type ViolationFound } from '../define.ts';
import { type Findings, lookAtVms, Row } from './vms.ts';

/** SPACE-4: "none after 30 days is a warning". */
const agreedWithinMs = 30 * 24 * 3_600_000;

const noAgreement = 'project-no-agreement';
const destroyed = 'project-vm-destroyed';
const notInPool = 'project-not-in-pool';

const reads = ['project', 'projectVm', 'vm'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Watches the register of projects: a space-wide one has an agreement on how it is managed within 30 days (SPACE-4), its VMs are not destroyed before
 * two full members retired it (SPACE-3), and VMs follow their project to the pool of its class (TEAM-4). Whether a VM went while its project was
 * space-wide is known for those that this rule has seen there. It only watches.
 */
export const rule = defineRule({
  name: 'projects',
  clauses: new Map([
    ['SPACE-3', 'nothing: a space-wide VM that is destroyed is reported'],
    ['SPACE-4', 'nothing: a project without an agreement is reported'],
    ['TEAM-4', 'nothing: a VM that does not follow its project is reported'],
  ]),
  reads,
  row: Row,
  violationKinds: [noAgreement, destroyed, notInPool],
  tiers: [],
  *decide(known: Known, memory: ReadonlyMap<string, Row>, { now }): Generator<undefined, Outcome<Row>> {
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    const times: number[] = [];
    for (const project of known.project.values()) {
      yield;
      const subject = `project/${project.project}`;
      if (project.unseen) {
        undecided.push(...[noAgreement, destroyed, notInPool].map((kind) => ({ kind, subject })));
        continue;
      }
      const due = agreementDue(project);
      if (due === undefined) continue;
      if (now < due) times.push(due);
      else found.push(violation(noAgreement, 'SPACE-4', subject, [because('no-agreement')]));
    }
    const vms: Findings = yield* lookAtVms(known, memory, now);
    for (const { subject, cause, vm } of vms.destroyed) {
      const reasons = [because('vm-destroyed', { vm })];
      found.push({ ...violation(destroyed, 'SPACE-3', subject, reasons), cause, severity: 'serious' });
    }
    for (const { subject, cause, vm, of } of vms.elsewhere) {
      const reasons = [because('not-in-pool', { vm, text: of })];
      found.push({ ...violation(notInPool, 'TEAM-4', subject, reasons), cause });
    }
    for (const subject of vms.unseen) {
      undecided.push({ kind: destroyed, subject }, { kind: notInPool, subject });
    }
    const again = [...times, ...vms.times];
    return {
      opinions: [],
      memory: vms.memory,
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map([
        ['SPACE-3', 'watched'],
        ['SPACE-4', 'watched'],
        ['TEAM-4', 'watched'],
      ]),
      ...(again.length > 0 && { lookAgainAt: Math.min(...again) }),
    };
  },
});

function violation(
  kind: string,
  clause: string,
  subject: string,
  reasons: ViolationFound['reasons'],
): ViolationFound {
  return { kind, subject, severity: 'warning', clause, reasons, evidence: [] };
}

/** When a project is to have an agreement; undefined for one that needs none, or has it. */
function agreementDue({ class: of, classAt, state, agreed }: ProjectFact): number | undefined {
  return of === 'space-wide' && state !== 'retired' && !agreed ? classAt + agreedWithinMs : undefined;
}
