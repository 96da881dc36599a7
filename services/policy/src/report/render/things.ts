import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { type Block, list, type Section, section, text } from './document.ts';
import { capital, classes, count, together, type Wording } from './wording.ts';

type Project = ReportHappenings['projects'][number];

export function projectLines(projects: readonly Project[], words: Wording): string[] {
  return projects.map((each) => {
    const name = `«${words.thing(`project/${each.project}`)}»`;
    return `${sentences[each.what](name, each)} (${words.day(each.at)}).`;
  });
}

/** What is asked: `van «Wachtrij» een space-breed project te maken`. */
function request(name: string, { kind, to = 'space-wide' }: Pick<Project, 'kind' | 'to'>): string {
  if (kind === 'one-more-vm') return `nog een VM voor ${name}`;
  return `van ${name} ${to === 'core' ? 'core-infra' : `een ${classes[to] ?? to}`} te maken`;
}

/** One that was made before anything was collected: what was asked is not known. */
function about(name: string, each: Pick<Project, 'kind' | 'to'>): string {
  return each.kind === undefined ? `over ${name}` : `om ${request(name, each)}`;
}

const sentences: Readonly<Record<Project['what'], (name: string, each: Project) => string>> = {
  asked: (name, each) => `Er is gevraagd om ${request(name, each)}`,
  granted: (name, each) => `Het verzoek ${about(name, each)} is toegekend`,
  declined: (name, each) => `Het verzoek ${about(name, each)} is afgewezen`,
  withdrawn: (name) => `Het verzoek over ${name} is ingetrokken`,
  undone: (name) => `Het besluit over ${name} is teruggedraaid`,
  converted: (name, each) => `${name} is omgezet van ${plain(each.from)} naar ${plain(each.to)}`,
  begun: (name, each) => `${name} is begonnen als ${plain(each.to)}`,
  retired: (name) => `${name} is beëindigd`,
};
const plain = (of: string | undefined) => classes[of ?? ''] ?? 'project';

export function projectSection({ happened, state }: ReportData, words: Wording): Section {
  const waiting = state.requests.map(
    (each) =>
      `Verzoek om ${request(`«${words.thing(`project/${each.project}`)}»`, each)}, gevraagd op ${words.day(each.since)}.`,
  );
  // What still waits is said as such.
  const isOver = ({ what, at, project }: Project) =>
    what !== 'asked' || !state.requests.some((each) => each.project === project && each.since === at);
  const blocks = [
    ...list(projectLines(happened.projects.filter(isOver), words)),
    ...list(waiting, 'Wacht nog op een besluit van het team:'),
  ];
  return section('Projecten', blocks, 'er is niets omgezet en niets aangevraagd.');
}

const tenures: Readonly<Record<string, string>> = { rented: 'gehuurd', loaned: 'in bruikleen' };

export function expiringSection({ state: { expiring } }: ReportData, words: Wording): Section {
  const lines = expiring.map(({ item, kind, name, person, until, past, core }) => {
    const party = name ?? (person === undefined ? undefined : words.person(person));
    const of = party === undefined ? '' : ` van ${party}`;
    const end = past
      ? `Dat is afgelopen op ${words.civil(until)}.`
      : `Dat loopt tot en met ${words.civil(until)}.`;
    const isCore = core === 'no' ? '' : ' (core-infra)';
    return `${capital(words.thing(`item/${item}`))}${isCore}: ${tenures[kind] ?? kind}${of}. ${end}`;
  });
  return section('Aflopende huur en bruikleen', list(lines), 'de komende 90 dagen loopt er niets af.');
}

export function busFactorSection({ state }: ReportData, words: Wording): Section {
  const { busFactor, coreItems } = state;
  const title = 'Busfactor onder de 2';
  if (coreItems === 0)
    return {
      title,
      blocks: [text('Er staat nog geen core-infra in het register. Hier is dus nog niets over te zeggen.')],
    };
  const lines = busFactor.map(({ item, stewards, learners }) => {
    const able =
      stewards.length === 0
        ? 'niemand van het team kan dit zonder hulp beheren'
        : `alleen ${words.person(stewards[0] ?? '')} kan dit zonder hulp beheren`;
    const learning =
      learners.length === 0
        ? ''
        : ` ${capital(together(learners.map(words.person)))} ${learners.length === 1 ? 'leert' : 'leren'} het.`;
    return `${capital(words.thing(`item/${item}`))}: ${able}.${learning}`;
  });
  const of = count(coreItems, 'onderdeel', 'onderdelen');
  return section(
    title,
    list(
      lines,
      coreItems === 1
        ? 'Het enige onderdeel van core-infra kan door minder dan twee leden worden beheerd:'
        : `${busFactor.length} van de ${of} van core-infra ${busFactor.length === 1 ? 'kan' : 'kunnen'} door minder dan twee leden worden beheerd:`,
    ),
    coreItems === 1
      ? 'het enige onderdeel van core-infra kan door minstens twee leden worden beheerd.'
      : `alle ${of} van core-infra kunnen door minstens twee leden worden beheerd.`,
  );
}

export function adviceLines(advice: ReportHappenings['advice'], words: Wording): string[] {
  return advice.map(({ at, title, what, answer }) =>
    what === 'given'
      ? `Advies «${title}» is op ${words.day(at)} aan het bestuur gegeven.`
      : `Antwoord van het bestuur op «${title}» (${words.day(at)}): ${answer ?? ''}`,
  );
}

export function adviceSection({ happened, state }: ReportData, words: Wording): Section {
  const answered = happened.advice.filter(({ what }) => what === 'answered');
  const blocks: Block[] = state.advice.flatMap(({ title, text: advised, given }) => [
    text(`«${title}»\n${advised.replaceAll(/\n{2,}/g, '\n')}`),
    text(
      given === undefined
        ? 'Dit advies is nog in voorbereiding.'
        : `Gegeven op ${words.day(given)}. Het bestuur heeft nog geen antwoord gegeven.`,
    ),
  ]);
  return section(
    'Advies van het infrateam',
    [
      ...blocks,
      ...list(
        answered.map(({ at, title, answer = '' }) => `«${title}» (${words.day(at)}): ${answer}`),
        'Antwoord van het bestuur:',
      ),
    ],
    'het team heeft geen advies dat op antwoord wacht.',
  );
}
