import { because, type ReasonCode } from '@huismeester/contracts';
import { Type } from 'typebox';
import { targetOfVm } from '../../desired/target.ts';
import { theDirectory } from '../../facts/directory.ts';
import type { Facts } from '../../facts/index.ts';
import type { PersonFact } from '../../facts/person.ts';
import {
  defineRule,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
} from '../define.ts';
import { unclaimedIn, unclaimedKind } from './unclaimed.ts';

const clause = 'PART-3';
const kind = 'owner-away';
const reads = ['vm', 'ownership', 'person', 'directory'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Who makes a VM is responsible for it (PART-3): one whose owner the directory does not have any more, or whose account is disabled, is a
 * violation until it has another owner or is gone. Its lease goes on as ever. Of whom it is about nothing is said: it is the VM's. While the
 * directory cannot be read whole, or somebody is not seen, nothing opens or closes. So is one that nobody claimed in the time that settings
 * give (`adoption.deadline`), if they give one.
 */
export const rule = defineRule({
  name: 'ownership',
  clauses: new Map([[clause, 'nothing: VMs without an owner in the directory are reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [kind, unclaimedKind],
  tiers: [],
  notSetUp: ({ directory }) =>
    directory ? undefined : 'name a directory of people under `directory` in space.yaml',
  *decide(known: Known, _: unknown, context: RuleContext): Generator<undefined, Outcome<never>> {
    const unclaimed = yield* unclaimedIn(known, context);
    const found: ViolationFound[] = [...unclaimed.found];
    const undecided: Undecided[] = [...unclaimed.undecided];
    const directory = known.directory.get(theDirectory);
    const isKnown = directory?.state === 'known' && directory.unseen !== true;
    for (const { vm, owner, unseen } of known.ownership.values()) {
      yield;
      const subject = targetOfVm(vm);
      const person = owner === undefined ? undefined : known.person.get(owner);
      if (!isKnown || unseen || person?.unseen) undecided.push({ kind, subject });
      else if (owner !== undefined) found.push(...awayOf(subject, person));
    }
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map([[clause, isKnown ? 'watched' : { unknown: 'the directory cannot be read whole' }]]),
      ...(unclaimed.lookAgainAt !== undefined && { lookAgainAt: unclaimed.lookAgainAt }),
    };
  },
});

function awayOf(subject: string, person: PersonFact | undefined): ViolationFound[] {
  if (person?.enabled) return [];
  const code: ReasonCode = person ? 'owner-disabled' : 'owner-gone';
  return [
    { kind, subject, cause: code, severity: 'warning', clause, reasons: [because(code)], evidence: [] },
  ];
}
