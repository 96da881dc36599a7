/** A part of the infra policy's page: what stands under one heading. */
export interface Section {
  /** Empty: what comes before the first heading. */
  readonly heading: string;
  readonly text: string;
}

export interface Changed {
  readonly removed: string[];
  readonly added: string[];
}

/** The parts of a page, in its order. A page of the wiki has headings like `== X ==`; a file those, or, if it has none of them, Markdown's `# X`. */
export function sectionsOf(text: string, source: 'wiki' | 'file'): Section[] {
  const lines = text.split(/\r\n|\n|\r/);
  const isMarkdown = source === 'file' && !lines.some((line) => wikiHeading(line) !== undefined);
  const headingOf = isMarkdown ? markdownHeading : wikiHeading;
  const found: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const line of lines) {
    const heading = headingOf(line);
    if (heading === undefined) found.at(-1)?.lines.push(line);
    else found.push({ heading, lines: [] });
  }
  return found
    .map(({ heading, lines: of }) => ({ heading, text: of.join('\n').trim() }))
    .filter(({ heading, text: of }) => heading !== '' || of !== '');
}

function wikiHeading(line: string): string | undefined {
  const [, , heading] = /^(={1,6})(.+)\1\s*$/.exec(line) ?? [];
  return heading?.trim();
}

function markdownHeading(line: string): string | undefined {
  const trimmed = line.trimEnd();
  const marks = /^#{1,6}(?=\s)/.exec(trimmed)?.[0];
  if (marks === undefined) return undefined;
  // One step at a time: a pattern of the whole line takes time without end on one of many blanks.
  const heading = trimmed.slice(marks.length).trimStart();
  let end = heading.length;
  while (heading[end - 1] === '#') end -= 1;
  return heading.slice(0, end).trimEnd();
}

/** What differs between two revisions, by section of the newer one; a section that is gone comes last, with no text. */
export function changedSections(
  before: readonly Section[],
  after: readonly Section[],
): (Section & { readonly changed?: Changed })[] {
  const old = numbered(before);
  const now = numbered(after);
  const changes = [...now].map(([key, section]) => {
    const known = old.get(key);
    return { ...section, ...differing(known?.text ?? '', section.text, known === undefined) };
  });
  const gone = [...old].flatMap(([key, { heading, text }]) =>
    now.has(key) ? [] : [{ heading, text: '', changed: { removed: linesOf(text), added: [] } }],
  );
  return [...changes, ...gone];
}

/** By heading, and which one of that heading it is. */
function numbered(sections: readonly Section[]): Map<string, Section> {
  const counts = new Map<string, number>();
  return new Map(
    sections.map((section) => {
      const count = (counts.get(section.heading) ?? 0) + 1;
      counts.set(section.heading, count);
      return [`${count} ${section.heading}`, section];
    }),
  );
}

function differing(before: string, after: string, isNew: boolean): { changed?: Changed } {
  const changed = changedLines(linesOf(before), linesOf(after));
  const isSame = changed.removed.length === 0 && changed.added.length === 0;
  return isSame && !isNew ? {} : { changed };
}

/** Blank lines say nothing. */
function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** So many pairs of lines are compared, which takes some 30 ms; of a longer text all of what lies between what is the same at both ends has changed. */
const mostPairs = 4_000_000;

/** The lines that were removed and added, so that as many as possible stay: the longest common subsequence. */
export function changedLines(before: readonly string[], after: readonly string[]): Changed {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [old, now] = [before, after].map((lines) => lines.slice(start, lines.length - end)) as [
    string[],
    string[],
  ];
  if (old.length * now.length > mostPairs) return { removed: old, added: now };
  return withoutCommon(old, now);
}

function withoutCommon(old: readonly string[], now: readonly string[]): Changed {
  const width = now.length + 1;
  /** At `i * width + j`: how many lines the rest of `old` from i and of `now` from j have in common. */
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const removed: string[] = [];
  const added: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]];
    if (one !== undefined && one === other) [i, j] = [i + 1, j + 1];
    else if (one !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      removed.push(one);
      i += 1;
    } else if (other !== undefined) {
      added.push(other);
      j += 1;
    }
  }
  return { removed, added };
}
