import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, type EntryOf, idIn, iso } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line = Omit<ReportHappenings['projects'][number], 'at'>;
type Class = 'core' | 'space-wide' | 'participant';
interface Project {
  readonly class: Class;
  readonly title?: string;
}

/** Projects that became something else, and what was asked about them (TEAM-4, SPACE-1, SPACE-8). */
export interface Projects {
  readonly of: (where: Place) => Pick<ReportHappenings, 'projects'>;
  readonly state: Pick<ReportState, 'requests' | 'projects'>;
  readonly nameOf: (subject: string) => string | undefined;
}

export function* foldProjects(entries: readonly Entry[], place: Placing): Steps<Projects> {
  const known = new Map<string, Project>();
  const titles = new Map<string, string>();
  const lines = gathering<Line>(place);
  const requests = foldingRequests(lines.add);
  yield* forEach(entries, (entry) => {
    requests.fold(entry);
    const id = idIn(entry);
    const before = known.get(id);
    switch (entry.type) {
      case 'source.read':
        known.clear();
        requests.clear();
        break;
      case 'project.begun':
        known.set(id, entry.data);
        if (entry.data.title !== undefined) titles.set(id, entry.data.title);
        // Participants begin theirs without asking anyone.
        if (entry.data.class !== 'participant')
          lines.add(entry, { project: id, what: 'begun', to: entry.data.class });
        break;
      case 'project.changed':
        if (entry.data.title !== undefined) titles.set(id, entry.data.title);
        break;
      case 'project.reclassified': {
        const { from, to } = entry.data;
        known.set(id, { ...before, class: to });
        lines.add(entry, { project: id, what: 'converted', from, to });
        break;
      }
      case 'project.retired':
        known.delete(id);
        if (before && before.class !== 'participant')
          lines.add(entry, { project: id, what: 'retired', from: before.class });
        break;
    }
  });
  const ofClass = (wanted: Class) => [...known.values()].filter((each) => each.class === wanted).length;
  return {
    of: (where) => ({ projects: lines.of(where) }),
    state: {
      requests: requests.open(),
      projects: { core: ofClass('core'), space_wide: ofClass('space-wide') },
    },
    nameOf: (subject) => (subject.startsWith('project/') ? titles.get(idIn({ subject })) : undefined),
  };
}

/** Requests about projects, until they are decided or withdrawn. */
function foldingRequests(add: (entry: Entry, line: Line) => void) {
  const asked = new Map<string, ReportState['requests'][number]>();
  return {
    clear: () => asked.clear(),
    open: () => sortedBy(asked.values(), ({ since, project, kind }) => `${since} ${project} ${kind}`),
    fold(entry: Entry): void {
      const id = idIn(entry);
      if (entry.type === 'promotion.requested') {
        const { project, kind, from, to } = entry.data;
        const goal = to === undefined ? {} : { to };
        asked.set(id, { project, since: iso(entry.time), kind, from, ...goal });
        add(entry, { project, what: 'asked', kind, from, ...goal });
      } else if (isOver(entry)) {
        const { kind, to } = asked.get(id) ?? {};
        const request = { ...(kind !== undefined && { kind }), ...(to !== undefined && { to }) };
        asked.delete(id);
        add(entry, { project: entry.data.project, what: whatOf(entry), ...request });
      }
    },
  };
}

type Over = EntryOf<'promotion.withdrawn' | 'promotion.decided' | 'promotion.undone'>;

function isOver(entry: Entry): entry is Over {
  const { type } = entry;
  return type === 'promotion.withdrawn' || type === 'promotion.decided' || type === 'promotion.undone';
}

function whatOf(entry: Entry): Line['what'] {
  if (entry.type === 'promotion.withdrawn') return 'withdrawn';
  return entry.type === 'promotion.decided' ? entry.data.how : 'undone';
}
