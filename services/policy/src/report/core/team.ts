import type { ReportHappenings, ReportState } from '@huismeester/contracts';
import { type Entry, type EntryOf, idIn } from './entry.ts';
import { gathering, type Place, type Placing, sortedBy } from './placing.ts';
import { forEach, type Steps } from './steps.ts';

type Line<Key extends keyof ReportHappenings> = Omit<ReportHappenings[Key][number], 'at'>;
type State = ReportState['team'][number]['state'] | 'former';

interface Member {
  readonly state: State;
  readonly until?: string;
  /** Of somebody suspended: what they were. */
  readonly before?: Member;
}

/** Who is of the team, as the register of the team says, and who of the board (TEAM-1, BOARD-1, JOIN-3). */
export interface Team {
  readonly of: (where: Place) => Pick<ReportHappenings, 'came' | 'left' | 'trials' | 'suspensions'>;
  readonly state: Pick<ReportState, 'team' | 'applications'>;
  /** Full members whom the directory has, and whose account is enabled: they count as stewards (TEAM-2). */
  readonly full: ReadonlySet<string>;
  /** Who left the directory. */
  readonly gone: ReadonlySet<string>;
  /** Whoever is, or was, of the team or the board: others are not named. */
  readonly known: ReadonlySet<string>;
}

const ends = new Set([
  'application.carried-out',
  'application.rejected',
  'application.lapsed',
  'application.vetoed',
  'application.withdrawn',
]);

export function* foldTeam(entries: readonly Entry[], place: Placing): Steps<Team> {
  const members = new Map<string, Member>();
  const [board, gone, open] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const disabled = new Set<string>();
  const lines = teamLines(place);
  yield* forEach(entries, (entry) => {
    const id = idIn(entry);
    if (entry.type === 'source.read') for (const each of [members, board, gone, open, disabled]) each.clear();
    else if (entry.type === 'person.gone') gone.add(id) && board.delete(id);
    else if (entry.type === 'person.changed') {
      gone.delete(id);
      set(board, id, entry.data.board);
      set(disabled, id, !entry.data.enabled);
    } else if (entry.type === 'application.opened') open.add(id);
    else if (ends.has(entry.type)) open.delete(id);
    else if (isOfMember(entry)) {
      lines.add(entry, members.get(id));
      members.set(id, evolve(members.get(id), entry));
    }
  });
  const team = [...members].flatMap(([person, { state, until }]) =>
    state === 'former'
      ? []
      : [{ person, state, board: board.has(person), ...(until !== undefined && { until }) }],
  );
  return {
    of: lines.of,
    state: { team: sortedBy(team, ({ person }) => person), applications: open.size },
    full: new Set(
      team.flatMap(({ person, state }) =>
        state === 'full' && !gone.has(person) && !disabled.has(person) ? [person] : [],
      ),
    ),
    gone,
    known: new Set([...members.keys(), ...board]),
  };
}

function set(people: Set<string>, person: string, isIn: boolean): void {
  if (isIn) people.add(person);
  else people.delete(person);
}

type OfMember = EntryOf<
  | 'member.imported'
  | 'member.started'
  | 'member.joined'
  | 'member.confirmed'
  | 'member.extended'
  | 'member.suspended'
  | 'member.reinstated'
  | 'member.left'
>;

function isOfMember(entry: Entry): entry is OfMember {
  return entry.type.startsWith('member.');
}

function evolve(known: Member | undefined, entry: OfMember): Member {
  switch (entry.type) {
    case 'member.imported': {
      const { state, until, before } = entry.data;
      return memberOf(state, until, before && memberOf(before.state as State, before.until));
    }
    case 'member.started':
      return memberOf(entry.data.state);
    case 'member.joined':
    case 'member.reinstated':
      return memberOf(entry.data.state, entry.data.until);
    case 'member.confirmed':
      return memberOf('full');
    case 'member.extended':
      return memberOf(known?.state ?? 'trial', entry.data.until, known?.before);
    case 'member.suspended':
      return memberOf('suspended', entry.data.until, known?.state === 'suspended' ? known.before : known);
    case 'member.left':
      return memberOf('former');
  }
}

function memberOf(state: State, until?: string, before?: Member): Member {
  return { state, ...(until !== undefined && { until }), ...(before && { before }) };
}

/** What happened to members, by the section in which it stands. */
function teamLines(place: Placing) {
  const came = gathering<Line<'came'>>(place);
  const left = gathering<Line<'left'>>(place);
  const trials = gathering<Line<'trials'>>(place);
  const suspensions = gathering<Line<'suspensions'>>(place);
  return {
    of: (where: Place) => ({
      came: came.of(where),
      left: left.of(where),
      trials: trials.of(where),
      suspensions: suspensions.of(where),
    }),
    // Who is imported is of the team already: the register begins then.
    add(entry: OfMember, known: Member | undefined): void {
      const person = idIn(entry);
      switch (entry.type) {
        case 'member.started':
        case 'member.joined': {
          const { state } = entry.data;
          const until = 'until' in entry.data ? entry.data.until : undefined;
          if (state === 'trial' || state === 'full')
            came.add(entry, { person, state, ...(until !== undefined && { until }) });
          break;
        }
        case 'member.left':
          left.add(entry, { person, how: entry.data.how });
          break;
        case 'member.confirmed':
          trials.add(entry, { person, what: 'confirmed' });
          break;
        case 'member.extended':
          trials.add(entry, { person, what: 'extended', until: entry.data.until });
          break;
        case 'member.suspended':
          // One that is suspended for longer was suspended before.
          suspensions.add(entry, { person, what: 'suspended', until: entry.data.until });
          break;
        case 'member.reinstated':
          if (known?.state === 'suspended') suspensions.add(entry, { person, what: 'reinstated' });
          break;
      }
    },
  };
}
