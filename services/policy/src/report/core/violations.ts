import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, idIn, iso } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line<Key extends keyof ReportHappenings> = Omit<ReportHappenings[Key][number], 'at'>;
type Open = ReportState['violations'][number];

/** What is, or was, not as the policy wants it. */
export interface Violations {
  readonly of: (where: Place) => Pick<ReportHappenings, 'opened' | 'closed' | 'accepted'>;
  readonly state: Pick<ReportState, 'violations'>;
}

/** Of core that is down the incidents tell: a violation that came and went with one is not said again. */
const saidElsewhere = 'core-down';

/** @param known the people who may be named: whoever is or was of the team or the board */
export function* foldViolations(
  entries: readonly Entry[],
  place: Placing,
  known: ReadonlySet<string>,
): Steps<Violations> {
  const open = new Map<string, Open>();
  const opened = gathering<Line<'opened'>>(place);
  const closed = gathering<Line<'closed'>>(place);
  const accepted = gathering<Line<'accepted'>>(place);
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    const before = open.get(id);
    switch (entry.type) {
      case 'source.read':
        open.clear();
        break;
      case 'violation.opened': {
        const { kind, clause, severity, about, since = iso(entry.time) } = entry.data;
        const line = { violation: id, what: kind, clause, severity, about: shown(about, known) };
        open.set(id, { ...line, since });
        if (kind !== saidElsewhere) opened.add(entry, line);
        break;
      }
      case 'violation.closed': {
        open.delete(id);
        if (!before || before.what === saidElsewhere) break;
        const { accepted: _, ...line } = before;
        closed.add(entry, line);
        break;
      }
      case 'violation.accepted': {
        if (!before) break;
        const { by, until } = entry.data;
        open.set(id, { ...before, accepted: { by, until } });
        const { accepted: _, since: __, ...line } = before;
        accepted.add(entry, { ...line, by, until });
        break;
      }
      case 'violation.acceptance-ended':
        if (before) open.set(id, withoutAcceptance(before));
        break;
    }
  });
  const order = ({ severity, since, violation }: Open) =>
    `${severity === 'serious' ? 0 : 1} ${since} ${violation}`;
  return {
    of: (where) => ({
      opened: opened.of(where),
      closed: closed.of(where),
      accepted: accepted.of(where),
    }),
    state: { violations: sortedBy(open.values(), order) },
  };
}

function withoutAcceptance({ accepted: _, ...open }: Open): Open {
  return open;
}

/** A participant is nobody’s business here: only that it is about one. */
function shown(about: string, known: ReadonlySet<string>): string {
  const person = /^(?:person|member)\/(.*)$/s.exec(about)?.[1];
  if (person === undefined) return about;
  return known.has(person) ? `person/${person}` : 'person';
}
