import type { ReportData, ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Block, type Line, list, type Section, section, text } from './document.ts';
import { deviation } from './violation-words.ts';
import { capital, count, together, type Wording } from './wording.ts';

type Decision = ReportHappenings['decisions'][number];
type Violation = ReportState['violations'][number];

const statuses = { proposed: 'voorgesteld', accepted: 'aangenomen', superseded: 'vervangen' } as const;

export function decisionLines(decisions: readonly Decision[], words: Wording): Line[] {
  return decisions.map((each) => [
    `«${each.title}»${each.of === undefined ? '' : `, over ${words.thing(each.of)}`}: ${statuses[each.status]} (${words.day(each.at)}). `,
    ...pageOf(each, words),
  ]);
}

function pageOf({ page, wiki }: Pick<Decision, 'page' | 'wiki'>, words: Wording): Line {
  if (page === undefined) return ['Er is nog geen wikipagina.'];
  const href = words.wikiPage(page);
  const link = href === undefined ? page : { text: page, href };
  if (wiki === undefined) return ['Wikipagina: ', link, ' (nog niet bekeken).'];
  return wiki === 'found' ? ['Wikipagina: ', link, '.'] : ['De wikipagina ', link, ' ontbreekt of is leeg.'];
}

export function decisionSection({ happened, state }: ReportData, words: Wording): Section {
  const { undocumented } = state;
  const titles = together(undocumented.map(({ title }) => `«${title}»`));
  const blocks: Block[] = list(decisionLines(happened.decisions, words));
  const lacking =
    undocumented.length === 1
      ? `Van 1 aangenomen ontwerpbesluit ontbreekt een goede wikipagina: ${titles}.`
      : `Van ${undocumented.length} aangenomen ontwerpbesluiten ontbreekt een goede wikipagina: ${titles}.`;
  return section(
    'Ontwerpbesluiten',
    [
      ...(blocks.length === 0 && undocumented.length > 0 ? [text('Er zijn geen nieuwe besluiten.')] : blocks),
      ...(undocumented.length === 0 ? [] : [text(lacking)]),
    ],
    'er zijn geen ontwerpbesluiten bijgekomen of veranderd.',
  );
}

type Deviation = Pick<Violation, 'about' | 'what' | 'clause' | 'severity'>;

function line(each: Deviation, words: Wording): string {
  return `${capital(words.thing(each.about))}: ${deviation(each)}`;
}

/** What was opened, accepted and closed, one line each. */
export function deviationLines(
  { opened, closed, accepted }: Pick<ReportHappenings, 'opened' | 'closed' | 'accepted'>,
  words: Wording,
): string[] {
  return [
    ...opened.map((each) => `Nieuw op ${words.day(each.at)}. ${line(each, words)}.`),
    ...accepted.map(
      (each) =>
        `Gedoogd sinds ${words.day(each.at)}, tot ${words.day(each.until)}, door ${actor(each.by, words)}. ${line(each, words)}.`,
    ),
    ...closed.map((each) => `Opgelost op ${words.day(each.at)}. ${line(each, words)}.`),
  ];
}

export function deviationSection({ happened, state }: ReportData, words: Wording): Section {
  const { opened, closed } = happened;
  const isNew = new Set(opened.map(({ violation }) => violation));
  const open = state.violations.filter(({ accepted }) => accepted === undefined);
  const since = (each: Violation) => `${line(each, words)}. Sinds ${words.day(each.since)}.`;
  const blocks = [
    ...list(open.filter((each) => isNew.has(each.violation)).map(since), 'Nieuw en nog open:'),
    ...list(open.filter((each) => !isNew.has(each.violation)).map(since), 'Al langer open:'),
    ...list(
      state.violations.flatMap(({ accepted, ...each }) =>
        accepted === undefined
          ? []
          : [
              `${line(each, words)}. Gedoogd door ${actor(accepted.by, words)}, tot ${words.day(accepted.until)}.`,
            ],
      ),
      'Gedoogd:',
    ),
    ...list(
      closed.map((each) => `${line(each, words)}. Opgelost op ${words.day(each.at)}.`),
      'Opgelost:',
    ),
  ];
  return section('Afwijkingen van het beleid', blocks, 'er zijn geen afwijkingen.');
}

/** Who did it: a person, or who has no name here. */
function actor(by: string, { person }: Wording): string {
  const id = /^person:(.+)$/.exec(by)?.[1];
  return id === undefined ? 'de beheerder van Huismeester' : person(id);
}

/** How many are open, how many of them serious, and how many accepted. */
export function deviationSummary({ violations }: ReportState): string {
  if (violations.length === 0) return 'Er zijn geen afwijkingen van het beleid.';
  const [serious, accepted] = [
    violations.filter(({ severity }) => severity === 'serious').length,
    violations.filter((each) => each.accepted !== undefined).length,
  ];
  const parts = [
    ...(serious > 0 ? [`${serious} ernstig`] : []),
    ...(accepted > 0 ? [`${accepted} gedoogd`] : []),
  ];
  if (violations.length === 1)
    return `Er is 1 afwijking van het beleid.${parts.length === 0 ? '' : ` Die is ${together(parts.map((each) => each.slice(2)))}.`}`;
  const all = count(violations.length, 'afwijking', 'afwijkingen');
  const of = parts.length === 0 ? '' : `, waarvan ${together(parts)}`;
  return `Er zijn ${all} van het beleid${of}.`;
}
