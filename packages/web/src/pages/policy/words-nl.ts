import type { Words } from './words-en.ts';

const words: Words = {
  lacks: {
    rules: 'Wat op scherp staat, is nu niet bekend.',
    violations: 'Wat er precies niet klopt, is nu niet bekend.',
  },
  lead: 'Wat het infrabeleid vraagt, clausule voor clausule: hoe het ervoor staat, waaruit dat blijkt, en wie ervoor zorgt.',
  contents: 'Delen van het beleid',
  parts: {
    TEAM: 'Het infrateam',
    BOARD: 'Het infrateam en het bestuur',
    JOIN: 'Wie bij het team komt',
    INFRA: 'Wat infra is',
    CORE: 'Core-infra',
    SPACE: 'Space-brede projecten',
    PART: 'Projecten van deelnemers',
    PRIV: 'Infra van het bestuur',
  },
  others: 'Meer',
  notKept: (count) => (count === 1 ? '1 vraagt aandacht' : `${count} vragen aandacht`),
  evidence: 'Waaruit dat blijkt',
  watchedBy: 'Wie ervoor zorgt',
  builtIn: 'Geen regel: het programma is zo gemaakt dat dit klopt',
  mode: (mode) => `staat ${mode === 'scherp' ? 'op scherp' : `op ${mode}`}`,
  watches: 'let op, en meldt',
  toSettings: 'Naar de instelling van deze regel',
  toViolations: (count) => (count === 1 ? 'Bekijk of gedoog het' : `Bekijk of gedoog alle ${count}`),
  hidden: 'Het gaat over mensen. Dat zien alleen zijzelf en het team.',
  text: 'Het beleid in zijn eigen woorden',
  textLead: 'Zoals het op de pagina staat die in de instellingen is genoemd.',
  source: 'Waar het staat',
  revision: (revision, date) => `versie ${revision}${date === undefined ? '' : `, van ${date}`}`,
  expected: (revision) => `De instellingen noemen versie ${revision}: wat anders is, is gemarkeerd.`,
  gone: 'De pagina is er niet, of er staat niets op.',
  unread: 'De pagina is nu niet te lezen.',
  notSetUp:
    'Er is geen pagina genoemd. Noem haar in space.yaml onder `policy.text`: een adres, of een bestand.',
  changed: 'veranderd',
  removed: 'Niet meer',
  added: 'Nieuw',
  before: 'Voor de eerste kop',
};

export default words;
