/* Long, since it is tables of what may be decided about an application, with what is refused. */

import { describe, expect, test } from 'vitest';
import { advance, type Cast, type Situation } from './advance.ts';
import {
  type Application,
  type ApplicationState,
  evolveApplication,
  type NewAdmissionEvent,
} from './application.ts';
import { apply, consent, type Knowledge, setTrial, withdraw } from './apply.ts';
import type { Decided, Known } from './decision.ts';
import { appoint, confirmMinutes, recordMinutes, withdrawMinutes } from './meeting.ts';
import { noObjection, type Voted, veto, vote } from './vote.ts';

const now = new Date('2026-11-22T18:00:00.000Z');
const [hour, day] = [3_600_000, 24 * 3_600_000];
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
const id = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4f';
const reason = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c50';

/** Five full members, Eve of them of the board; Max of the board and not in the team; Tim on trial and of the board where a test says so. */
const full = ['ann', 'bob', 'cor', 'dik', 'eve'];
const team = { full: new Set(full), board: new Set(['eve']), ofBoard: new Set(['eve', 'max']) };
const situation: Situation = {
  team,
  casts: [],
  isParticipant: true,
  now,
  directoryKnown: true,
  clockBelieved: true,
  votingMs: 336 * hour,
  boardPeriodMs: 72 * hour,
};
const teamOf = (
  of: readonly string[],
  board: readonly string[] = [],
  ofBoard: readonly string[] = ['max'],
) => ({
  ...situation,
  team: { full: new Set(of), board: new Set(board), ofBoard: new Set([...board, ...ofBoard]) },
});
const cast = (person: string, vote?: Cast['vote'], noObjection = false): Cast => ({
  person,
  vote,
  noObjection,
});
const yes = (...people: readonly string[]) => people.map((person) => cast(person, 'yes'));
const noes = (...people: readonly string[]) => people.map((person) => cast(person, 'no'));

const by = (person: string, isInfrateam = full.includes(person), isBoard = true) => ({
  person,
  isInfrateam,
  isBoard,
});
const withState = (status: ApplicationState['status'], more: Partial<ApplicationState> = {}): Known => ({
  id,
  application: {
    person: 'pip',
    open: ['proposed', 'open', 'awaiting-board'].includes(status),
    state: { status, since: at(-day), trialDays: 60, voted: [], ...more },
  },
});
const open = withState('open', { ends: at(day) });
const over = withState('open', { ends: at(0) });
const proposed = withState('proposed', { backer: 'ann' });
const approved = { at: at(-hour), how: 'votes' } as const;
const awaiting = withState('awaiting-board', { approved, board: { until: at(hour) }, ends: at(day) });

const types = (events: readonly NewAdmissionEvent[]) =>
  events.map(({ type }) => type.replace('application.', ''));
const outcome = (answer: Decided) => ('refused' in answer ? answer.code : types(answer.events).join(', '));
const votes = (by: string, asked: Voted['vote'], decides?: Voted['decides']) => ({
  as: by,
  asked: { vote: asked, decides },
});

