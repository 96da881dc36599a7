import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { accessLines, accessSection } from './access.ts';
import { type Block, type Document, list, type Section, text } from './document.ts';
import { availabilityLines, failureLines, failureSection } from './failures.ts';
import {
  decisionLines,
  decisionSection,
  deviationLines,
  deviationSection,
  deviationSummary,
} from './policy.ts';
import { teamLines, teamSection } from './team.ts';
import {
  adviceLines,
  adviceSection,
  busFactorSection,
  expiringSection,
  projectLines,
  projectSection,
} from './things.ts';
import { count, datesIn, thingOf, type Wording } from './wording.ts';

/** What is known when a report is shown, beside the report. */
export interface Shown {
  readonly site: string;
  readonly zone: string;
  /** What a person is called now, by id. */
  readonly person: (id: string) => string;
  readonly wikiPage: (title: string) => string | undefined;
  /** When it was made, ISO 8601; undefined for one that is only looked at beforehand. */
  readonly made?: string;
}

/** Puts a report into Dutch words: every section, also where there is nothing to say (BOARD-2). */
export function documentOf(data: ReportData, shown: Shown): Document {
  const dates = datesIn(shown.zone, data.from);
  const words: Wording = {
    ...dates,
    person: shown.person,
    wikiPage: shown.wikiPage,
    thing: (subject) => {
      const person = /^person\/(.+)$/.exec(subject)?.[1];
      return person === undefined ? (data.names[subject] ?? thingOf(subject)) : shown.person(person);
    },
  };
  const nothingOf = (of: Section, ...from: readonly Source[]): Section =>
    from.every((each) => data.unknown?.includes(each)) ? { title: of.title, blocks: [nothingKnown] } : of;
  const sections = [
    { title: 'In het kort', blocks: inShort(data) },
    nothingOf(teamSection(data, words), 'membership'),
    nothingOf(failureSection(data, words), 'netwatch', 'ups-monitor'),
    nothingOf(decisionSection(data, words), 'inventory'),
    nothingOf(deviationSection(data, words), 'policy'),
    nothingOf(projectSection(data, words), 'vm-lifecycle'),
    nothingOf(expiringSection(data, words), 'inventory'),
    nothingOf(busFactorSection(data, words), 'inventory'),
    nothingOf(accessSection(data, words), 'membership'),
    nothingOf(adviceSection(data, words), 'policy'),
    ...lateLines(data.late, words),
  ];
  return {
    title: `Infraverslag ${periodOf(data, dates)} – ${shown.site}`,
    intro: introOf(data, shown, words),
    sections,
    end: [],
  };
}

type Source = NonNullable<ReportData['unknown']>[number];
const sources: Readonly<Record<Source, string>> = {
  'ups-monitor': 'de stroom',
  netwatch: 'storingen',
  'vm-lifecycle': 'VM’s en projecten',
  membership: 'het team',
  inventory: 'het register',
  policy: 'afwijkingen',
};

/** Of days before anything was collected: that nobody was in the team, say, would be untrue. */
const nothingKnown = text('Over deze dagen is niets bekend.');

/** `oktober 2026`, one day, or the first day and the last. */
function periodOf({ from, to }: ReportData, { month, day }: ReturnType<typeof datesIn>): string {
  const last = new Date(Date.parse(to) - 1).toISOString();
  const isMonth = month(from) === month(last) && month(to) !== month(from) && day(to).startsWith('1 ');
  const year = (iso: string) => month(iso).slice(-4);
  return isMonth && day(from).startsWith('1 ')
    ? month(from)
    : day(from) === day(last) && year(from) === year(last)
      ? `${day(from)} ${year(from)}`
      : `${day(from)} tot en met ${day(last)}${year(from) === year(last) ? ` ${year(from)}` : ''}`;
}

