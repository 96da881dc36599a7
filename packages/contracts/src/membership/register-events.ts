import { Type } from 'typebox';
import { event } from '../define.ts';
import { PersonId, Timestamp } from '../words.ts';
import {
  ApplicationId,
  DecidedBy,
  Grant,
  MemberAct,
  OffboardingItem,
  ReasonId,
  RegisterState,
} from './words.ts';

const maybe = Type.Optional;
/** Who is of the team, or was, can be asked for however long ago it was. */
const keptForGood = true;

const GrantId = Type.String({
  format: 'uuid',
  description: 'What was granted to a member on trial',
  examples: ['0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c51'],
});
const by = Type.Array(PersonId, {
  maxItems: 2,
  description: 'Who did it: the person alone, a board member, or who proposed it and who confirmed it',
  examples: [['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f']],
});
const reason = maybe(ReasonId);

/** What happens to the register of the team (TEAM-1, JOIN-3); subjects `member/<person>`, `grant/<id>` and `departure/<person>`. */
export const registerEvents = {
  'member.joined': event(
    'Somebody is of the team from now on, as was decided about their application (JOIN-1)',
    Type.Object({
      person: PersonId,
      state: RegisterState,
      until: maybe(Timestamp),
      application: ApplicationId,
      how: DecidedBy,
    }),
    { keptForGood },
  ),
  'member.proposed': event(
    'A full member proposes something about somebody of the team; another full member confirms it, or nothing happens',
    Type.Object({ person: PersonId, act: MemberAct, by: PersonId, until: maybe(Timestamp), reason }),
  ),
  'member.proposal-withdrawn': event(
    'What was proposed about somebody of the team is not proposed any more',
    Type.Object({ person: PersonId, act: MemberAct }),
  ),
  'member.confirmed': event(
    'A trial ended well: a full member from now on (JOIN-3)',
    Type.Object({ person: PersonId, by }),
    { keptForGood },
  ),
  'member.extended': event(
    'A trial lasts longer (JOIN-3)',
    Type.Object({ person: PersonId, until: Timestamp, by, reason }),
    { keptForGood },
  ),
  'member.suspended': event(
    'Somebody is not of the team until then, or until it is lifted (TEAM-1)',
    Type.Object({ person: PersonId, until: Timestamp, by, reason }),
    { keptForGood },
  ),
  'member.reinstated': event(
    'A suspension is over: as before (TEAM-1)',
    Type.Object({
      person: PersonId,
      state: RegisterState,
      until: maybe(Timestamp),
      how: Type.Enum(['expired', 'lifted'] as const, { examples: ['expired'] }),
      by: maybe(by),
    }),
    { keptForGood },
  ),
  'member.left': event(
    'Somebody is of the team no more (TEAM-1)',
    Type.Object({
      person: PersonId,
      how: Type.Enum(['left', 'ended'] as const, {
        description: '`left`: by themselves; `ended`: by two full members, or a board member',
        examples: ['left'],
      }),
      by,
      reason,
    }),
    { keptForGood },
  ),
  'grant.given': event(
    'A member on trial may act on something, until then (JOIN-3)',
    Type.Object({ grant: GrantId, person: PersonId, ...Grant.properties, by: PersonId }),
  ),
  'grant.ended': event(
    'A member on trial may not act on it any more',
    Type.Object({
      grant: GrantId,
      person: PersonId,
      how: Type.Enum(['withdrawn', 'expired', 'no-trial'] as const, {
        description: '`no-trial`: the trial is over, whichever way',
        examples: ['withdrawn'],
      }),
    }),
  ),
  'departure.begun': event(
    'Somebody left the team: what is to be done about their accounts, rights and shared secrets (TEAM-2)',
    Type.Object({ person: PersonId, items: Type.Array(OffboardingItem) }),
  ),
  'departure.ticked': event(
    'Something that is to be done after somebody left was done, or not after all',
    Type.Object({ person: PersonId, item: Type.String(), done: Type.Boolean() }),
  ),
};

export const registerAggregates = {
  grant: { grant: GrantId },
  departure: { person: PersonId },
};