describe('votes', () => {
  test.each([
    ['the first', open, [], votes('ann', 'yes'), 'vote-cast'],
    ['the second of five', open, yes('ann'), votes('bob', 'yes'), 'vote-cast'],
    ['the third yes would decide', open, yes('ann', 'bob'), votes('cor', 'yes'), 'would-decide'],
    [
      'and does, when that was read',
      open,
      yes('ann', 'bob'),
      votes('cor', 'yes', 'approved'),
      'vote-cast, approved, put-to-board',
    ],
    [
      'and a board member’s yes is carried out at once',
      open,
      yes('ann', 'bob'),
      votes('eve', 'yes', 'approved'),
      'vote-cast, approved, carried-out',
    ],
    [
      'it would decide otherwise',
      open,
      yes('ann', 'bob'),
      votes('cor', 'yes', 'rejected'),
      'decides-otherwise',
    ],
    ['it would not decide', open, yes('ann'), votes('bob', 'yes', 'approved'), 'decides-otherwise'],
    ['the third no would decide', open, noes('ann', 'bob'), votes('cor', 'no'), 'would-decide'],
    ['and does', open, noes('ann', 'bob'), votes('cor', 'no', 'rejected'), 'vote-cast, rejected'],
    [
      'the last one abstains, and it lapses',
      open,
      [...yes('ann'), ...['bob', 'cor', 'dik'].map((each) => cast(each, 'abstain'))],
      votes('eve', 'abstain', 'lapsed'),
      'vote-cast, lapsed',
    ],
    [
      'anew, and decides with that',
      open,
      [...yes('ann', 'bob'), ...noes('cor')],
      votes('cor', 'yes', 'approved'),
      'vote-cast, approved, put-to-board',
    ],
    ['the same again changes nothing', open, yes('ann'), votes('ann', 'yes'), ''],
    ['of a former member', open, [], votes('fay', 'yes'), 'not-allowed'],
    ['of somebody on trial', open, [], votes('tim', 'yes'), 'not-allowed'],
    ['for oneself', open, [], votes('pip', 'yes'), 'own-application'],
    ['after the end, before it is closed', over, [], votes('ann', 'yes'), 'ended'],
    ['on one that waits for consent', proposed, [], votes('ann', 'yes'), 'not-open'],
    ['on one that is approved', awaiting, [], votes('ann', 'no'), 'not-open'],
  ] as const)('%s', (_, known, casts, { as, asked }, expected) => {
    expect(outcome(vote(known, asked, by(as), { ...situation, casts }))).toBe(expected);
  });

  test('a full member whom the directory has in no group of the team does not vote, and counts in the electorate', () => {
    expect(outcome(vote(open, { vote: 'yes' }, by('ann', false), situation))).toBe('not-allowed');
    const casts = yes('bob', 'cor');
    expect(outcome(vote(open, { vote: 'abstain' }, by('dik'), { ...situation, casts }))).toBe('vote-cast');
  });

  test('where one stands is said in words of people, and what comes first', () => {
    expect(vote(proposed, { vote: 'yes' }, by('ann'), situation)).toMatchObject({
      title: 'The application is waiting for the consent of the applicant',
      errors: [{ allowed: 'one that is open; first the applicant consents (`huismeester apply --consent`)' }],
    });
    expect(
      veto(withState('carried-out'), { because: 'not now', reason }, by('eve'), situation),
    ).toMatchObject({
      errors: [
        {
          found: 'an application that is over: the applicant is of the team',
          allowed: expect.stringMatching(/open; or approved, and waiting for the board$/),
        },
      ],
    });
  });

  test('refusals name field, what was found, what is allowed, and the clause', () => {
    const casts = yes('ann', 'bob');
    expect(vote(open, { vote: 'yes' }, by('cor'), { ...situation, casts })).toMatchObject({
      refused: true,
      clause: 'JOIN-1',
      errors: [{ field: 'body.decides', found: 'nothing', allowed: 'approved' }],
    });
    expect(vote(open, { vote: 'abstain', decides: 'approved' }, by('cor'), situation)).toMatchObject({
      code: 'decides-otherwise',
      errors: [{ field: 'body.decides', found: 'approved', allowed: 'nothing' }],
    });
  });

  test('while the directory is unknown, or the clock is not believed, votes are taken and nothing closes', () => {
    const casts = yes('ann', 'bob');
    for (const unsure of [{ directoryKnown: false }, { clockBelieved: false }]) {
      const so = { ...situation, casts, ...unsure };
      expect(outcome(vote(open, { vote: 'yes', decides: 'approved' }, by('cor'), so))).toBe('vote-cast');
      expect(outcome(veto(open, { because: 'no', reason }, by('eve'), so))).toBe('reason-needed');
      expect(outcome(veto(open, { because: 'not now', reason }, by('eve'), so))).toBe('vetoed');
      expect(outcome(withdraw(open, by('pip'), so))).toBe('withdrawn');
    }
    // Whether it is too late cannot be said by such a clock, so it waits: a late vote would count.
    expect(outcome(vote(over, { vote: 'yes' }, by('ann'), { ...situation, clockBelieved: false }))).toBe(
      'clock-insane',
    );
  });

  test('what is written beside the event: the vote and why, in the place of the one before; no objection stays', () => {
    const casts = [cast('eve', 'no', true)];
    expect(vote(open, { vote: 'yes', because: 'why not' }, by('eve'), { ...situation, casts })).toMatchObject(
      {
        writes: [
          { table: 'ballot', cast: { person: 'eve', vote: 'yes', noObjection: true, because: 'why not' } },
        ],
      },
    );
    expect(noObjection(open, by('eve'), { ...situation, casts: [cast('eve', 'no')] })).toMatchObject({
      writes: [{ table: 'ballot', cast: { person: 'eve', vote: 'no', noObjection: true } }],
    });
  });
});

