import { Type } from 'typebox';
import { event } from '../define.ts';
import { PersonId, Timestamp } from '../words.ts';
import {
  CableFields,
  CableId,
  DesignDecisionFields,
  DesignDecisionId,
  ItemFields,
  ItemId,
  ItemLink,
  PageGone,
  PageUnknown,
  ProposalId,
  StewardId,
  StewardRole,
  WikiPage,
} from './words.ts';

const maybe = Type.Optional;
const item = { item: ItemId };
const cable = { cable: CableId };
const steward = { steward: StewardId, item: ItemId, person: PersonId };
const decision = { decision: DesignDecisionId };
const because = maybe(Type.String({ minLength: 3, maxLength: 500, examples: ['replaced by sw2'] }));
/** What the foundation had, and who could run it, can be asked for however long ago it was. */
const kept = { keptForGood: true };

/**
 * inventory’s events; subjects `item/<id>`, `cable/<id>`, `steward/<id>`, `design-decision/<id>`, `proposal/<id>`, `wiki/main` and `policy-text/main`. All
 * internal: they name people by their ids, and where things stand is not everybody’s business.
 */
export const events = {
  'item.registered': event('Somebody registered an item', Type.Object({ ...item, ...ItemFields }), kept),
  'item.changed': event(
    'What is said of an item was changed: this is all of it',
    Type.Object({ ...item, ...ItemFields }),
    kept,
  ),
  'item.retired': event('An item is used no more', Type.Object({ ...item, because }), kept),
  'item.linked': event(
    'An item needs something else',
    Type.Object({ ...item, ...ItemLink.properties }),
    kept,
  ),
  'item.unlinked': event('It needs it no more', Type.Object({ ...item, ...ItemLink.properties }), kept),
  'cable.recorded': event('Somebody wrote down a cable', Type.Object({ ...cable, ...CableFields }), kept),
  'cable.changed': event(
    'What is said of a cable was changed: this is all of it',
    Type.Object({ ...cable, ...CableFields }),
    kept,
  ),
  'cable.removed': event('There is no such cable any more', Type.Object(cable), kept),
  'steward.added': event(
    'Somebody can run an item without help, or learns to (TEAM-2)',
    Type.Object({ ...steward, role: StewardRole, by: PersonId }),
    kept,
  ),
  'steward.promoted': event(
    'A learner can run it without help now, as another steward or a full member confirmed',
    Type.Object({ ...steward, by: PersonId }),
    kept,
  ),
  'steward.confirmed': event('A steward said: I can still do this', Type.Object(steward), kept),
  'steward.removed': event('Somebody is no steward or learner of it any more', Type.Object(steward), kept),
  'design-decision.registered': event(
    'A design decision was registered (CORE-5, SPACE-6)',
    Type.Object({ ...decision, ...DesignDecisionFields }),
    kept,
  ),
  'design-decision.changed': event(
    'What is said of a design decision was changed: this is all of it',
    Type.Object({ ...decision, ...DesignDecisionFields }),
    kept,
  ),
  'design-decision.removed': event(
    'A design decision was registered by mistake, and is not any more',
    Type.Object(decision),
    kept,
  ),
  'design-decision.page-read': event(
    'The wiki says something else of its page than before, says it for the second time after 6 h or more, or says it again after nothing could be read',
    Type.Object({ ...decision, ...WikiPage.properties }),
  ),
  'design-decision.page-unknown': event(
    'The wiki answers, and nothing can be read of its page: what was known of it stays so until the next `page-read`',
    Type.Object({ ...decision, ...PageUnknown.properties }),
  ),
  'proposal.dismissed': event(
    'Somebody said that something that was proposed is not to be registered',
    Type.Object({ proposal: ProposalId, because }),
    kept,
  ),
  'proposal.confirmed': event(
    'What the policy names was registered, as this item',
    Type.Object({ proposal: ProposalId, ...item }),
  ),
  'proposal.reopened': event('It is proposed again', Type.Object({ proposal: ProposalId }), kept),
  'wiki.reachable': event('The wiki answers: at first, or again', Type.Object({ since: Timestamp })),
  'wiki.unreachable': event(
    'The wiki does not answer, or not with what can be read: nothing follows until it does',
    Type.Object({ since: Timestamp, why: Type.String({ examples: ['no connection'] }) }),
  ),
  'policy-text.read': event(
    'The page of the infra policy has another revision than at the last look',
    Type.Object({
      revision: Type.String({
        description: 'MediaWiki’s id of the revision; of a file the first 12 hex digits of its SHA-256',
        examples: ['4711'],
      }),
      expected: maybe(
        Type.String({ description: 'The revision that settings name, if they name one', examples: ['4680'] }),
      ),
      revised_at: maybe(Timestamp),
      newer: Type.Boolean({
        description: 'Whether it is newer than the one that settings name',
        examples: [true],
      }),
      sections: Type.Array(Type.String(), {
        description: 'The headings of the sections that differ from the revision that settings name',
        examples: [['Core-infra']],
      }),
    }),
  ),
  'policy-text.gone': event(
    'The page or file of the infra policy is not there, or nothing is in it; said again when a look 6 h or more later says the same',
    PageGone,
  ),
  'policy-text.unknown': event(
    'Nothing can be read of the page or file of the infra policy: what was known of it stays so until the next look that brings something',
    PageUnknown,
  ),
};

export const aggregates = {
  item,
  cable,
  steward: { steward: StewardId },
  'design-decision': decision,
  proposal: { proposal: ProposalId },
  wiki: 'main',
  'policy-text': 'main',
};
