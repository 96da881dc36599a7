import { type Static, Type } from 'typebox';
import { PersonId, Timestamp } from '../words.ts';
import { Grant, MemberAct, OffboardingItem, TeamReason } from './words.ts';

const maybe = Type.Optional;

/** What one full member proposed about somebody of the team, and another has to confirm. */
export const ProposalResource = Type.Object({
  act: MemberAct,
  by: PersonId,
  at: Timestamp,
  until: maybe(Timestamp),
  because: maybe(TeamReason),
});

/** What a member on trial may act on (JOIN-3). */
export const GrantResource = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ...Grant.properties,
  since: Timestamp,
  by: PersonId,
});
export type GrantResource = Static<typeof GrantResource>;

/** A change of somebody’s place in the team: who did it, when, and by which clause. */
const RegisterChange = Type.Object({
  at: Timestamp,
  by: Type.Array(Type.String(), { description: 'Ids of people; else who did it, as the log names them' }),
  what: Type.String({ description: 'The type of the event', examples: ['member.suspended'] }),
  clause: Type.String({ examples: ['TEAM-1'] }),
  because: maybe(TeamReason),
  data: Type.Unknown(),
});
export type RegisterChange = Static<typeof RegisterChange>;

/** What of a departure is to be done, and was done (TEAM-2). */
const OffboardingStep = Type.Object({
  ...OffboardingItem.properties,
  state: Type.Enum(['to-do', 'done', 'seen'] as const, {
    description: '`done`: somebody ticked it; `seen`: it is so, as far as Huismeester sees',
  }),
  name: maybe(
    Type.String({ description: 'What it is called, where that is known now, and is stored nowhere' }),
  ),
  command: maybe(Type.String({ description: 'What to run' })),
});

/** `GET /api/v1/team/{person}/offboarding`: the list to tick after somebody left. */
export const OffboardingResource = Type.Object({
  person: PersonId,
  since: Timestamp,
  items: Type.Array(OffboardingStep),
  open: Type.Integer({ minimum: 0 }),
  unknown: Type.Array(Type.String(), {
    description: 'Where accounts are looked for and could not be read whole: there may be more to do',
    examples: [['pve']],
  }),
});
export type OffboardingResource = Static<typeof OffboardingResource>;

/** What of a person only `GET /api/v1/team/{person}` shows. */
export const memberDetails = {
  proposal: maybe(ProposalResource),
  grants: Type.Array(GrantResource),
  history: Type.Array(RegisterChange, { description: 'From the log, oldest first' }),
};
