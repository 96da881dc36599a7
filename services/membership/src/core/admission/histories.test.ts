/* Long, since it is the world in which the pure core and the reference live side by side. */

import type { Minutes, No } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  boardMs,
  Club,
  type Outcome,
  over,
  type Application as Referred,
  type Vote,
  votingMs,
} from '../../../test/admission/reference.ts';
import { advance, type Cast, type Situation } from './advance.ts';
import { type AdmissionEvent, type Application, evolveApplication } from './application.ts';
import * as core from './apply.ts';
import type { Decided, Known } from './decision.ts';
import * as meeting from './meeting.ts';
import * as voting from './vote.ts';

const wanted = process.env.HUISMEESTER_HISTORIES;
/** The same histories each time, so that a red test is the change's own fault; a longer search finds new ones. */
const search = wanted === undefined ? { numRuns: 400, seed: 1 } : { numRuns: Number(wanted) };

const hour = 3_600_000;
const begin = Date.parse('2026-12-02T12:00:00Z');
const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

const who: fc.Arbitrary<string> = fc.constantFrom(...people);
const act = (...is: string[]) => fc.record({ is: fc.constantFrom(...is), by: who, of: who, n: fc.nat(99) });
const step = fc.oneof(
  { weight: 3, arbitrary: act('apply', 'apply', 'apply-for', 'consent', 'consent') },
  { weight: 8, arbitrary: act('yes', 'yes', 'no', 'abstain') },
  {
    weight: 3,
    arbitrary: act('veto', 'no-objection', 'record', 'confirm', 'withdraw', 'withdraw-minutes', 'appoint'),
  },
  {
    weight: 1,
    arbitrary: act('leave', 'suspend', 'lift', 'lift', 'board-joins', 'board-leaves', 'away', 'back', 'back'),
  },
  { weight: 3, arbitrary: act('time', 'time', 'near-end') },
  {
    weight: 1,
    arbitrary: act('directory-lost', 'directory-back', 'jump', 'clock-accepted', 'clock-rollback'),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** How many are full members at first, and who is of the board. */
const beginning = fc.record({
  full: fc.integer({ min: 0, max: 5 }),
  board: fc.uniqueArray(who, { maxLength: 3 }),
});
type Beginning = typeof beginning extends fc.Arbitrary<infer Each> ? Each : never;

/** All that may happen to an application; how long its trial is, is set beside the histories. */
const reachable = [
  'approved',
  'carried-out',
  'lapsed',
  'minutes-recorded',
  'minutes-withdrawn',
  'opened',
  'proposed',
  'put-to-board',
  'rejected',
  'vetoed',
  'vote-cast',
  'withdrawn',
  'without-board',
].map((what) => `application.${what}`);

/** The program's side: applications by its own core, and the register as events have it. */
class Program {
  readonly applications = new Map<string, Known & { readonly casts: readonly Cast[]; outcome?: Outcome }>();
  /** All that the log has, in order, with who asked for it. */
  readonly log: { readonly event: AdmissionEvent; readonly by: string | undefined }[] = [];
  readonly register = new Map<string, string>();

  private readonly club: Club;

  constructor(club: Club) {
    this.club = club;
    for (const [person, { state }] of club.members) this.register.set(person, state);
  }

  situation(person: string, casts: readonly Cast[]): Situation {
    const { club } = this;
    const are = (...states: string[]) =>
      [...this.register].filter(([, state]) => states.includes(state)).map(([each]) => each);
    const board = [...club.board].filter((each) => !club.away.has(each));
    return {
      team: {
        full: new Set(are('full')),
        board: new Set(are('full', 'trial').filter((each) => board.includes(each))),
        ofBoard: new Set(board),
      },
      casts,
      isParticipant: !club.away.has(person),
      now: new Date(club.now),
      directoryKnown: club.isDirectoryKnown,
      clockBelieved: club.isClockSane,
      votingMs,
      boardPeriodMs: boardMs,
    };
  }

  /** Carries out what a command decided; whether it was not refused. */
  take(id: string, by: string | undefined, decided: Decided): boolean {
    if ('refused' in decided) {
      expectWellFormed(decided);
      return false;
    }
    const before = this.applications.get(id);
    const time = new Date(this.club.now);
    const application = decided.events.reduce<Application | undefined>(
      (so, event) => evolveApplication(so, { ...event, time }),
      before?.application,
    );
    const cast = decided.writes.flatMap((write) => (write.table === 'ballot' ? [write.cast] : []));
    const rest = (before?.casts ?? []).filter(({ person }) => !cast.some((each) => each.person === person));
    if (application) this.applications.set(id, { ...before, id, application, casts: [...rest, ...cast] });
    for (const event of decided.events) {
      this.log.push({ event: { ...event, time }, by });
      if (event.type === 'application.carried-out') this.register.set(event.data.person, event.data.state);
    }
    return true;
  }

  /** What the loop does: everything that is open is decided again, until nothing follows. */
  follow(): void {
    for (let was = -1; was !== this.log.length; ) {
      was = this.log.length;
      for (const { id, application, casts } of this.applications.values()) {
        const events = advance(id, application, this.situation(application.person, casts));
        this.take(id, undefined, { events, writes: [] });
      }
    }
  }
}

/** Who is likely to be asked: without this nearly all would be refused. */
function likely(is: string, some: string, application: Referred, club: Club): string {
  if (is === 'consent') return application.person;
  const may =
    is === 'veto' || is === 'no-objection' ? club.vetoers(application) : club.electorate(application);
  return may[some.charCodeAt(0) % may.length] ?? some;
}

function expectWellFormed({ code, title, clause, errors = [] }: No): void {
  expect({ code, title, clause }).toMatchObject({ clause: expect.stringMatching(/^(TEAM|JOIN)-\d$/) });
  expect(errors.length).toBeGreaterThan(0);
  for (const { field, allowed } of errors) expect(`${field}${allowed}`.length).toBeGreaterThan(3);
}

/** Both of them, and what is true of every history whatever either believes. */
class History {
  readonly club: Club;
  readonly program: Program;
  private made = 0;

  constructor({ full, board }: Beginning) {
    this.club = new Club(begin, people.slice(0, full), board);
    this.program = new Program(this.club);
  }

  take({ is, by: some, of, n }: Step): void {
    const { club, program } = this;
    const open = club.applications.filter(({ status }) => !over.includes(status));
    // Mostly about what is open, and the newest of somebody's now and then.
    const referred =
      n % 9 === 0 ? club.applications.findLast(({ person }) => person === of) : open[n % open.length];
    const by = referred && n % 3 > 0 ? likely(is, some, referred, club) : some;
    const known = referred && program.applications.get(referred.id);
    if (this.changesWorld({ is, by, of, n }, referred)) return;
    if (is === 'apply' || is === 'apply-for') this.apply(is === 'apply' ? of : some, of, n % 2 === 0);
    else if (referred && known) {
      if (is === 'yes' || is === 'no' || is === 'abstain') this.vote(known, referred, by, is);
      else {
        const [decided, expected] = this.ask({ is, by, n }, known, referred);
        expect([is, program.take(known.id, by, decided)]).toEqual([is, expected]);
      }
    }
  }

  /** What the program decides about a command, and whether it is to be carried out. */
  private ask(
    { is, by, n }: Pick<Step, 'is' | 'by' | 'n'>,
    known: Known & { readonly casts: readonly Cast[] },
    referred: Referred,
  ): [Decided, boolean] {
    const { club, program } = this;
    const actor = this.actorOf(by);
    const situation = program.situation(referred.person, known.casts);
    const minutes = (outcome: 'approved' | 'rejected'): Minutes => ({
      date: '2026-12-02',
      present: [by],
      outcome,
      page: 'Notulen',
    });
    switch (is) {
      case 'consent':
        return [core.consent(known, actor, situation), club.consent(by, referred)];
      case 'withdraw':
        return [core.withdraw(known, actor, situation), club.withdraw(by, referred)];
      case 'veto': {
        const veto = { because: 'a reason', reason: `reason of ${known.id}` };
        return [voting.veto(known, veto, actor, situation), club.veto(by, referred)];
      }
      case 'no-objection':
        return [voting.noObjection(known, actor, situation), club.saysNoObjection(by, referred)];
      case 'record': {
        const outcome = n % 2 === 0 ? 'approved' : 'rejected';
        const recorded = { recorded: minutes(outcome), today: '2026-12-02' };
        const decided = meeting.recordMinutes(known, recorded, actor, situation);
        return [decided, club.record(by, referred, outcome)];
      }
      case 'withdraw-minutes':
        return [meeting.withdrawMinutes(known, actor, situation), club.withdrawMinutes(by, referred)];
      case 'confirm': {
        const recorded = referred.minutes && minutes(referred.minutes.outcome);
        const decided = meeting.confirmMinutes(known, { recorded }, actor, situation);
        return [decided, club.confirmMinutes(by, referred)];
      }
      default:
        return [meeting.appoint(known, actor, situation), club.appoint(by, referred)];
    }
  }

  private actorOf(person: string) {
    const { club, program } = this;
    const isInfrateam = program.register.get(person) === 'full' && !club.away.has(person);
    return { person, isInfrateam, isBoard: true };
  }

  /** What is not about an application. */
  private changesWorld({ is, by, of, n }: Step, referred: Referred | undefined): boolean {
    const { club, program } = this;
    const inBoth = (state: string, isChanged: boolean) => {
      if (isChanged) program.register.set(of, state);
      return true;
    };
    switch (is) {
      case 'leave':
        return inBoth('former', club.leave(of));
      case 'suspend':
        return inBoth('suspended', club.suspend(of));
      case 'lift':
        return inBoth(club.members.get(of)?.before ?? '', club.lift(of));
      case 'time':
        club.now += (n + 1) * hour;
        return true;
      case 'near-end': {
        const ends = referred?.ends ?? 0;
        const near = ends + (n % 3) * hour - hour;
        if (near > club.now) club.now = near;
        return true;
      }
      case 'directory-lost':
      case 'directory-back':
        club.isDirectoryKnown = is === 'directory-back';
        return true;
      case 'jump':
        club.isClockSane = false;
        club.now += n * 24 * hour;
        return true;
      case 'clock-rollback':
        club.isClockSane = false;
        club.now -= n * hour;
        return true;
      case 'clock-accepted':
        club.isClockSane = true;
        return true;
      case 'board-joins':
        if (club.isDirectoryKnown) club.board.add(by);
        return true;
      case 'board-leaves':
        if (club.isDirectoryKnown) club.board.delete(by);
        return true;
      case 'away':
        if (club.isDirectoryKnown) club.away.add(by);
        return true;
      case 'back':
        if (club.isDirectoryKnown) club.away.delete(by);
        return true;
      default:
        return false;
    }
  }

  private apply(by: string, person: string, trial: boolean): void {
    const { club, program } = this;
    // Whose account is not there can ask for nothing.
    if (club.away.has(by)) return;
    this.made += 1;
    const id = `application ${this.made}`;
    const register = program.register.get(person) as 'full' | undefined;
    const open = [...program.applications.values()].find(
      ({ application }) => application.person === person && application.open,
    )?.id;
    const trialDays = trial ? 60 : 0;
    const decided = core.apply(
      id,
      { person, ...(by !== person && { trialDays }) },
      { begun: true, register, open, usualTrialDays: trialDays },
      this.actorOf(by),
      program.situation(person, []),
    );
    const isDone = program.take(id, by, decided);
    expect(['apply', isDone]).toEqual(['apply', club.apply(id, by, person, trial)]);
  }

  /** A vote that decides says so first; it is sent again with that. */
  private vote({ id }: Known, referred: Referred, by: string, vote: Vote): void {
    const { club, program } = this;
    const known = program.applications.get(id);
    if (!known || club.away.has(by)) return;
    const actor = this.actorOf(by);
    const situation = program.situation(referred.person, known.casts);
    const isSame = referred.votes.get(by) === vote;
    const effect = club.mayVote(by, referred) ? club.wouldDecide(by, referred, vote) : undefined;
    let decided = voting.vote(known, { vote }, actor, situation);
    if ('refused' in decided && decided.code === 'would-decide') {
      const decides = decided.errors?.[0]?.allowed as Outcome;
      if (club.isDirectoryKnown && club.isClockSane) expect(decides).toBe(effect);
      const other = decides === 'approved' ? 'rejected' : 'approved';
      expect(voting.vote(known, { vote, decides: other }, actor, situation)).toMatchObject({
        code: 'decides-otherwise',
      });
      decided = voting.vote(known, { vote, decides }, actor, situation);
    } else if (!isSame) expect(effect).toBeUndefined();
    expect([vote, program.take(id, by, decided)]).toEqual([vote, club.vote(by, referred, vote)]);
  }

  follow(): void {
    const { club, program } = this;
    club.follow();
    // The register's own time is not of this core.
    for (const [person, { state }] of club.members) {
      if (program.register.get(person) === 'suspended') program.register.set(person, state);
    }
    program.follow();
  }

  check(): void {
    const { club, program } = this;
    const found = [...program.applications.values()].map(({ id, application }) => [
      id,
      application.state.status,
    ]);
    expect(found).toEqual(club.applications.map(({ id, status }) => [id, status]));
    expect(Object.fromEntries(program.register)).toEqual(
      Object.fromEntries([...club.members].map(([person, { state }]) => [person, state])),
    );
  }

  /** All is well again and much time passes: whatever can be decided is. */
  end(): void {
    const { club } = this;
    club.isDirectoryKnown = true;
    club.isClockSane = true;
    for (let days = 0; days < 40; days += 1) {
      club.now += 24 * hour;
      this.follow();
      this.check();
    }
    for (const application of club.applications) {
      if (application.status === 'open') expect(club.electorate(application)).toEqual([]);
      if (application.status === 'awaiting-board') expect(club.vetoers(application)).toEqual([]);
    }
  }
}

/** What holds in every log, without the reference: who joined was approved of, was not vetoed, and had waited for the board. */
function expectSound(log: Program['log']): void {
  const state = new Map<string, { approvedAt?: number; until?: number | undefined; over?: string }>();
  for (const { event, by } of log) {
    const { application } = event.data;
    const so = state.get(application) ?? {};
    expect([event.type, so.over]).toEqual([event.type, undefined]);
    const at = event.time.getTime();
    switch (event.type) {
      case 'application.approved':
        expect(so.approvedAt).toBeUndefined();
        state.set(application, { approvedAt: at });
        break;
      case 'application.put-to-board':
        expect(Date.parse(event.data.until)).toBe(at + boardMs);
        state.set(application, { ...so, until: Date.parse(event.data.until) });
        break;
      case 'application.carried-out':
        expect(so.approvedAt).toBeDefined();
        state.set(application, { ...so, over: event.type });
        break;
      case 'application.vetoed':
      case 'application.rejected':
      case 'application.lapsed':
      case 'application.withdrawn':
        state.set(application, { ...so, over: event.type });
        break;
      case 'application.vote-cast':
        expect(by).toBe(event.data.by);
        break;
    }
  }
}

test('whatever happens, what is decided about who joins is as the clauses have it', {
  timeout: 600_000,
}, () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(beginning, fc.array(step, { maxLength: 80, size: 'max' }), (first, steps) => {
      const history = new History(first);
      for (const each of steps) {
        history.take(each);
        history.follow();
        history.check();
      }
      history.end();
      expectSound(history.program.log);
      for (const { event } of history.program.log) reached.add(event.type);
    }),
    search,
  );
  // Histories in which nothing happens would prove nothing.
  expect(reached).toEqual(new Set(reachable));
});
