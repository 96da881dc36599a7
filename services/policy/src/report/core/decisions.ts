import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, type EntryOf, idIn } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line = Omit<ReportHappenings['decisions'][number], 'at'>;
type Wiki = NonNullable<Line['wiki']>;
/** `page` of the line is where the page is now; it may have been moved since it was registered. */
interface Known {
  readonly line: Line;
  readonly registered: string | undefined;
}

/** Design decisions with their pages of the wiki (CORE-5, SPACE-6). */
export interface Decisions {
  readonly of: (where: Place) => Pick<ReportHappenings, 'decisions'>;
  readonly state: Pick<ReportState, 'undocumented'>;
  readonly nameOf: (subject: string) => string | undefined;
}

export function* foldDecisions(entries: readonly Entry[], place: Placing): Steps<Decisions> {
  const known = new Map<string, Known>();
  const lines = gathering<Line>(place);
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    const before = known.get(id);
    if (entry.type === 'source.read') known.clear();
    else if (entry.type === 'design-decision.removed') known.delete(id);
    else if (entry.type === 'design-decision.registered' || entry.type === 'design-decision.changed') {
      const { page: registered } = entry.data;
      const isSamePage = before !== undefined && before.registered === registered;
      const line = lineOf(id, entry, isSamePage ? before.line : { page: registered });
      known.set(id, { line, registered });
      if (!isSamePage || before.line.status !== line.status) lines.add(entry, line);
    } else if (entry.type === 'design-decision.page-read' && before) {
      const { state, confirmed, title } = entry.data;
      // What was not seen twice says nothing yet.
      if (confirmed || state === 'found')
        known.set(id, {
          ...before,
          line: { ...before.line, wiki: state, ...(title !== undefined && { page: title }) },
        });
    }
  });
  const all = new Map([...known].map(([id, { line }]) => [id, line]));
  const undocumented = [...all.values()].filter(
    ({ status, page, wiki }) =>
      status === 'accepted' && (page === undefined || (wiki !== undefined && wiki !== 'found')),
  );
  return {
    of: (where) => ({ decisions: lastOfEach(lines.of(where), all) }),
    state: { undocumented: sortedBy(undocumented, ({ decision }) => decision) },
    nameOf: (subject) =>
      subject.startsWith('design-decision/') ? all.get(idIn({ subject }))?.title : undefined,
  };
}

function lineOf(
  decision: string,
  { data }: EntryOf<'design-decision.registered' | 'design-decision.changed'>,
  { page, wiki }: { readonly page?: string | undefined; readonly wiki?: Wiki | undefined },
): Line {
  const { title, status, item, project } = data;
  const of = item === undefined ? project && `project/${project}` : `item/${item}`;
  return {
    decision,
    title,
    status,
    ...(of !== undefined && { of }),
    ...(page !== undefined && { page }),
    ...(wiki !== undefined && { wiki }),
  };
}

/** One line a decision: the last that happened, with the wiki’s page as it is known at the end. */
function lastOfEach(
  lines: ReportHappenings['decisions'],
  known: ReadonlyMap<string, Line>,
): ReportHappenings['decisions'] {
  const last = new Map(lines.map((line) => [line.decision, line]));
  return [...last.values()].flatMap(({ at, decision }) => {
    const line = known.get(decision);
    return line ? [{ at, ...line }] : [];
  });
}
