import { PolicyText } from '@huismeester/contracts';
import type { Command } from 'commander';
import { NotFine } from '../errors.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import type { Shell } from '../shell.ts';
import { carriesOut } from './action.ts';
import type { Words } from './words-en.ts';

type Section = PolicyText['sections'][number];

/** `policy-text`: the infra policy in its own words, section by section, and what changed since the revision that settings name. */
export function addPolicyText(program: Command, shell: Shell): void {
  const command = program
    .command('policy-text')
    .argument('[heading]', 'one section; left out: all of them')
    .description('show the infra policy in its own words, from the page or file that settings name')
    .option('--changed', 'only what differs from the revision that settings name');
  carriesOut<{ readonly changed?: boolean }>(
    command,
    shell,
    async ({ api, output, options, words }, heading) => {
      const found = await api.get('/api/v1/policy-text', PolicyText);
      const { policy } = words;
      if (found.state === 'not-set-up') throw new NotFine(policy.notSetUp);
      const sections = chosen(found.sections, heading, words).filter(
        ({ changed }) => options.changed !== true || changed !== undefined,
      );
      output.answer(
        { ...found, sections },
        printable(headOf(found, words)),
        ...noteLines(found, words).map(printable),
        ...(sections.length === 0
          ? [policy.same]
          : sections.flatMap((each) => sectionLines(each, output, words))),
      );
    },
  );
}

function chosen(sections: readonly Section[], heading: string, { policy }: Words): readonly Section[] {
  if (heading === '') return sections;
  const found = sections.filter((each) => each.heading.toLowerCase() === heading.toLowerCase());
  if (found.length > 0) return found;
  const headings = sections.flatMap((each) => (each.heading === '' ? [] : [each.heading]));
  throw new NotFine(policy.noSection(heading, headings.join(', ')));
}

function headOf({ source, revision, date }: PolicyText, { policy }: Words): string {
  return policy.of(
    source,
    revision === undefined ? '' : policy.revision(revision),
    date === undefined ? '' : policy.date(date),
  );
}

function noteLines({ state, why, revision, expected }: PolicyText, { policy }: Words): string[] {
  return [
    ...(state === 'unknown' || state === 'gone' ? [policy.unknown(why ?? '?')] : []),
    ...(revision !== undefined && expected !== undefined && revision !== expected
      ? [policy.newer(revision, expected)]
      : []),
    ...(revision !== undefined && expected === undefined ? [policy.noRevision(revision)] : []),
  ];
}

function sectionLines({ heading, text, changed }: Section, { paint }: Output, { policy }: Words): string[] {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => `  ${printable(line)}`);
  const marked = (sign: string, all: readonly string[]) => all.map((line) => `${sign} ${printable(line)}`);
  return [
    '',
    paint('bold', printable(heading === '' ? policy.before : heading)),
    ...(changed === undefined ? lines : []),
    ...(changed === undefined
      ? []
      : [
          ...marked('-', changed.removed).map((line) => paint('red', line)),
          ...marked('+', changed.added).map((line) => paint('green', line)),
        ]),
  ];
}