describe('the board', () => {
  test.each([
    [
      'no objection, and it is carried out',
      noObjection(awaiting, by('eve'), situation),
      'vote-cast, carried-out',
    ],
    ['no objection while open', noObjection(open, by('eve'), situation), 'vote-cast'],
    ['twice', noObjection(open, by('eve'), { ...situation, casts: [cast('eve', undefined, true)] }), ''],
    ['of the board, not in the team', noObjection(awaiting, by('max', false), situation), 'not-allowed'],
    ['a full member', noObjection(awaiting, by('ann'), situation), 'not-allowed'],
    [
      'the applicant',
      noObjection(awaiting, by('pip'), { ...situation, team: { ...team, board: new Set(['eve', 'pip']) } }),
      'own-application',
    ],
    [
      'one of two is not enough',
      noObjection(awaiting, by('eve'), { ...situation, team: { ...team, board: new Set(['eve', 'tim']) } }),
      'vote-cast',
    ],
    ['a veto while open', veto(open, { because: 'not now', reason }, by('eve'), situation), 'vetoed'],
    ['a veto before consent', veto(proposed, { because: 'not now', reason }, by('eve'), situation), 'vetoed'],
    [
      'a veto of what is approved',
      veto(awaiting, { because: 'not now', reason }, by('eve'), situation),
      'vetoed',
    ],
    ['a veto without a reason', veto(awaiting, { reason }, by('eve'), situation), 'reason-needed'],
    [
      'a veto of who is not of the board',
      veto(awaiting, { because: 'not now', reason }, by('ann'), situation),
      'not-allowed',
    ],
    [
      'a veto of what is carried out',
      veto(withState('carried-out'), { because: 'not now', reason }, by('eve'), situation),
      'not-open',
    ],
  ])('%s', (_, answer, expected) => expect(outcome(answer)).toBe(expected));

  test('a veto without a reason names the field and the clause', () => {
    expect(veto(awaiting, { because: ' ', reason }, by('eve'), situation)).toMatchObject({
      clause: 'JOIN-2',
      errors: [{ field: 'body.because', found: ' ', allowed: 'a reason of 3 to 1000 characters' }],
    });
  });
});

const knowledge: Knowledge = { begun: true, register: undefined, open: undefined, usualTrialDays: 60 };
const someone = { person: 'pip' };

describe('applying', () => {
  test.each([
    ['for oneself', apply(id, someone, knowledge, by('pip'), situation), 'opened'],
    [
      'after one left',
      apply(id, someone, { ...knowledge, register: 'former' }, by('pip'), situation),
      'opened',
    ],
    ['for another', apply(id, { ...someone, trialDays: 0 }, knowledge, by('ann'), situation), 'proposed'],
    [
      'for another, by who is no full member',
      apply(id, someone, knowledge, by('tim'), situation),
      'not-allowed',
    ],
    [
      'with a trial of one’s own choice',
      apply(id, { ...someone, trialDays: 0 }, knowledge, by('pip'), situation),
      'team-decides',
    ],
    [
      'by a member',
      apply(id, someone, { ...knowledge, register: 'trial' }, by('pip'), situation),
      'already-member',
    ],
    [
      'by who is suspended',
      apply(id, someone, { ...knowledge, register: 'suspended' }, by('pip'), situation),
      'already-member',
    ],
    [
      'a second time',
      apply(id, someone, { ...knowledge, open: 'another' }, by('pip'), situation),
      'open-application',
    ],
    [
      'by no participant',
      apply(id, someone, knowledge, by('pip'), { ...situation, isParticipant: false }),
      'not-a-participant',
    ],
    [
      'where there is no register',
      apply(id, someone, { ...knowledge, begun: false }, by('pip'), situation),
      'no-register',
    ],
    [
      'by a clock that is not believed',
      apply(id, someone, knowledge, by('pip'), { ...situation, clockBelieved: false }),
      'clock-insane',
    ],
    ['consent', consent(proposed, by('pip'), situation), 'opened'],
    ['consent of another', consent(proposed, by('ann'), situation), 'not-allowed'],
    ['consent to one that is open', consent(open, by('pip'), situation), 'not-open'],
    [
      'consent, where the one full member applied for them',
      consent(proposed, by('pip'), teamOf(['ann'])),
      'opened, approved, without-board',
    ],
    ['withdrawn by the applicant', withdraw(awaiting, by('pip'), situation), 'withdrawn'],
    ['withdrawn by who applied for them', withdraw(proposed, by('ann'), situation), 'withdrawn'],
    [
      'no more after consent',
      withdraw(withState('open', { backer: 'ann', ends: at(day) }), by('ann'), situation),
      'not-allowed',
    ],
    ['withdrawn after it is over', withdraw(withState('lapsed'), by('pip'), situation), 'not-open'],
    ['a trial is set', setTrial(open, 30, by('ann'), situation), 'trial-set'],
    ['to what it is', setTrial(open, 60, by('ann'), situation), ''],
    ['a longer one of what is approved', setTrial(awaiting, 90, by('ann'), situation), 'trial-set'],
    ['a shorter one, of which others approved', setTrial(awaiting, 0, by('ann'), situation), 'approved'],
    ['by the applicant', setTrial(open, 0, by('pip'), situation), 'own-application'],
    ['by another', setTrial(open, 0, by('tim'), situation), 'not-allowed'],
  ])('%s', (_, answer, expected) => expect(outcome(answer)).toBe(expected));

  test('the backing counts as a yes, of who is a full member still', () => {
    expect(consent(proposed, by('pip'), situation)).toMatchObject({
      events: [{ data: { backer: 'ann', ends: at(336 * hour) } }],
      writes: [{ table: 'ballot', cast: { person: 'ann', vote: 'yes' } }],
    });
    const left = consent(proposed, by('pip'), teamOf(['bob', 'cor']));
    expect(left).toMatchObject({ writes: [] });
    expect('events' in left && left.events[0]?.data).not.toHaveProperty('backer');
  });
});

