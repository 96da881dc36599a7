import type { SentencesOf } from '../wording.ts';
import type { events } from './events.ts';

const links = {
  'runs-on': 'draait op',
  'powered-by': 'krijgt stroom van',
  'depends-on': 'hangt af van',
} as const;
const pages = {
  found: 'is er',
  blank: 'is leeg',
  missing: 'bestaat niet',
  'redirect-to-nowhere': 'verwijst naar een pagina die niet bestaat',
  'not-a-page': 'is geen pagina van de wiki',
} as const;

/** What each event says, in Dutch. */
export const nl: SentencesOf<typeof events>['nl'] = {
  'item.registered': ({ item, name }) => `item ${item} (${name}) staat in het register`,
  'item.changed': ({ item }) => `de gegevens van item ${item} zijn gewijzigd`,
  'item.retired': ({ item, because }) =>
    `item ${item} wordt niet meer gebruikt${because === undefined ? '' : `: ${because}`}`,
  'item.linked': ({ item, kind, to }) => `item ${item} ${links[kind]} ${to}`,
  'item.unlinked': ({ item, kind, to }) => `het is niet meer zo dat item ${item} ${links[kind]} ${to}`,
  'cable.recorded': ({ cable }) => `kabel ${cable} staat in het register`,
  'cable.changed': ({ cable }) => `de gegevens van kabel ${cable} zijn gewijzigd`,
  'cable.removed': ({ cable }) => `kabel ${cable} is er niet meer`,
  'steward.added': ({ item, person, role }) =>
    role === 'steward'
      ? `persoon ${person} beheert item ${item}`
      : `persoon ${person} leert item ${item} beheren`,
  'steward.promoted': ({ item, person }) => `persoon ${person} kan item ${item} nu zelfstandig beheren`,
  'steward.confirmed': ({ item, person }) => `persoon ${person} kan item ${item} nog steeds beheren`,
  'steward.removed': ({ item, person }) =>
    `persoon ${person} beheert item ${item} niet meer, en leert het ook niet meer`,
  'design-decision.registered': ({ decision, title }) =>
    `ontwerpbesluit ${decision} (${title}) staat in het register`,
  'design-decision.changed': ({ decision }) => `de gegevens van ontwerpbesluit ${decision} zijn gewijzigd`,
  'design-decision.removed': ({ decision }) => `ontwerpbesluit ${decision} staat niet meer in het register`,
  'design-decision.page-read': ({ decision, state }) =>
    `de wikipagina van ontwerpbesluit ${decision} ${pages[state]}`,
  'design-decision.page-unknown': ({ decision, why }) =>
    `de wikipagina van ontwerpbesluit ${decision} is niet te lezen: ${why}`,
  'proposal.dismissed': ({ proposal }) => `${proposal} hoeft niet in het register`,
  'proposal.confirmed': ({ proposal, item }) => `${proposal} staat in het register als item ${item}`,
  'proposal.reopened': ({ proposal }) => `${proposal} wordt weer voorgesteld`,
  'wiki.reachable': () => 'de wiki geeft antwoord',
  'wiki.unreachable': ({ why }) => `de wiki is niet te lezen: ${why}`,
  'policy-text.read': ({ revision, newer }) =>
    newer
      ? `de pagina met het infrabeleid heeft een nieuwere versie (${revision}) dan de instellingen noemen`
      : `de pagina met het infrabeleid is gelezen (versie ${revision})`,
  'policy-text.gone': ({ state }) => `de tekst van het infrabeleid ${pages[state]}`,
  'policy-text.unknown': ({ why }) => `de tekst van het infrabeleid is niet te lezen: ${why}`,
};
