/*
 * What admission to the team is, written once more from the clauses and from nothing of the program: the slow way, by trying out every vote that is
 * not cast yet. Long, since it is the whole of JOIN-1 and JOIN-2, and of TEAM-1 as far as it changes who may vote.
 */

export type Vote = 'yes' | 'no' | 'abstain';
export type Status =
  | 'proposed'
  | 'open'
  | 'awaiting-board'
  | 'carried-out'
  | 'rejected'
  | 'lapsed'
  | 'vetoed'
  | 'withdrawn';
export type Register = 'trial' | 'full' | 'suspended' | 'former';

export interface Entry {
  state: Register;
  /** Of a suspension, ms since 1970. */
  until?: number;
  before?: 'trial' | 'full';
}

export interface Application {
  readonly id: string;
  readonly person: string;
  readonly backer: string | undefined;
  readonly trial: boolean;
  status: Status;
  /** ms since 1970, as all times here. */
  ends?: number;
  approvedAt?: number;
  /** Since when board members in the team may veto what was approved, without a gap. */
  boardSince?: number;
  readonly votes: Map<string, Vote>;
  readonly noObjection: Set<string>;
  minutes?: { readonly by: string; readonly outcome: 'approved' | 'rejected' };
  /** A board member appointed, and spoke for the board by that. */
  appointedBy?: string;
}

export const votingMs = 336 * 3_600_000;
export const boardMs = 72 * 3_600_000;
const suspensionMs = 14 * 24 * 3_600_000;
export const over: readonly Status[] = ['carried-out', 'rejected', 'lapsed', 'vetoed', 'withdrawn'];

export type Outcome = 'approved' | 'rejected' | 'lapsed';

/** What comes of votes at the end, by JOIN-1. */
function outcomeOf(votes: readonly Vote[], electorate: number): Outcome {
  const need = Math.min(2, electorate);
  const yes = votes.filter((vote) => vote === 'yes').length;
  const no = votes.filter((vote) => vote === 'no').length;
  if (yes >= need && yes > no) return 'approved';
  return no >= yes && yes + no >= need ? 'rejected' : 'lapsed';
}

/** Every outcome that is still possible, with so many votes uncast. */
function possible(votes: readonly Vote[], uncast: number, electorate: number): Set<Outcome> {
  if (uncast === 0) return new Set([outcomeOf(votes, electorate)]);
  const next = (['yes', 'no', 'abstain'] as const).map((vote) =>
    possible([...votes, vote], uncast - 1, electorate),
  );
  return new Set(next.flatMap((each) => [...each]));
}

/** A hackerspace: its people, its team, and the applications to that. */
export class Club {
  now: number;
  isDirectoryKnown: boolean;
  isClockSane: boolean;
  readonly board: Set<string>;
  /** Whose account the directory does not have, or has disabled. */
  readonly away = new Set<string>();
  readonly members = new Map<string, Entry>();
  readonly applications: Application[] = [];

  constructor(now: number, full: readonly string[], board: readonly string[]) {
    this.now = now;
    this.isDirectoryKnown = true;
    this.isClockSane = true;
    this.board = new Set(board);
    for (const person of full) this.members.set(person, { state: 'full' });
  }

  is(person: string, ...states: readonly Register[]): boolean {
    const state = this.members.get(person)?.state;
    return state !== undefined && states.includes(state);
  }

  electorate({ person }: Application): string[] {
    return [...this.members.keys()].filter((each) => each !== person && this.is(each, 'full'));
  }

  /** The board members in the team who may veto it. */
  vetoers({ person }: Application): string[] {
    return [...this.board].filter(
      (each) => each !== person && !this.away.has(each) && this.is(each, 'trial', 'full'),
    );
  }

  openOf(person: string): Application | undefined {
    return this.applications.find((each) => each.person === person && !over.includes(each.status));
  }

  apply(id: string, by: string, person: string, trial: boolean): boolean {
    if (this.openOf(person) || this.is(person, 'trial', 'full', 'suspended')) return false;
    if (this.away.has(person) || this.away.has(by)) return false;
    const isOwn = by === person;
    if (isOwn ? !this.isSure() : !this.is(by, 'full')) return false;
    this.applications.push({
      id,
      person,
      backer: isOwn ? undefined : by,
      trial,
      status: isOwn ? 'open' : 'proposed',
      ...(isOwn && { ends: this.now + votingMs }),
      votes: new Map(),
      noObjection: new Set(),
    });
    return true;
  }

  consent(by: string, application: Application): boolean {
    if (application.status !== 'proposed' || by !== application.person || !this.isSure()) return false;
    application.status = 'open';
    application.ends = this.now + votingMs;
    const { backer } = application;
    if (backer !== undefined && this.is(backer, 'full')) application.votes.set(backer, 'yes');
    return true;
  }

  withdraw(by: string, application: Application): boolean {
    const { status, person, backer } = application;
    if (over.includes(status)) return false;
    if (by !== person && !(by === backer && status === 'proposed')) return false;
    application.status = 'withdrawn';
    return true;
  }

  /** Whether directory and clock may be gone by. */
  private isSure(): boolean {
    return this.isDirectoryKnown && this.isClockSane;
  }

