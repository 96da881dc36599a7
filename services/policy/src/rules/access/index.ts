import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import type { KnownAccountFact } from '../../facts/known-account.ts';
import { noDirectory } from '../../facts/of-team.ts';
import { endOfDay } from '../civil-time.ts';
import {
  defineRule,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
  type Watch,
} from '../define.ts';
import type { AccessPlan } from '../settings.ts';
import { grantsByPerson, lookAtAccount, notMember, serviceOf } from './account.ts';
import { listDue, listedNotMember, listOverdue, lookAtListed, overdueList } from './lists.ts';
import { lookAtSteward, withoutSteward } from './stewards.ts';

const serviceOverdue = 'service-account-overdue';
const reads = [
  'account',
  'accessSource',
  'knownAccount',
  'accessList',
  'grant',
  'member',
  'person',
  'directory',
  'vm',
  'clock',
] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Who really has admin access to core (CORE-4), by the accounts with such rights and by lists that are kept by hand: who is neither a full member nor
 * on trial with a grant on core is a violation. Lists and service accounts that nobody looked at in time are warnings (CORE-2), and so are service accounts that nobody looks after. It revokes nothing.
 * Nothing opens or closes for what could not be read whole, and nothing becomes overdue by a clock that is not believed.
 */
export const rule = defineRule({
  name: 'access',
  clauses: new Map([
    ['CORE-2', 'nothing: lists that nobody confirmed in time are reported'],
    ['CORE-4', 'nothing: who has admin access and is no member is reported'],
  ]),
  reads,
  row: Type.Object({}),
  violationKinds: [notMember, listedNotMember, listOverdue, serviceOverdue, withoutSteward],
  tiers: [],
  notSetUp: ({ directory }) => (directory ? undefined : noDirectory),
  *decide(known: Known, _: unknown, context: RuleContext): Generator<undefined, Outcome<never>> {
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    const grants = grantsByPerson(known.grant);
    const due = createDue(known, context, { found, undecided });
    for (const account of known.account.values()) {
      yield;
      const subject = `account/${account.account}`;
      const looked = lookAtAccount(account, known, grants);
      if (looked === 'undecided') undecided.push({ kind: notMember, subject });
      else if (looked) found.push(looked);
      const by = known.knownAccount.get(account.account);
      const service = serviceOf(account, by);
      if (by === undefined || service === undefined) continue;
      due.add(by, endOfDay(service.review, context.settings.access.zone), overdueService(by));
      const steward = lookAtSteward(by, known);
      if (steward === 'undecided') undecided.push({ kind: withoutSteward, subject });
      else if (steward) found.push(steward);
    }
    for (const list of known.accessList.values()) {
      yield;
      const listed = lookAtListed(list, known, grants);
      found.push(...listed.found);
      undecided.push(...listed.undecided);
      due.add(list, listDue(list, context.settings.access.confirmEveryMs), overdueList(list));
    }
    const lookAgainAt = due.next();
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: { found, undecided },
      clauses: new Map<string, Watch>([
        ['CORE-2', 'watched'],
        ['CORE-4', watchOf(known, context.settings.access)],
      ]),
      ...(lookAgainAt !== undefined && { lookAgainAt }),
    };
  },
});

/** Collects what is overdue, and remembers when the next is. */
function createDue(
  { clock }: Pick<Known, 'clock'>,
  { now }: RuleContext,
  { found, undecided }: { found: ViolationFound[]; undecided: Undecided[] },
) {
  const isBelieved = isClockBelieved({ clock });
  let next: number | undefined;
  return {
    add({ unseen }: { readonly unseen?: true }, at: number, violation: ViolationFound): void {
      const { kind, subject } = violation;
      if (unseen || !isBelieved) undecided.push({ kind, subject });
      else if (now >= at) found.push(violation);
      else next = Math.min(at, next ?? at);
    },
    next: () => next,
  };
}

function overdueService({ account, service }: KnownAccountFact): ViolationFound {
  return {
    kind: serviceOverdue,
    subject: `account/${account}`,
    severity: 'warning',
    clause: 'CORE-2',
    reasons: [because('service-not-reviewed', { text: service?.review ?? '' })],
    evidence: [],
  };
}

/** How well it is watched who has admin access: unknown where a source could not be read, not set up where a hypervisor has no token for it. */
function watchOf({ accessSource }: Known, { reviewed, unreviewed }: AccessPlan): Watch {
  const sources = [...accessSource.values()];
  const unread = reviewed.filter((id) => !accessSource.has(id));
  const why = [
    ...sources.flatMap(({ source, unseen }) =>
      unseen ? [`what membership says of ${source} is not seen`] : [],
    ),
    ...sources.flatMap(({ source, state, lacks, unseen }) =>
      state === 'unknown' && !unseen && !unreviewed.includes(source)
        ? [`${source} could not be read whole: ${lacks ?? 'it failed'}`]
        : [],
    ),
    ...unread.map((id) => `${id} was not read yet`),
  ];
  if (why.length > 0) return { unknown: why.join('; ') };
  if (unreviewed.length === 0) return 'watched';
  const each = unreviewed.map((id) => `hypervisors.${id}.tokens.review`);
  return {
    notSetUp: `nobody looks who has admin rights at ${unreviewed.join(', ')}: set ${each.join(', ')} in space.yaml; \`huismeester init\` proposes how`,
  };
}
