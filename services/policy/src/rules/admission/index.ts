import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { ApplicationFact } from '../../facts/application.ts';
import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import { noDirectory, whyUnknown } from '../../facts/of-team.ts';
import {
  defineRule,
  type Notice,
  type Outcome,
  type RuleContext,
  type Undecided,
  type ViolationFound,
  type Watch,
} from '../define.ts';
import { askedAbout, electorate } from './asked.ts';
import { outcomeNotices } from './outcome.ts';
import { proposalNotices } from './proposal.ts';
import { trialLookAt, trialNotices, trialUndecided, undecidedTrial } from './trial.ts';

const waits = 'application-waits';
const reads = ['application', 'member', 'person', 'directory', 'clock'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Admission to the team (JOIN-1 to 3): who is asked for what, what the applicant hears of the outcome, an application that waits since nobody can go
 * on with it, and a trial whose end is past. The rule only watches: membership counts votes, and nobody is promoted or ended by a timer. Of what is
 * not seen, and while the directory cannot be read whole, nothing opens or closes, and nobody is asked.
 */
export const rule = defineRule({
  name: 'admission',
  clauses: new Map([
    ['JOIN-1', 'nothing: who has not voted is reminded, and what waits is reported'],
    ['JOIN-2', 'nothing: board members in the team are asked, and what waits for one is reported'],
    ['JOIN-3', 'nothing: a trial whose end is past is reported'],
  ]),
  reads,
  row: Type.Object({}),
  violationKinds: [waits, trialUndecided],
  tiers: [],
  notSetUp: ({ directory }) => (directory ? undefined : noDirectory),
  *decide(known: Known, _: unknown, context: RuleContext): Generator<undefined, Outcome<never>> {
    const unknown = whyUnknown(known);
    const look = createLook(known, context, unknown === undefined);
    for (const application of known.application.values()) {
      yield;
      look.application(application);
    }
    for (const member of known.member.values()) {
      yield;
      look.member(member);
    }
    const watch: Watch = unknown === undefined ? 'watched' : { unknown };
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      clauses: new Map(['JOIN-1', 'JOIN-2', 'JOIN-3'].map((clause) => [clause, watch] as const)),
      ...look.outcome(),
    };
  },
});

function createLook(known: Known, { now, settings }: RuleContext, isKnown: boolean) {
  const { remindBeforeMs } = settings.team;
  const isTeamSeen = [...known.member.values(), ...known.person.values()].every((each) => !each.unseen);
  const isBelieved = isClockBelieved(known);
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  const notices: Notice[] = [];
  const times: number[] = [];
  const later = (at: number | undefined) => {
    if (at !== undefined && at > now) times.push(at);
  };
  return {
    application(application: ApplicationFact): void {
      const subject = `application/${application.application}`;
      if (application.unseen || !isKnown || !isTeamSeen) {
        undecided.push({ kind: waits, subject });
        return;
      }
      found.push(...waiting(application, known, subject));
      if (!isBelieved) return;
      const asked = askedAbout(application, known, { now, remindBeforeMs });
      notices.push(
        ...asked.flatMap((each) => toEach(each, application)),
        ...outcomeNotices(application, now),
      );
      if (application.state === 'open' && application.ends !== undefined) {
        later(application.ends - remindBeforeMs);
        later(application.ends - dayMs);
        later(application.ends);
      }
    },
    member(member: NonNullable<ReturnType<Known['member']['get']>>): void {
      const subject = `person/${member.person}`;
      if (member.unseen || !isBelieved) {
        undecided.push({ kind: trialUndecided, subject });
        return;
      }
      if (isKnown && isTeamSeen) notices.push(...proposalNotices(member, known));
      if (member.state === 'trial' && member.until !== undefined) {
        if (now >= member.until) found.push(undecidedTrial(member));
        notices.push(...trialNotices(member, now));
        later(trialLookAt(member, now));
      }
    },
    outcome: () => ({
      notices,
      violations: { found, undecided },
      ...(times.length > 0 && { lookAgainAt: Math.min(...times) }),
    }),
  };
}

const dayMs = 24 * 3_600_000;

function toEach({ people, ...asked }: ReturnType<typeof askedAbout>[number], of: ApplicationFact): Notice[] {
  const [subject, about] = [`application/${of.application}`, of.person];
  return people.map((person) => ({
    ...asked,
    subject,
    to: { person },
    severity: 'info',
    reasons: [],
    // Of one's own application nobody needs to read one's own name.
    ...(person !== about && { about }),
  }));
}

/** An application with which nobody can go on: no full member may vote on it, or no board member in the team could veto it. */
function waiting(application: ApplicationFact, known: Known, subject: string): ViolationFound[] {
  const { state, boardUntil, person } = application;
  const isForBoard = state === 'awaiting-board' && boardUntil === undefined;
  const isForTeam = state === 'open' && electorate(application, known).length === 0;
  if (!isForBoard && !isForTeam) return [];
  const code = isForBoard ? 'waits-for-board' : 'waits-for-team';
  return [
    {
      kind: waits,
      subject,
      // With the applicant, who may read it.
      cause: `${code} person/${person}`,
      severity: 'warning',
      clause: isForBoard ? 'JOIN-2' : 'JOIN-1',
      reasons: [because(code)],
      evidence: [],
    },
  ];
}