const recorded = {
  date: '2026-11-20',
  present: ['ann', 'bob'],
  outcome: 'approved',
  page: 'Notulen',
} as const;
const minutes = { recorded: { ...recorded, present: [...recorded.present] }, today: '2026-11-22' };
const noted = withState('open', { ends: at(day), minutes: { by: 'ann', at: at(-hour) } });

describe('at a meeting', () => {
  const { recorded: of } = minutes;
  test.each([
    ['recorded', recordMinutes(open, minutes, by('ann'), situation), 'minutes-recorded'],
    [
      'of tomorrow',
      recordMinutes(open, { ...minutes, today: '2026-11-19' }, by('ann'), situation),
      'in-future',
    ],
    ['by the applicant', recordMinutes(open, minutes, by('pip'), situation), 'own-application'],
    ['by no full member', recordMinutes(open, minutes, by('tim'), situation), 'not-allowed'],
    ['a second time', recordMinutes(noted, minutes, by('bob'), situation), 'minutes-recorded'],
    ['after the end', recordMinutes(over, minutes, by('ann'), situation), 'ended'],
    [
      'confirmed by another',
      confirmMinutes(noted, { recorded: of }, by('bob'), situation),
      'approved, put-to-board',
    ],
    [
      'rejected',
      confirmMinutes(noted, { recorded: { ...of, outcome: 'rejected' } }, by('bob'), situation),
      'rejected',
    ],
    [
      'as they were read',
      confirmMinutes(
        noted,
        { recorded: of, read: noted.application.state.minutes?.at },
        by('bob'),
        situation,
      ),
      'approved, put-to-board',
    ],
    [
      'not as they were read',
      confirmMinutes(noted, { recorded: of, read: at(-1) }, by('bob'), situation),
      'changed',
    ],
    ['by oneself', confirmMinutes(noted, { recorded: of }, by('ann'), situation), 'needs-another'],
    [
      'where there are none',
      confirmMinutes(open, { recorded: undefined }, by('bob'), situation),
      'no-minutes',
    ],
    [
      'of who left since',
      confirmMinutes(noted, { recorded: of }, by('bob'), teamOf(['bob', 'cor'])),
      'recorder-left',
    ],
    [
      'while the directory is unknown',
      confirmMinutes(noted, { recorded: of }, by('bob'), { ...situation, directoryKnown: false }),
      'directory-unknown',
    ],
    [
      'withdrawn by who recorded it',
      withdrawMinutes(noted, by('ann', false), situation),
      'minutes-withdrawn',
    ],
    ['by another', withdrawMinutes(noted, by('bob'), situation), 'minutes-withdrawn'],
    ['by nobody else', withdrawMinutes(noted, by('tim'), situation), 'not-allowed'],
  ])('%s', (_, answer, expected) => expect(outcome(answer)).toBe(expected));
});

