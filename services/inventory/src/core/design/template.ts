import type { DesignDecisionFields, Language as LanguageSchema } from '@huismeester/contracts';
import type { Static } from 'typebox';

type Language = Static<typeof LanguageSchema>;

const texts = {
  nl: {
    status: { proposed: 'voorgesteld', accepted: 'aangenomen', superseded: 'vervangen' },
    statusIs: 'Status',
    of: 'Gaat over',
    headings: ['Aanleiding', 'Besluit', 'Waarom zo', 'Wat ook kon', 'Gevolgen'],
    fillIn: 'vul dit in',
    summary: 'Pagina voor een ontwerpbesluit, gemaakt op verzoek van het infrateam',
  },
  en: {
    status: { proposed: 'proposed', accepted: 'accepted', superseded: 'superseded' },
    statusIs: 'Status',
    of: 'About',
    headings: ['Context', 'Decision', 'Reasons', 'Alternatives', 'Consequences'],
    fillIn: 'fill this in',
    summary: 'Page of a design decision, made at the request of the infrateam',
  },
} as const;

/** What a new page of a design decision says: headings to be filled in, and nothing about persons. */
export function newPage(
  { title, status, item, project }: DesignDecisionFields,
  language: Language,
): { readonly text: string; readonly summary: string } {
  const { headings, fillIn, statusIs, of, status: words, summary } = texts[language];
  const about = item ?? project;
  const first = [
    `'''${plain(title)}'''`,
    `* ${statusIs}: ${words[status]}`,
    ...(about === undefined ? [] : [`* ${of}: ${about}`]),
  ];
  const parts = headings.map((heading) => `== ${heading} ==\n<!-- ${fillIn} -->\n`);
  return { text: `${first.join('\n')}\n\n${parts.join('\n')}`, summary };
}

/** As text: what a title has of wikitext's signs means nothing in it. */
function plain(title: string): string {
  return `<nowiki>${title.replaceAll('<', '&lt;')}</nowiki>`;
}
