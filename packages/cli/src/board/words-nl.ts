import type { Words } from './words-en.ts';

export const dutch: Words = {
  nobody: 'niemand',
  policy: {
    of: (source, revision, date) => `${source}${revision}${date}`,
    revision: (revision) => `, versie ${revision}`,
    date: (day) => `, uitgevoerd zoals van ${day}`,
    newer: (revision, expected) =>
      `De pagina heeft versie ${revision}, en space.yaml noemt ${expected} (policy.text.revision): lees wat er veranderd is, en noem die dan daar.`,
    noRevision: (revision) =>
      `space.yaml noemt geen versie: met policy.text.revision "${revision}" wordt een nieuwere gemeld.`,
    unknown: (why) => `De pagina is nu niet te lezen: ${why}`,
    notSetUp:
      'space.yaml zegt niet waar het infrabeleid staat: policy.text: { url: … }, of { file: … }; docs/space.example.yaml laat het zien.',
    before: '(voor de eerste kop)',
    same: 'Er is niets veranderd.',
    sections: (headings) => `Koppen: ${headings}. Eén daarvan: \`huismeester policy-text KOP\`.`,
    noSection: (heading, headings) => `de pagina heeft geen kop ${heading}: kies uit ${headings}`,
  },
  report: {
    heads: { id: 'id', how: 'gemaakt', made: 'op', deliveries: 'gestuurd aan', forwarded: 'doorgestuurd' },
    nothing:
      'Er is nog geen verslag gemaakt: het eerste komt op de 1e; `huismeester report preview` laat zien wat erin zou staan.',
    hows: { monthly: 'van de maand', 'on-demand': 'op verzoek' },
    board: 'het adres van het bestuur',
    states: { queued: 'wacht', delivered: 'bezorgd', failed: 'mislukt' },
    notSent: 'nog niemand',
    none: 'er is nog geen verslag gemaakt: `huismeester report preview` laat zien wat erin zou staan',
    unknown: (id, ids) => `er is geen verslag ${id}: kies uit ${ids}`,
    made: (id) =>
      `Verslag ${id} is gemaakt: \`huismeester report show ${id}\`, daarna \`huismeester report send ${id}\``,
    sent: (id, whom) => `Verslag ${id} gaat naar ${whom}`,
    forwarded: (id) => `Genoteerd: verslag ${id} is doorgestuurd aan de rest van het bestuur`,
    bothDays:
      'een verslag gaat over dagen: zeg --from en --to, zoals --from 2026-11-01 --to 2026-12-01 (die dag hoort er niet bij)',
  },
  advice: {
    heads: { id: 'id', state: 'stand', since: 'sinds', title: 'titel' },
    nothing: 'Het team adviseert nu niets: `huismeester advice add TITEL --text …`.',
    states: { open: 'open', given: 'gegeven', answered: 'beantwoord' },
    labels: {
      state: 'stand',
      by: 'geschreven door',
      since: 'geschreven',
      given: 'gegeven',
      text: 'advies',
      answer: 'antwoord',
      answered: 'beantwoord',
    },
    unknown: (id) => `er is geen advies ${id}: \`huismeester advice list\` laat ze zien`,
    several: (count, id) => `${count} beginnen met ${id}: geef meer van het id`,
    written: (title, id) =>
      `${title} is opgeschreven; het staat in het verslag aan het bestuur. Geef het met \`huismeester advice give ${id}\``,
    given: (title) =>
      `${title} is aan het bestuur gegeven; het blijft in het verslag tot het antwoord is opgeschreven`,
    answered: (title) => `Het antwoord op ${title} is opgeschreven`,
    withdrawn: (title) => `${title} is ingetrokken`,
    changed: (title) => `${title} is veranderd`,
    sayText: 'zeg wat er geadviseerd wordt: --text, of --text-file BESTAND',
    unreadable: (file, code) => `${file} kan niet worden gelezen (${code})`,
  },
};
