import {
  DesignDecisionEntity,
  ItemEntity,
  PolicyTextEntity,
  StewardEntity,
  WikiEntity,
} from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import {
  type DesignDecisionEvent,
  designDecisionFrom,
  evolveDesignDecision,
} from '../facts/design-decision.ts';
import { evolveItem, type ItemEvent, itemFrom } from '../facts/item.ts';
import {
  evolvePolicyText,
  type PolicyTextEvent,
  policyTextFrom,
  thePolicyText,
} from '../facts/policy-text.ts';
import { evolveSteward, type StewardEvent, stewardFrom } from '../facts/steward.ts';
import { designDecisionStore, itemStore, policyTextStore, stewardStore, wikiStore } from '../facts/store.ts';
import { evolveWiki, theWiki, type WikiEvent, wikiFrom } from '../facts/wiki.ts';
import { factKind, foldInto } from './fact-kind.ts';

const foldItem = foldInto(itemStore, ({ data }: ItemEvent) => data.item, evolveItem);
const foldSteward = foldInto(stewardStore, ({ data }: StewardEvent) => data.steward, evolveSteward);
const foldDecision = foldInto(
  designDecisionStore,
  ({ data }: DesignDecisionEvent) => data.decision,
  evolveDesignDecision,
);
const foldWiki = foldInto(
  wikiStore,
  (_: WikiEvent) => theWiki,
  (_, event) => evolveWiki(event),
);
const foldText = foldInto(policyTextStore, (_: PolicyTextEvent) => thePolicyText, evolvePolicyText);

/**
 * What policy takes from inventory: items, who can run them, design decisions with their pages of the wiki, and the page of the infra policy. Only rules
 * that watch read it; no power cut waits for it.
 */
export const fromInventory = {
  handlers: {
    'item.registered': foldItem,
    'item.changed': foldItem,
    'item.retired': foldItem,
    'item.linked': foldItem,
    'item.unlinked': foldItem,
    'steward.added': foldSteward,
    'steward.promoted': foldSteward,
    'steward.confirmed': foldSteward,
    'steward.removed': foldSteward,
    'design-decision.registered': foldDecision,
    'design-decision.changed': foldDecision,
    'design-decision.removed': foldDecision,
    'design-decision.page-read': foldDecision,
    'design-decision.page-unknown': foldDecision,
    'wiki.reachable': foldWiki,
    'wiki.unreachable': foldWiki,
    'policy-text.read': foldText,
    'policy-text.gone': foldText,
    'policy-text.unknown': foldText,
  } satisfies Handlers,
  ...readEntities({
    item: factKind(ItemEntity, itemStore, itemFrom),
    steward: factKind(StewardEntity, stewardStore, stewardFrom),
    'design-decision': factKind(DesignDecisionEntity, designDecisionStore, designDecisionFrom),
    wiki: factKind(WikiEntity, wikiStore, wikiFrom),
    'policy-text': factKind(PolicyTextEntity, policyTextStore, policyTextFrom),
  }),
};
