import type { ReportData, ReportHappenings } from '@huismeester/contracts';
import { type Block, list, type Section, text } from './document.ts';
import { capital, count, together, type Wording } from './wording.ts';

type Happened = Pick<ReportHappenings, 'came' | 'left' | 'trials' | 'suspensions'>;

/** Who came, who left, and how trials and suspensions went. */
export function teamLines({ came, left, trials, suspensions }: Happened, words: Wording): string[] {
  const { day, person } = words;
  return [
    ...came.map(({ at, person: who, state, until }) => {
      const trial = until === undefined ? 'met een proefperiode' : `met een proefperiode tot ${day(until)}`;
      return `${capital(person(who))} kwam op ${day(at)} bij het team${state === 'trial' ? `, ${trial}` : ''}.`;
    }),
    ...left.map(({ at, person: who, how }) =>
      how === 'left'
        ? `${capital(person(who))} ging op ${day(at)} uit het team.`
        : `Het lidmaatschap van ${person(who)} is op ${day(at)} beëindigd.`,
    ),
    ...trials.map(({ at, person: who, what, until }) =>
      what === 'confirmed'
        ? `${capital(person(who))} is sinds ${day(at)} volledig lid: de proefperiode is goed afgesloten.`
        : `De proefperiode van ${person(who)} is verlengd${until === undefined ? '' : ` tot ${day(until)}`}.`,
    ),
    ...suspensions.map(({ at, person: who, what, until }) =>
      what === 'suspended'
        ? `${capital(person(who))} is op ${day(at)} geschorst${until === undefined ? '' : `, tot ${day(until)}`}.`
        : `De schorsing van ${person(who)} is op ${day(at)} geëindigd.`,
    ),
  ];
}

export function teamSection({ happened, state, to }: ReportData, words: Wording): Section {
  const changes = list(teamLines(happened, words));
  const blocks: Block[] = [
    ...(changes.length > 0
      ? changes
      : [text('Niets bijzonders: er kwam niemand bij en er ging niemand weg.')]),
    text(composition(state.team, words)),
    text(boardLine(state.team, words)),
    ...overdue(state.team, to, words),
  ];
  if (state.applications > 0) {
    const open = count(state.applications, 'aanmelding', 'aanmeldingen');
    blocks.push(text(`Er ${state.applications === 1 ? 'loopt' : 'lopen'} nog ${open}.`));
  }
  return { title: 'Team', blocks };
}

type Members = ReportData['state']['team'];

function composition(team: Members, words: Wording): string {
  const named = (state: Members[number]['state']) =>
    team.filter((each) => each.state === state).map(({ person }) => words.person(person));
  const [full, suspended] = [named('full'), named('suspended')];
  const trial = team
    .filter((each) => each.state === 'trial')
    .map(
      ({ person, until }) =>
        `${words.person(person)}${until === undefined ? '' : `, tot ${words.day(until)}`}`,
    );
  if (full.length + trial.length + suspended.length === 0) return 'In het register staat nog niemand.';
  const parts = [
    full.length === 0
      ? 'geen volledige leden'
      : `${count(full.length, 'volledig lid', 'volledige leden')} (${together(full)})`,
    ...(trial.length === 0
      ? []
      : [`${count(trial.length, 'lid', 'leden')} in de proefperiode (${together(trial)})`]),
    ...(suspended.length === 0
      ? []
      : [
          `${count(suspended.length, 'lid dat geschorst is', 'leden die geschorst zijn')} (${together(suspended)})`,
        ]),
  ];
  return `Het team heeft ${together(parts)}.`;
}

function boardLine(team: Members, words: Wording): string {
  const board = team.filter((each) => each.board && each.state !== 'suspended');
  const names = together(board.map(({ person }) => words.person(person)));
  if (board.length === 0)
    return 'Let op: er zit geen bestuurslid in het team. Volgens het beleid hoort dat wel (BOARD-1).';
  return board.length === 1
    ? `Er zit een bestuurslid in het team: ${names}.`
    : `Er zitten ${board.length} bestuursleden in het team: ${names}.`;
}

function overdue(team: Members, to: string, words: Wording): Block[] {
  return team.flatMap(({ person, state, until }) =>
    state === 'trial' && until !== undefined && until < to
      ? [
          text(
            `De proefperiode van ${words.person(person)} liep tot ${words.day(until)}. Het team moet nog besluiten.`,
          ),
        ]
      : [],
  );
}
