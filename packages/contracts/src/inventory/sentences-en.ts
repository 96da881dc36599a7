import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';

const links = {
  'runs-on': 'runs on',
  'powered-by': 'takes its power from',
  'depends-on': 'depends on',
} as const;
const pages = {
  found: 'is there',
  blank: 'is blank',
  missing: 'is missing',
  'redirect-to-nowhere': 'leads to nowhere',
  'not-a-page': 'is no page of the wiki',
} as const;

/** What each event says, in English. */
export const en: SentencesOf<typeof events>['en'] = {
  'item.registered': ({ item, name }) => `item ${item} (${name}) is registered`,
  'item.changed': ({ item }) => `what is said of item ${item} has changed`,
  'item.retired': ({ item, because }) =>
    `item ${item} is retired${because === undefined ? '' : `: ${because}`}`,
  'item.linked': ({ item, kind, to }) => `item ${item} ${links[kind]} ${to}`,
  'item.unlinked': ({ item, kind, to }) => `it is no longer so that item ${item} ${links[kind]} ${to}`,
  'cable.recorded': ({ cable }) => `cable ${cable} is written down`,
  'cable.changed': ({ cable }) => `what is said of cable ${cable} has changed`,
  'cable.removed': ({ cable }) => `cable ${cable} is gone`,
  'steward.added': ({ item, person, role }) =>
    role === 'steward'
      ? `person ${person} is a steward of item ${item}`
      : `person ${person} learns to run item ${item}`,
  'steward.promoted': ({ item, person }) => `person ${person} can run item ${item} without help now`,
  'steward.confirmed': ({ item, person }) =>
    `person ${person} confirmed that they can still run item ${item}`,
  'steward.removed': ({ item, person }) =>
    `person ${person} is no steward or learner of item ${item} any more`,
  'design-decision.registered': ({ decision, title }) =>
    `design decision ${decision} (${title}) is registered`,
  'design-decision.changed': ({ decision }) => `what is said of design decision ${decision} has changed`,
  'design-decision.removed': ({ decision }) => `design decision ${decision} is registered no more`,
  'design-decision.page-read': ({ decision, state }) =>
    `the wiki page of design decision ${decision} ${pages[state]}`,
  'design-decision.page-unknown': ({ decision, why }) =>
    `the wiki page of design decision ${decision} cannot be read: ${why}`,
  'proposal.dismissed': ({ proposal }) => `${proposal} is not to be registered`,
  'proposal.confirmed': ({ proposal, item }) => `${proposal} is registered as item ${item}`,
  'proposal.reopened': ({ proposal }) => `${proposal} is proposed again`,
  'wiki.reachable': () => 'the wiki answers',
  'wiki.unreachable': ({ why }) => `the wiki cannot be read: ${why}`,
  'policy-text.read': ({ revision, newer }) =>
    newer
      ? `the page of the infra policy has a newer revision (${revision}) than the settings name`
      : `the page of the infra policy was read (revision ${revision})`,
  'policy-text.gone': ({ state }) => `the text of the infra policy ${pages[state]}`,
  'policy-text.unknown': ({ why }) => `the text of the infra policy cannot be read: ${why}`,
};
