import type { NoticeSaid, TeamLines } from './said.ts';

/** What people read about the infrateam in Dutch: who joins, and what happens to their own place. Never a vote or a reason (JOIN-2). */
export const teamNl: TeamLines = {
  'application-opened': (said, at) => ({
    what: `Stemmen: ${who(said)} wil bij het infrateam`,
    why: `Het team keurt goed wie erbij komt (${said.clause}).${when('Stemmen kan tot', said, at)}`,
    todo: 'Stem ja, nee of blanco. Zolang het open is kun je je stem veranderen.',
    action: said.link ?? `huismeester vote ${idOf(said)}`,
  }),
  'vote-reminder': (said, at) => ({
    what: `Je hebt nog niet gestemd over ${who(said)}`,
    why: `Het team keurt goed wie erbij komt (${said.clause}).${when('Stemmen kan tot', said, at)}`,
    todo: 'Stem ja, nee of blanco. Dit is de enige herinnering.',
    action: said.link ?? `huismeester vote ${idOf(said)}`,
  }),
  'board-asked': (said, at) => ({
    what: `Het team wil ${who(said)} erbij: jij kunt een veto geven`,
    why: `Je bent bestuurslid en zit in het team (${said.clause}).${when('Zonder veto gaat het door op', said, at)}`,
    todo: 'Heb je geen bezwaar? Zeg dat dan, dan hoeft niemand te wachten. Wil je het niet? Geef dan een veto, met een reden.',
    action: said.link ?? `huismeester no-objection ${idOf(said)}`,
  }),
  'application-without-board': (said) => ({
    what: `Het team wil ${who(said)} erbij, maar er zit geen bestuurslid in het team`,
    why: `Een bestuurslid in het team mag een veto geven (${said.clause}). Zolang er geen bestuurslid in het team zit, wacht het.`,
    todo: 'Zorg dat er een bestuurslid in het team komt.',
    action: said.link ?? 'huismeester application',
  }),
  'appointment-asked': (said) => ({
    what: `Benoemen: ${who(said)} wil bij het infrateam, en niemand mag stemmen`,
    why: `Er is geen volledig lid dat mag stemmen. Dan benoemt een bestuurslid (${said.clause}).`,
    todo: 'Kijk of je deze persoon wilt benoemen.',
    action: said.link ?? `huismeester appoint ${idOf(said)}`,
  }),
  'consent-asked': (said) => ({
    what: 'Iemand van het infrateam draagt je voor als lid',
    why: `Het begint pas als jij het ook wilt (${said.clause}).`,
    todo: 'Wil je het? Zeg dan ja. Wil je het niet? Trek de aanvraag dan in.',
    action: said.link ?? 'huismeester application',
  }),
  'minutes-asked': (said) => ({
    what: `Bevestigen: wat een vergadering besloot over ${who(said)}`,
    why: `Een volledig lid heeft de notulen vastgelegd. Ze tellen pas als een ander volledig lid ze bevestigt (${said.clause}).`,
    todo: 'Kijk of het klopt, en bevestig het. Klopt het niet? Praat dan met wie het vastlegde.',
    action: said.link ?? `huismeester application show ${idOf(said)}`,
  }),
  'proposal-asked': (said) => ({
    what: `Bevestigen: er is een voorstel over ${who(said)}`,
    why: `Het gaat pas door als een tweede volledig lid het bevestigt (${said.clause}).`,
    todo: 'Kijk wat het voorstel is. Ben je het ermee eens? Bevestig het dan.',
    action: said.link ?? `huismeester team show ${personOf(said)}`,
  }),
  'application-approved': (said, at) => ({
    what: 'Het infrateam keurt je aanvraag goed',
    why: `Een bestuurslid in het team kan nog een veto geven (JOIN-2).${when('Anders gaat het door op', said, at)}`,
    todo: 'Je hoeft niets te doen.',
  }),
  'application-joined': (said) => ({
    what: 'Je zit nu in het infrateam',
    why: `Je aanvraag is goedgekeurd (${said.clause}). Welkom!`,
    todo: 'Kijk wat je nu mag.',
    action: said.link ?? 'huismeester whoami',
  }),
  'application-rejected': (said) => ({
    what: 'Je aanvraag voor het infrateam is afgewezen',
    why: `Zo heeft het team besloten (${said.clause}).`,
    todo: 'Je mag het later opnieuw vragen.',
  }),
  'application-lapsed': (said) => ({
    what: 'Je aanvraag voor het infrateam is verlopen',
    why: `Er kwam niet op tijd een besluit (${said.clause}).`,
    todo: 'Je mag het opnieuw vragen.',
    action: said.link ?? 'huismeester apply',
  }),
  'application-vetoed': (said) => ({
    what: 'Je aanvraag voor het infrateam gaat niet door',
    why: `Het bestuur heeft een veto gegeven (${said.clause}).`,
    todo: 'Je mag het later opnieuw vragen.',
  }),
  'member-suspended': (said, at) => ({
    what: 'Je bent geschorst als lid van het infrateam',
    why: `Dat kan volgens het beleid (${said.clause}).${when('Het duurt tot', said, at)}`,
    todo: 'Vraag het team of het bestuur waarom.',
  }),
  'member-ended': (said) => ({
    what: 'Je zit niet meer in het infrateam',
    why: `Dat staat nu zo in het register van het team (${said.clause}).`,
    todo: 'Klopt dat niet? Vraag het dan aan het team of het bestuur.',
  }),
  'member-reinstated': (said) => ({
    what: 'Je schorsing is voorbij',
    why: `Je zit weer in het infrateam, net als daarvoor (${said.clause}).`,
    todo: 'Je hoeft niets te doen.',
  }),
  'member-confirmed': (said) => ({
    what: 'Je bent nu volledig lid van het infrateam',
    why: `Je proefperiode is voorbij, en het team heeft je bevestigd (${said.clause}).`,
    todo: 'Kijk wat je nu mag.',
    action: said.link ?? 'huismeester whoami',
  }),
  'trial-extended': (said, at) => ({
    what: 'Je proefperiode bij het infrateam duurt langer',
    why: `Dat heeft het team besloten (${said.clause}).${when('Je proefperiode duurt nu tot', said, at)}`,
    todo: 'Vraag het team waarom.',
  }),
  'trial-ends': (said, at) => ({
    what: 'Je proefperiode bij het infrateam loopt bijna af',
    why: `Daarna besluit het team hoe het verder gaat (${said.clause}).${when('Je proefperiode duurt tot', said, at)}`,
    todo: 'Je hoeft niets te doen.',
  }),
  'trial-over': (said) => ({
    what: 'Je proefperiode bij het infrateam is voorbij',
    why: `Het team moet nog besluiten (${said.clause}). Tot die tijd blijft alles zoals het was.`,
    todo: 'Vraag het team hoe het ervoor staat.',
  }),
};

function who({ name }: NoticeSaid): string {
  return name ?? 'iemand';
}

function when(before: string, { until }: NoticeSaid, at: (iso: string) => string): string {
  return until === undefined ? '' : ` ${before} ${at(until)}.`;
}

function personOf({ subject }: NoticeSaid): string {
  return subject.replace('person/', '');
}

function idOf({ subject }: NoticeSaid): string {
  return subject.replace('application/', '');
}
