import type { BigChange, DirectoryResource } from '@huismeester/contracts';
import type { Output, Style } from '../output.ts';
import { printable } from '../printable.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import type { Words } from './words-en.ts';

type Group = DirectoryResource['groups'][number];

/** Uids by the ids of people. */
type Uids = ReadonlyMap<string, string>;

const styles: { readonly [state in DirectoryResource['state']]: Style } = {
  known: 'green',
  unknown: 'red',
  'not-set-up': 'yellow',
};

/** How well the directory is known, and what to do where it is not; safe to print. */
export function directoryLines(
  found: DirectoryResource,
  output: Pick<Output, 'width' | 'paint'>,
  words: Words,
  uids: Uids,
): string[] {
  const { labels, ...say } = words.directory;
  const row = rowOf(Object.values(labels));
  const state = row(labels.state, output.paint(styles[found.state], stateOf(found, words)));
  if (found.state === 'not-set-up') return [state];
  const { readAt, people, disabled, skipped, writes, change, renumbered } = found;
  return [
    state,
    ...whyLines(found, words),
    row(labels.read, readAt === undefined ? say.never : civilTime(readAt)),
    row(labels.people, say.people(people, disabled)),
    ...(skipped > 0 ? [row(labels.skipped, say.skipped(skipped))] : []),
    row(labels.writes, say.writes[writes]),
    ...(found.groups.length === 0 ? [] : ['', ...table(found.groups, groupColumns(words), output, '')]),
    ...found.groups.flatMap((group) => danglingLines(group, words)),
    ...(change === undefined
      ? []
      : ['', ...changeLines(change, words, uids).map(printable), say.howToAccept]),
    ...(renumbered ? ['', say.renumbered(renumbered)] : []),
  ];
}

function rowOf(labels: readonly string[]) {
  const width = Math.max(...labels.map(({ length }) => length)) + 2;
  return (label: string, text: string) => `${label.padEnd(width)}${text}`;
}

function stateOf({ state, kind, since }: DirectoryResource, { directory }: Words): string {
  if (state === 'not-set-up') return directory.notSetUp;
  if (state === 'known') return directory.known(directory.kinds[kind]);
  return directory.unknown(directory.kinds[kind], since === undefined ? undefined : civilTime(since));
}

/** Of a directory that is unknown: why, what to do, and what stays as it was. */
function whyLines({ state, reason, detail, rolesUntil }: DirectoryResource, { directory }: Words): string[] {
  if (state !== 'unknown') return [];
  // Its detail says the same again; what it is stands below.
  const more = reason === 'too-much-gone' ? undefined : detail;
  const why = [reason && directory.reasons[reason], more].filter(Boolean).join(': ');
  return [
    ...(why === '' ? [] : [`  ${printable(why)}`]),
    ...(reason === undefined ? [] : [`  ${directory.remedies[reason]}`]),
    ...(rolesUntil === undefined ? [] : [`  ${directory.rolesUntil(civilTime(rolesUntil))}`]),
  ];
}

function groupColumns({ directory: { heads, states }, groups }: Words): Column<Group>[] {
  return [
    { head: heads.group, of: ({ group }) => groups[group] },
    { head: heads.state, of: ({ state }) => states[state], style: ({ state }) => styles[state] },
    { head: heads.members, of: ({ state, members }) => (state === 'known' ? members : undefined) },
    { head: heads.detail, of: ({ detail }) => detail },
  ];
}

function danglingLines({ group, dangling }: Group, { directory }: Words): string[] {
  if (dangling.length === 0) return [];
  return ['', directory.dangling(group), ...dangling.map((each) => `  ${printable(each)}`)];
}

/** So many people of a part are named. */
const mostNamed = 20;

/** What a big change is, part by part, and who it is about: by uid, or by id where that is not known. */
export function changeLines({ id, parts }: BigChange, { directory }: Words, uids: Uids): string[] {
  return [
    directory.change(id),
    ...parts.flatMap(({ what, gone, of, people }) => {
      const named = people
        .map((each) => uids.get(each) ?? each)
        .sort((a, b) => a.localeCompare(b))
        .slice(0, mostNamed);
      const more = gone - named.length;
      const who = [named.join(', '), ...(more > 0 ? [directory.more(more)] : [])].filter(Boolean).join(', ');
      return [`  ${directory.parts(what, gone, of)}`, ...(named.length === 0 ? [] : [`    ${who}`])];
    }),
  ];
}