  private isLate({ ends = 0 }: Application): boolean {
    return this.now >= ends;
  }

  /** A full member who may do something about an application that is open. */
  mayVote(by: string, application: Application): boolean {
    if (application.status !== 'open' || this.isLate(application) || this.away.has(by)) return false;
    return this.electorate(application).includes(by);
  }

  /** What the application would be closed with at once if this was voted; undefined: it would stay open. */
  wouldDecide(by: string, application: Application, vote: Vote): Outcome | undefined {
    const votes = new Map(application.votes).set(by, vote);
    return this.closing({ ...application, votes });
  }

  vote(by: string, application: Application, vote: Vote): boolean {
    if (!this.mayVote(by, application)) return false;
    application.votes.set(by, vote);
    return true;
  }

  saysNoObjection(by: string, application: Application): boolean {
    if (!['open', 'awaiting-board'].includes(application.status)) return false;
    if (!this.vetoers(application).includes(by)) return false;
    application.noObjection.add(by);
    return true;
  }

  veto(by: string, application: Application): boolean {
    if (over.includes(application.status) || !this.vetoers(application).includes(by)) return false;
    application.status = 'vetoed';
    return true;
  }

  record(by: string, application: Application, outcome: 'approved' | 'rejected'): boolean {
    if (!this.mayVote(by, application) || application.minutes) return false;
    application.minutes = { by, outcome };
    return true;
  }

  withdrawMinutes(by: string, application: Application): boolean {
    const { status, minutes, person } = application;
    if (status !== 'open' || minutes === undefined) return false;
    const isOther = by !== person && !this.away.has(by) && this.is(by, 'full');
    if (by !== minutes.by && !isOther) return false;
    delete application.minutes;
    return true;
  }

  confirmMinutes(by: string, application: Application): boolean {
    const { minutes } = application;
    if (!this.mayVote(by, application) || minutes === undefined || minutes.by === by) return false;
    if (!this.electorate(application).includes(minutes.by) || !this.isSure()) return false;
    this.close(application, minutes.outcome);
    return true;
  }

  appoint(by: string, application: Application): boolean {
    if (application.status !== 'open' || this.electorate(application).length > 0) return false;
    if (!this.board.has(by) || this.away.has(by) || by === application.person || !this.isSure()) return false;
    application.appointedBy = by;
    this.close(application, 'approved');
    return true;
  }

  leave(person: string): boolean {
    if (!this.is(person, 'trial', 'full', 'suspended')) return false;
    this.members.set(person, { state: 'former' });
    return true;
  }

  suspend(person: string): boolean {
    const { state } = this.members.get(person) ?? {};
    if (state !== 'trial' && state !== 'full') return false;
    this.members.set(person, { state: 'suspended', before: state, until: this.now + suspensionMs });
    return true;
  }

  lift(person: string): boolean {
    const { state, before } = this.members.get(person) ?? {};
    if (state !== 'suspended' || before === undefined) return false;
    this.members.set(person, { state: before });
    return true;
  }

  /** All that follows from how it is now. */
  follow(): void {
    if (!this.isSure()) return;
    for (const [person, { state, until = 0 }] of this.members) {
      if (state === 'suspended' && this.now >= until) this.lift(person);
    }
    for (let before = -1; before !== this.countOver(); ) {
      before = this.countOver();
      for (const application of this.applications) this.followOne(application);
    }
  }

  private countOver(): number {
    return this.applications.filter(({ status }) => over.includes(status)).length;
  }

  private followOne(application: Application): void {
    // A member is a participant (TEAM-1).
    if (this.away.has(application.person) && !over.includes(application.status))
      application.status = 'lapsed';
    const closing = this.closing(application);
    if (closing) this.close(application, closing);
    if (application.status === 'awaiting-board') this.followBoard(application);
  }

  private closing(application: Application): Outcome | undefined {
    if (!this.isSure() || application.status !== 'open') return undefined;
    const electorate = this.electorate(application);
    if (electorate.length === 0) return undefined;
    const votes = electorate.flatMap((each) => application.votes.get(each) ?? []);
    if (this.now >= (application.ends ?? 0)) return outcomeOf(votes, electorate.length);
    const outcomes = possible(votes, electorate.length - votes.length, electorate.length);
    return outcomes.size === 1 ? [...outcomes][0] : undefined;
  }

  private close(application: Application, outcome: Outcome): void {
    if (outcome !== 'approved') application.status = outcome;
    else {
      application.status = 'awaiting-board';
      application.approvedAt = this.now;
    }
  }

  private followBoard(application: Application): void {
    const vetoers = this.vetoers(application);
    const { person, appointedBy } = application;
    if (vetoers.length === 0) {
      delete application.boardSince;
      if (this.board.has(person) || appointedBy !== undefined) this.carryOut(application);
      return;
    }
    application.boardSince ??= this.now;
    const isClear = vetoers.every(
      (each) =>
        each === appointedBy || application.votes.get(each) === 'yes' || application.noObjection.has(each),
    );
    if (isClear || this.now >= application.boardSince + boardMs) this.carryOut(application);
  }

  private carryOut(application: Application): void {
    application.status = 'carried-out';
    this.members.set(application.person, { state: application.trial ? 'trial' : 'full' });
  }
}
