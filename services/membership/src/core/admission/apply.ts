import { type No, no, type PersonId, type RegisterState } from '@huismeester/contracts';
import { memberWords } from '../register/words.ts';
import { electorateOf, type Situation } from './advance.ts';
import type { NewAdmissionEvent } from './application.ts';
import { type Actor, type Decided, decided, type Known, nothing } from './decision.ts';
import { notAllowed, notFull, notIn, uncertain } from './refusals.ts';

export interface Asked {
  /** Who is to be of the team. */
  readonly person: PersonId;
  /** Days of trial; 0: none. */
  readonly trialDays?: number | undefined;
}

/** What is known when somebody applies. */
export interface Knowledge {
  /** Whether there is a register of the team. */
  readonly begun: boolean;
  /** Where the person stands in it. */
  readonly register: RegisterState | undefined;
  /** The application of this person that is open. */
  readonly open: string | undefined;
  /** Days of trial where nobody says otherwise. */
  readonly usualTrialDays: number;
}

/** Applies for oneself, or as a full member for somebody else, who has to consent first (JOIN-1). */
export function apply(
  id: string,
  asked: Asked,
  knowledge: Knowledge,
  actor: Actor,
  situation: Situation,
): Decided {
  const refused = notPossible(asked, knowledge, situation);
  if (refused) return refused;
  const { person, trialDays = knowledge.usualTrialDays } = asked;
  const base = { subject: `application/${id}` };
  if (person === actor.person) {
    const unfit = ownTrial(asked) ?? uncertain(situation);
    if (unfit) return unfit;
    const data = { application: id, person, ends: endOf(situation), trial_days: trialDays };
    return decided(id, undefined, situation, { events: [{ ...base, type: 'application.opened', data }] });
  }
  if (!actor.isInfrateam || !situation.team.full.has(actor.person)) {
    return notAllowed('a full member of the infrateam, or the person themselves', 'JOIN-1');
  }
  const data = { application: id, person, by: actor.person, trial_days: trialDays };
  return decided(id, undefined, situation, { events: [{ ...base, type: 'application.proposed', data }] });
}

function notPossible({ person }: Asked, { begun, register, open }: Knowledge, { isParticipant }: Situation) {
  if (!begun) {
    return no('no-register', 'There is no register of the team yet: `huismeester team start` begins it', {
      clause: 'TEAM-1',
      errors: [{ field: 'register', found: 'none', allowed: 'a register that was begun' }],
    });
  }
  if (!isParticipant) {
    return no('not-a-participant', 'A member of the team is a participant of the directory', {
      clause: 'TEAM-1',
      errors: [{ field: 'body.person', found: person, allowed: 'a participant whose account is enabled' }],
    });
  }
  if (register !== undefined && register !== 'former') {
    return no('already-member', 'Who is in the register of the team does not apply', {
      clause: 'JOIN-1',
      errors: [
        { field: 'body.person', found: memberWords[register], allowed: 'somebody who is not of the team' },
      ],
    });
  }
  if (open === undefined) return undefined;
  return no('open-application', 'This person has applied already, and that is not over', {
    clause: 'JOIN-1',
    errors: [
      {
        field: 'body.person',
        found: `application ${open}`,
        allowed: `one at a time: look at it with \`huismeester application show ${open}\``,
      },
    ],
  });
}

function ownTrial({ trialDays }: Asked): No | undefined {
  if (trialDays === undefined) return undefined;
  return no('team-decides', 'Full members say how long a trial is, not the applicant', {
    clause: 'JOIN-3',
    errors: [{ field: 'body.trialDays', found: `${trialDays}`, allowed: 'nothing, for oneself' }],
  });
}

function endOf({ now, votingMs }: Situation): string {
  return new Date(now.getTime() + votingMs).toISOString();
}

/** The applicant consents, and full members vote from now on; who applied for them votes yes with that, if still a full member. */
export function consent({ id, application }: Known, actor: Actor, situation: Situation): Decided {
  const refused =
    notIn(application, ['proposed']) ?? notApplicant(application, actor) ?? uncertain(situation);
  if (refused) return refused;
  const { person, state } = application;
  const backer =
    state.backer !== undefined && electorateOf(application, situation.team).has(state.backer) && state.backer;
  const data = {
    application: id,
    person,
    ...(backer && { backer }),
    ends: endOf(situation),
    trial_days: state.trialDays,
  };
  const event: NewAdmissionEvent = { type: 'application.opened', subject: `application/${id}`, data };
  return decided(id, application, situation, {
    events: [event],
    writes: backer ? [{ table: 'ballot', cast: { person: backer, vote: 'yes', noObjection: false } }] : [],
  });
}

function notApplicant({ person }: Known['application'], actor: Actor): No | undefined {
  return actor.person === person ? undefined : notAllowed('the applicant', 'JOIN-1');
}

/** The applicant takes it back, or who applied for them does, before they consented. */
export function withdraw({ id, application }: Known, actor: Actor, situation: Situation): Decided {
  const { person, state } = application;
  const refused = notIn(application, ['proposed', 'open', 'awaiting-board']);
  if (refused) return refused;
  const isBacker = state.status === 'proposed' && state.backer === actor.person;
  if (actor.person !== person && !isBacker) {
    return notAllowed('the applicant, and until their consent who applied for them', 'JOIN-1');
  }
  const data = { application: id, by: actor.person };
  return decided(id, application, situation, {
    events: [{ type: 'application.withdrawn', subject: `application/${id}`, data }],
  });
}

/** A full member sets how long the trial is that it begins with (JOIN-3); once it is approved by others, not shorter than those had it. */
export function setTrial(
  { id, application }: Known,
  days: number,
  actor: Actor,
  situation: Situation,
): Decided {
  const refused =
    notIn(application, ['open', 'awaiting-board'], 'JOIN-3') ?? notFull(application, actor, situation);
  if (refused) return refused;
  const { status, trialDays } = application.state;
  if (trialDays === days) return nothing;
  if (status === 'awaiting-board' && days < trialDays) {
    return no('approved', 'It was approved with a longer trial', {
      clause: 'JOIN-3',
      errors: [{ field: 'body.days', found: `${days}`, allowed: `${trialDays} days or more` }],
    });
  }
  const data = { application: id, by: actor.person, trial_days: days };
  return decided(id, application, situation, {
    events: [{ type: 'application.trial-set', subject: `application/${id}`, data }],
  });
}
