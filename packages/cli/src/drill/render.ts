import type { Drill, DrillProblem } from '@huismeester/contracts';
import type { Language } from '../language.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { reasonIn } from '../reason.ts';
import { type Column, table } from '../table.ts';
import { stopwatch } from '../time.ts';
import { type DrillWords, englishDrill } from './drill-en.ts';
import { dutchDrill } from './drill-nl.ts';
import { type DrillText, type Row, returningRows, rowsOf } from './timeline.ts';

type Paper = Pick<Output, 'width' | 'paint'>;

const all: { readonly [L in Language]: DrillWords } = { en: englishDrill, nl: dutchDrill };

/** The drill for people, safe to print: by time, how it comes back, and what would go wrong. */
export function renderDrill(
  drill: Drill,
  options: { readonly language: Language; readonly names: ReadonlyMap<string, string> },
  paper: Paper,
): string[] {
  const words = all[options.language];
  const text = { ...options, words };
  const { timed, apart } = rowsOf(drill, text);
  return [
    printable(words.title(drill.ups.join(', '))),
    ...drill.from.map(({ ups, charge_pct, runtime_s }) =>
      printable(words.reading(ups, charge_pct, runtime_s)),
    ),
    '',
    ...table(timed, columns(words), paper, words.nothingHappens),
    ...(apart.length === 0 ? [] : ['', words.apart, ...table(apart, columns(words, 'apart'), paper, '')]),
    '',
    words.returns,
    ...table(returningRows(drill, text), returning(words), paper, words.nothingReturns),
    '',
    ...problemsOf(drill, text, paper),
  ];
}

/** Why the plan does not fit, in a few words; undefined when it does. */
export function misfit({ fits, problems }: Drill, language: Language): string | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return fits ? undefined : all[language].fitsNot(errors);
}

function columns({ heads }: DrillWords, which: 'timed' | 'apart' = 'timed'): Column<Row>[] {
  const after: Column<Row> = { head: heads.after, of: ({ at }) => clock(at) };
  const off: Column<Row> = { head: heads.off, of: ({ off: seconds }) => clock(seconds) };
  return [
    ...(which === 'timed' ? [after] : []),
    { head: heads.what, of: ({ what }) => what, style: ({ style }) => style },
    { head: heads.who, of: ({ who }) => who },
    { head: heads.node, of: ({ node }) => node },
    ...(which === 'timed' ? [off] : []),
    { head: heads.why, of: ({ why }) => why },
  ];
}

function returning({ heads }: DrillWords): Column<Row>[] {
  return [
    { head: heads.back, of: ({ at }) => clock(at) },
    { head: heads.who, of: ({ who }) => who },
    { head: heads.node, of: ({ node }) => node },
    { head: heads.how, of: ({ what }) => what, style: ({ style }) => style },
  ];
}

function clock(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : stopwatch(seconds);
}

function problemsOf({ fits, problems }: Drill, { words, language }: DrillText, paper: Paper): string[] {
  const { heads } = words;
  const lines = table<DrillProblem>(
    problems.toSorted((a, b) => weight(a) - weight(b)),
    [
      {
        head: heads.severity,
        of: ({ severity }) => words.severities[severity],
        style: ({ severity }) => (severity === 'error' ? 'red' : 'yellow'),
      },
      { head: heads.who, of: ({ about }) => about },
      { head: heads.why, of: (problem) => reasonIn(language, problem) },
    ],
    paper,
    words.noProblem,
  );
  return [
    ...(problems.length === 0 ? [] : [words.problems]),
    ...lines,
    ...(fits ? [paper.paint('green', words.fits)] : []),
  ];
}

function weight({ severity }: DrillProblem): number {
  return severity === 'error' ? 0 : 1;
}
