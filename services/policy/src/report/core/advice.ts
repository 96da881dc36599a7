import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, idIn, iso } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line = Omit<ReportHappenings['advice'][number], 'at'>;
type Open = ReportState['advice'][number];

/** What the team advises the board, until the board’s answer is written down (TEAM-3). */
export interface AdviceToBoard {
  readonly of: (where: Place) => Pick<ReportHappenings, 'advice'>;
  readonly state: Pick<ReportState, 'advice'>;
}

export function* foldAdvice(entries: readonly Entry[], place: Placing): Steps<AdviceToBoard> {
  const open = new Map<string, Open>();
  const lines = gathering<Line>(place);
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    const before = open.get(id);
    switch (entry.type) {
      case 'source.read':
        open.clear();
        break;
      case 'advice.written': {
        const { title, text, since = iso(entry.time) } = entry.data;
        open.set(id, { advice: id, title, text, since });
        break;
      }
      case 'advice.changed':
        if (before) open.set(id, { ...before, ...entry.data });
        break;
      case 'advice.given':
        if (!before) break;
        open.set(id, { ...before, given: entry.data.since ?? iso(entry.time) });
        lines.add(entry, { ...lineOf(before), what: 'given' });
        break;
      case 'advice.answered':
        open.delete(id);
        if (before) lines.add(entry, { ...lineOf(before), what: 'answered', answer: entry.data.answer });
        break;
      case 'advice.withdrawn':
        open.delete(id);
        break;
    }
  });
  return {
    of: (where) => ({ advice: lines.of(where) }),
    state: { advice: sortedBy(open.values(), ({ since, advice }) => `${since} ${advice}`) },
  };
}

function lineOf({ advice, title, text }: Open) {
  return { advice, title, text };
}