function introOf(data: ReportData, { site, made }: Shown, { day }: Wording): Block[] {
  const when =
    made === undefined
      ? 'Dit is een voorbeeld: het verslag is nog niet gemaakt.'
      : `Gemaakt op ${day(made)}.`;
  const since =
    data.known_since === undefined
      ? []
      : [
          text(
            `Huismeester houdt dit bij sinds ${day(data.known_since)}. Over de dagen daarvoor staat hier niets.`,
          ),
        ];
  const gaps = (data.gaps ?? []).map((gap) =>
    text(
      `Van ${day(gap.from)} tot ${day(gap.to)} is niet alles gelezen over ${sources[gap.source]}. Wat er toen gebeurde, kan in dit verslag ontbreken.`,
    ),
  );
  return [
    text(
      `Dit is het verslag van het infrateam van ${site} aan het bestuur. Huismeester heeft het automatisch gemaakt. Je kunt het zo doorsturen. ${when}`,
    ),
    ...since,
    ...gaps,
  ];
}

/** Five lines; none about what nothing is known of. */
function inShort({ happened, state, unknown }: ReportData): Block[] {
  const { team, advice } = state;
  const inTeam = team.filter(({ state }) => state !== 'suspended');
  const board = inTeam.some((each) => each.board);
  const all = [...happened.incidents, ...state.incidents];
  const [failed, core] = [all.length, all.filter((each) => each.core).length];
  const cuts = happened.cuts.length + state.cuts.length;
  const decided = happened.decisions.length;
  const converted = happened.projects.filter(({ what }) => what === 'converted').length;
  const given = advice.filter((each) => each.given !== undefined).length;
  const incidents =
    failed === 0
      ? 'Er waren geen storingen'
      : `Er ${failed === 1 ? 'was' : 'waren'} ${count(failed, 'storing', 'storingen')}${core === 0 ? ', niet in core-infra' : core === failed ? ' in core-infra' : `, waarvan ${core} in core-infra`}`;
  const power =
    cuts === 0 ? 'de stroom viel niet uit' : `de stroom viel ${cuts === 1 ? 'één' : cuts} keer uit`;
  const lines: [Source, string][] = [
    [
      'membership',
      `Het team heeft ${count(inTeam.length, 'lid', 'leden')}. Er zit ${board ? 'een' : 'geen'} bestuurslid in.`,
    ],
    ['netwatch', `${incidents}, en ${power}.`],
    ['policy', deviationSummary(state)],
    [
      'inventory',
      `${decided === 0 ? 'Er zijn geen ontwerpbesluiten' : decided === 1 ? 'Er is 1 ontwerpbesluit' : `Er zijn ${decided} ontwerpbesluiten`} bijgekomen of veranderd, en ${converted === 0 ? 'er is geen project' : converted === 1 ? 'er is 1 project' : `er zijn ${converted} projecten`} omgezet.`,
    ],
    [
      'policy',
      given === 0
        ? 'Er ligt geen advies dat op antwoord van het bestuur wacht.'
        : `Er ${given === 1 ? 'ligt 1 advies dat' : `liggen ${given} adviezen die`} op antwoord van het bestuur ${given === 1 ? 'wacht' : 'wachten'}.`,
    ],
  ];
  const known = lines.filter(([source]) => !unknown?.includes(source)).map(([, line]) => line);
  return known.length === 0 ? [nothingKnown] : list(known);
}

/** What happened before and was not known then; no section where there is none. */
function lateLines(late: ReportHappenings, words: Wording): Section[] {
  const other = late.incidents.filter(({ core }) => !core).length;
  const lines = [
    ...teamLines(late, words),
    ...failureLines(late, words),
    ...(other === 0
      ? []
      : [
          `Er ${other === 1 ? 'was' : 'waren'} nog ${count(other, 'storing', 'storingen')} buiten core-infra.`,
        ]),
    ...availabilityLines(late.availability, words),
    ...decisionLines(late.decisions, words),
    ...deviationLines(late, words),
    ...projectLines(late.projects, words),
    ...accessLines(late.access, words),
    ...adviceLines(late.advice, words),
  ];
  if (lines.length === 0) return [];
  return [
    {
      title: 'Nagekomen berichten',
      blocks: list(lines, 'Dit gebeurde eerder, maar was bij het vorige verslag nog niet bekend:'),
    },
  ];
}
