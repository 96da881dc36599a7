import type { Phrases } from './phrase.ts';

const many = (count: number | undefined, one: string, more: string): string =>
  count === 1 ? one : `${count ?? 0} ${more}`;

const nextNl: Readonly<Record<string, string>> = {
  participant: 'gaan de VM’s van deelnemers uit',
  'space-wide': 'gaan de space-brede VM’s uit',
  core: 'gaat core-infra uit',
};
const nextEn: Readonly<Record<string, string>> = {
  participant: 'participants’ VMs go off',
  'space-wide': 'space-wide VMs go off',
  core: 'core infra goes off',
};

/** How the space is, in one sentence. */
export const now = {
  'now-fine': { en: () => 'everything runs', nl: () => 'alles draait' },
  'now-unknown': {
    en: () => 'it is not known yet how the space is',
    nl: () => 'het is nog niet bekend hoe het ervoor staat',
  },
  'now-unseen': {
    en: ({ text }) => `${text === undefined ? '' : `${text} cannot be seen now, so `}not all of it is known`,
    nl: ({ text }) => `${text === undefined ? '' : `${text} is nu niet te zien, dus `}niet alles is bekend`,
  },
  'now-cut': { en: () => 'power cut', nl: () => 'de stroom is uitgevallen' },
  'now-cut-waits': {
    en: () => 'power cut: nothing goes off yet',
    nl: () => 'de stroom is uitgevallen: er gaat nog niets uit',
  },
  'now-cut-next': {
    en: ({ text = '', until = '' }) => `power cut: at ${until} ${nextEn[text] ?? text}`,
    nl: ({ text = '', until = '' }) => `de stroom is uitgevallen: om ${until} ${nextNl[text] ?? text}`,
  },
  'now-cut-dry-run': {
    en: () => 'power cut: nothing is shut down, since that is in dry-run',
    nl: () => 'de stroom is uitgevallen: er wordt niets uitgezet, want dat staat op dry-run',
  },
  'now-recovering': {
    en: () => 'mains is back; what ran before starts when it is trusted',
    nl: () => 'de stroom is terug; wat draaide, start weer zodra dat te vertrouwen is',
  },
  'now-core-down': {
    en: ({ text }) => `core infra does not work${text === undefined ? '' : `: ${text}`}`,
    nl: ({ text }) => `core-infra doet het niet${text === undefined ? '' : `: ${text}`}`,
  },
  'now-nodes-off': {
    en: ({ count }) => many(count, 'a node is off', 'nodes are off'),
    nl: ({ count }) => many(count, 'een node staat uit', 'nodes staan uit'),
  },
  'now-hindered': {
    en: ({ count }) =>
      many(count, 'a decision could not be carried out', 'decisions could not be carried out'),
    nl: ({ count }) =>
      many(count, 'een beslissing kon niet worden uitgevoerd', 'beslissingen konden niet worden uitgevoerd'),
  },
  'now-serious-violations': {
    en: ({ count }) => many(count, '1 serious violation of the policy', 'serious violations of the policy'),
    nl: ({ count }) =>
      many(count, '1 ernstige afwijking van het beleid', 'ernstige afwijkingen van het beleid'),
  },
  'now-violations': {
    en: ({ count }) =>
      many(count, '1 thing is not as the policy wants it', 'things are not as the policy wants them'),
    nl: ({ count }) =>
      many(count, '1 ding is niet zoals het beleid het wil', 'dingen zijn niet zoals het beleid het wil'),
  },
} as const satisfies Phrases;
