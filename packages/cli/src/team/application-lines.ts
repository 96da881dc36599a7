import type { ApplicationResource } from '@huismeester/contracts';
import type { Output } from '../output.ts';
import type { Called } from '../people/called.ts';
import { printable } from '../printable.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { rowLines } from './said.ts';
import { isGoingOn } from './which-application.ts';
import type { Words } from './words-en.ts';

type Row = readonly [label: string, text: string | undefined];

/** Applications as a table, what goes on first. */
export function applicationTable(
  all: readonly ApplicationResource[],
  output: Pick<Output, 'width' | 'paint'>,
  words: Words,
  who: Called,
): string[] {
  const { heads, nothing } = words.application;
  const sorted = all.toSorted(
    (a, b) => Number(isGoingOn(b)) - Number(isGoingOn(a)) || Date.parse(b.since) - Date.parse(a.since),
  );
  const columns: readonly Column<ApplicationResource>[] = [
    { head: heads.who, of: ({ person }) => who(person) },
    {
      head: heads.state,
      of: ({ state }) => words.application.states[state],
      style: (each) => (isGoingOn(each) ? 'yellow' : 'dim'),
    },
    { head: heads.voted, of: votedOf },
    {
      head: heads.until,
      of: (each) => {
        const until = endOf(each);
        return until && civilTime(until);
      },
    },
    { head: heads.trial, of: ({ trial_days: days }) => words.application.days(days) },
    { head: heads.since, of: ({ since }) => civilTime(since) },
  ];
  return table(sorted, columns, output, nothing);
}

function votedOf({ state, voted = [], electorate }: ApplicationResource): string | undefined {
  return state === 'open' && electorate !== undefined ? `${voted.length}/${electorate}` : undefined;
}

/** When what goes on comes to its end. */
function endOf({ state, ends, board }: ApplicationResource): string | undefined {
  if (state === 'open') return ends;
  return state === 'awaiting-board' ? board?.until : undefined;
}

/** How it stands, in a line. */
export function stateText(found: ApplicationResource, { application }: Words): string {
  const until = endOf(found);
  const state = application.states[found.state];
  return until === undefined ? state : application.until(state, civilTime(until));
}

/** The same, as a line under what was done. */
export function stateLine(found: ApplicationResource, words: Words): string {
  return printable(`  ${stateText(found, words)}`);
}

/** An application with all that one may read of it. */
export function applicationLines(found: ApplicationResource, words: Words, who: Called): string[] {
  const { application } = words;
  const { labels } = application;
  const { since, backer, trial_days: days, voted = [], electorate, approved, ended, waits, veto } = found;
  return [
    printable(`${who(found.person)}: ${stateText(found, words)}`),
    ...rowLines([
      [
        labels.applied,
        backer === undefined ? civilTime(since) : application.backedBy(civilTime(since), who(backer)),
      ],
      [labels.trial, application.days(days)],
      [
        labels.voted,
        electorate === undefined
          ? undefined
          : application.voted(voted.length, electorate, voted.map(who).join(', ')),
      ],
      ...ballotRows(found, words, who),
      ...minutesRows(found, words, who),
      [labels.approved, approved && `${civilTime(approved.at)}, ${application.how[approved.how]}`],
      [labels.board, boardText(found, words, who)],
      [labels.waits, waits && application.waits[waits]],
      [labels.veto, veto && [who(veto.by), veto.because].filter(Boolean).join(': ')],
      [
        labels.ended,
        ended && [civilTime(ended.at), ended.how && application.how[ended.how]].filter(Boolean).join(', '),
      ],
      ...wouldRows(found, words),
    ]),
  ];
}

function ballotRows({ votes = [] }: ApplicationResource, { application }: Words, who: Called): Row[] {
  return votes.map(({ person, vote, no_objection: none, because, counts }, at) => {
    const what = [vote && application.votes[vote], none && application.noObjection]
      .filter(Boolean)
      .join(', ');
    const more = vote !== undefined && !counts ? ` (${application.countsNot})` : '';
    const why = because === undefined ? '' : `; ${because}`;
    return [at === 0 ? application.labels.votes : '', `${who(person)}: ${what}${more}${why}`];
  });
}

/** What is recorded of a meeting, for who may read it; that somebody recorded it, for the others. Once it is decided nobody has to confirm it. */
export function minutesRows(
  { minutes, recorded, approved, ended }: ApplicationResource,
  { application }: Words,
  who: Called,
  isDecided = approved !== undefined || ended !== undefined,
): Row[] {
  if (minutes === undefined) return [];
  const recordedBy = application.recordedBy(who(minutes.by), civilTime(minutes.at));
  const by = isDecided ? recordedBy : application.unconfirmed(recordedBy);
  if (recorded === undefined) return [[application.labels.meeting, by]];
  const { date, outcome, present, page } = recorded;
  const what = application.meetingOf(date, application.outcomes[outcome], present.map(who).join(', '), page);
  return [
    [application.labels.meeting, what],
    ['', by],
  ];
}

function boardText(
  { state, board }: ApplicationResource,
  { application }: Words,
  who: Called,
): string | undefined {
  if (state !== 'awaiting-board' || board === undefined) return undefined;
  const { until, waits_for: names } = board;
  if (names.length === 0) return until === undefined ? application.nobodyOfBoard : undefined;
  const of = names.map(who).join(', ');
  return until === undefined ? application.waitsFor(of) : `${of} ${application.mayVeto(civilTime(until))}`;
}

function wouldRows({ would = {} }: ApplicationResource, { application }: Words): Row[] {
  const votes = (['yes', 'no', 'abstain'] as const).flatMap((vote) => {
    const outcome = would[vote];
    return outcome === undefined
      ? []
      : [application.wouldBe(application.votes[vote], application.outcomes[outcome])];
  });
  return votes.map((text, at) => [at === 0 ? application.labels.would : '', text]);
}