describe('without full members a board member appoints', () => {
  const none = teamOf([]);
  test.each([
    [
      'and it is carried out: the board has spoken',
      appoint(open, by('max', false), none),
      'approved, carried-out',
    ],
    ['also after the end', appoint(over, by('max', false), none), 'approved, carried-out'],
    [
      'in the team themselves',
      appoint(open, by('tim', false), teamOf([], ['tim'])),
      'vote-cast, approved, carried-out',
    ],
    [
      'and another of the board is in the team',
      appoint(open, by('max', false), teamOf([], ['tim'])),
      'approved, put-to-board',
    ],
    [
      'who is the applicant does not',
      appoint(open, by('pip', false), teamOf([], [], ['pip'])),
      'own-application',
    ],
    ['who is not of the board does not', appoint(open, by('fay', false), none), 'not-allowed'],
    ['where there is one full member', appoint(open, by('max', false), teamOf(['ann'])), 'team-decides'],
    [
      'while the clock is not believed',
      appoint(open, by('max', false), { ...none, clockBelieved: false }),
      'clock-insane',
    ],
  ])('%s', (_, answer, expected) => expect(outcome(answer)).toBe(expected));
});

describe('what follows by itself', () => {
  const ofBoard = { approved: { ...approved, how: 'board' }, board: { until: at(hour) } } as const;
  const silent = withState('awaiting-board', { approved, board: {} });
  const due = withState('awaiting-board', { approved, board: { until: at(0) } });
  test.each([
    ['nothing, while it is open', open, situation, ''],
    ['it lapses at the end', over, { ...situation, casts: yes('ann') }, 'lapsed'],
    ['or is rejected', over, { ...situation, casts: [...yes('ann'), ...noes('bob')] }, 'rejected'],
    ['or approved', over, { ...situation, casts: yes('ann', 'bob') }, 'approved, put-to-board'],
    [
      'approved and carried out, where the board voted yes',
      over,
      { ...situation, casts: yes('ann', 'eve') },
      'approved, carried-out',
    ],
    ['nobody counts where there is no full member', over, teamOf([]), ''],
    [
      'a member leaves, and the others have all voted',
      open,
      { ...teamOf(['ann', 'bob'], ['bob']), casts: yes('ann', 'bob', 'cor') },
      'approved, carried-out',
    ],
    ['72 h after approval', due, situation, 'carried-out'],
    ['not before', awaiting, situation, ''],
    ['no board member in the team', awaiting, teamOf(full), 'without-board'],
    ['which is said once', silent, teamOf(full), ''],
    ['one comes, and has the whole time', silent, situation, 'put-to-board'],
    ['the applicant is of the board', silent, teamOf(full, [], ['pip']), 'carried-out'],
    [
      'all who could veto left, and the board had appointed',
      withState('awaiting-board', ofBoard),
      teamOf(full),
      'carried-out',
    ],
    ['the directory is unknown', over, { ...situation, directoryKnown: false }, ''],
    ['the clock is not believed', due, { ...situation, clockBelieved: false }, ''],
    ['the applicant is no participant any more', awaiting, { ...situation, isParticipant: false }, 'lapsed'],
    ['also before they consented', proposed, { ...situation, isParticipant: false }, 'lapsed'],
    ['nothing of one that is over', withState('vetoed'), { ...situation, isParticipant: false }, ''],
  ] as const)('%s', (_, known, so, expected) => {
    const events = advance(id, known.application, so);
    expect(types(events).join(', ')).toBe(expected);
    const after = events.reduce<Application | undefined>(
      (application, event) => evolveApplication(application, { ...event, time: now }),
      known.application,
    );
    expect(advance(id, after, so), 'asked again there is nothing more').toEqual([]);
  });

  test('a trial ends so many days of 24 hours later; with 0 there is none', () => {
    expect(advance(id, due.application, situation)[0]?.data).toMatchObject({
      state: 'trial',
      until: at(60 * day),
    });
    const without = withState('awaiting-board', { approved, board: { until: at(0) }, trialDays: 0 });
    expect(advance(id, without.application, situation)[0]?.data).toEqual({
      application: id,
      person: 'pip',
      state: 'full',
    });
  });
});
