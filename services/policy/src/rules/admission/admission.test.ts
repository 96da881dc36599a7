import { describe, expect, it, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import type { ApplicationFact } from '../../facts/application.ts';
import type { ClockFact } from '../../facts/clock.ts';
import type { DirectoryFact } from '../../facts/directory.ts';
import { noFacts } from '../../facts/index.ts';
import type { MemberFact } from '../../facts/member.ts';
import type { PersonFact } from '../../facts/person.ts';
import { isStillAsked } from './asked.ts';
import { rule } from './index.ts';
import { isStillProposed } from './proposal.ts';

/* Long, since it is a table of who is asked for what, row by row. */

const hour = 3_600_000;
const day = 24 * hour;
const made = Date.parse('2026-12-01T00:00:00Z');
const ends = made + 336 * hour;
const application = (more: Partial<ApplicationFact> = {}): ApplicationFact => ({
  application: 'x',
  person: 'jan',
  state: 'open',
  since: made,
  ends,
  trialDays: 60,
  voted: [],
  ...more,
});

interface Space {
  readonly members?: Readonly<Record<string, Partial<MemberFact>>>;
  readonly board?: readonly string[];
  readonly directory?: DirectoryFact;
  readonly clock?: ClockFact;
}
const full: MemberFact['state'] = 'full';
const team = { ann: { state: full }, bob: { state: full }, cas: { state: full } };

function factsOf({ members = team, board = ['bob', 'eva'], ...given }: Space) {
  const ids = new Set([...Object.keys(members), ...board, 'jan']);
  const person = new Map<string, PersonFact>(
    [...ids].map((id) => {
      const groups: PersonFact['groups'] = board.includes(id) ? ['board'] : [];
      return [id, { person: id, enabled: true, groups, roles: [] }];
    }),
  );
  const member = new Map<string, MemberFact>(
    Object.entries(members).map(([id, more]) => [id, { person: id, state: full, ...more }]),
  );
  return {
    ...noFacts,
    person,
    member,
    directory: new Map([['main', given.directory ?? ({ state: 'known' } as const)]]),
    clock: new Map(given.clock ? [['main', given.clock]] : []),
  };
}

function look(of: ApplicationFact | undefined, now: number, space: Space = {}) {
  const facts = { ...factsOf(space), application: new Map(of ? [['x', of]] : []) };
  const settings = { ...defaults, directory: true };
  const context = { now, startedAt: 0, epoch: 'e', modes: new Map(), mine: new Map(), settings };
  const { notices, violations, lookAgainAt } = atOnce(rule.decide(facts, new Map(), context));
  return {
    all: notices,
    notices: notices.map(({ kind, to, urgency }) =>
      [kind, to === 'team' ? to : to.person, urgency === 'now' ? '!' : ''].join(' ').trim(),
    ),
    violations: violations.found.map(({ kind, subject, clause }) => `${kind} ${subject} ${clause}`),
    undecided: violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    lookAgainAt,
  };
}

const opened = (...ids: string[]) => ids.map((id) => `application-opened ${id}`);
const awaiting = { state: 'awaiting-board', approvedAt: made + day } as const;

type Row = [what: string, of: ApplicationFact, at: number, space: Space, notices: readonly string[]];

test.each<Row>([
  ['each full member is asked to vote', application(), made, {}, opened('ann', 'bob', 'cas')],
  ['not who has voted', application({ voted: ['bob'] }), made, {}, opened('ann', 'cas')],
  [
    'not who is on trial, suspended, or gone',
    application(),
    made,
    { members: { ...team, bob: { state: 'trial' }, cas: { state: 'suspended' }, dik: { state: 'former' } } },
    opened('ann'),
  ],
  ['nor the applicant, for themselves', application({ person: 'ann' }), made, {}, opened('bob', 'cas')],
  [
    'nobody more than once before the time',
    application(),
    ends - 72 * hour - 1,
    {},
    opened('ann', 'bob', 'cas'),
  ],
  [
    'who has not voted once more, 72 h before the end',
    application({ voted: ['ann', 'bob'] }),
    ends - 72 * hour,
    {},
    ['application-opened cas', 'vote-reminder cas'],
  ],
  [
    'at once, where the digest would be too late',
    application({ voted: ['ann', 'bob'] }),
    ends - hour,
    {},
    ['application-opened cas', 'vote-reminder cas !'],
  ],
  [
    'another full member than the recorder to confirm minutes',
    application({ voted: ['ann', 'bob', 'cas'], minutes: { by: 'bob', at: made } }),
    made,
    {},
    ['minutes-asked ann', 'minutes-asked cas'],
  ],
  ['nobody after the end', application(), ends, {}, []],
  [
    'the board members in the team whether they veto it',
    application({ ...awaiting, boardUntil: made + 4 * day }),
    made + day,
    {},
    ['board-asked bob !', 'application-approved jan'],
  ],
  [
    'on trial or full, and not the applicant',
    application({ ...awaiting, person: 'bob', boardUntil: made + 4 * day }),
    made + day,
    { members: { ...team, eva: { state: 'trial' } } },
    ['board-asked eva !', 'application-approved bob'],
  ],
  [
    'the whole board, where none of it is in the team',
    application(awaiting),
    made + day,
    { board: ['eva', 'fay'] },
    ['application-without-board eva', 'application-without-board fay', 'application-approved jan'],
  ],
  [
    'the board, where no full member may vote',
    application(),
    made,
    { members: { ann: { state: 'trial' } }, board: ['eva', 'jan'] },
    ['appointment-asked eva'],
  ],
  ['the applicant whether they consent', application({ state: 'proposed' }), made, {}, ['consent-asked jan']],
  [
    'the applicant hears that they are in',
    application({ state: 'carried-out', endedAt: made }),
    made,
    {},
    ['application-joined jan'],
  ],
  [
    'that it was rejected',
    application({ state: 'rejected', endedAt: made }),
    made,
    {},
    ['application-rejected jan'],
  ],
  ['that it lapsed', application({ state: 'lapsed', endedAt: made }), made, {}, ['application-lapsed jan']],
  [
    'that it was vetoed',
    application({ state: 'vetoed', endedAt: made }),
    made,
    {},
    ['application-vetoed jan'],
  ],
  ['nothing of what they withdrew', application({ state: 'withdrawn', endedAt: made }), made, {}, []],
  ['nothing of what is long ago', application({ state: 'lapsed', endedAt: made }), made + 8 * day, {}, []],
  ['nobody while the directory is unknown', application(), made, { directory: { state: 'unknown' } }, []],
  [
    'nobody by a clock that is not believed',
    application(),
    made,
    { clock: { insane: { since: 0, why: 'jumped' } } },
    [],
  ],
  ['nobody of what is not seen', application({ unseen: true }), made, {}, []],
])('asked: %s', (_, of, at, space, notices) => {
  expect(look(of, at, space).notices.toSorted()).toEqual(notices.toSorted());
});

describe('a notice', () => {
  it('names the applicant by their id alone, and says neither a vote nor a reason', () => {
    const [first] = look(application({ voted: ['bob', 'cas'] }), made).all;
    expect(first).toEqual({
      kind: 'application-opened',
      subject: 'application/x',
      moment: new Date(made).toISOString(),
      to: { person: 'ann' },
      urgency: 'digest',
      severity: 'info',
      clause: 'JOIN-1',
      until: ends,
      reasons: [],
      about: 'jan',
    });
  });

  it('is looked at again when the reminder is due, and at the end', () => {
    expect(look(application(), made).lookAgainAt).toBe(ends - 72 * hour);
    expect(look(application(), ends - 72 * hour).lookAgainAt).toBe(ends - day);
    expect(look(application(), ends - day).lookAgainAt).toBe(ends);
  });

  it.each<[string, string, ApplicationFact | undefined, Space, boolean]>([
    ['is open, and ann has not voted', 'vote-reminder', application(), {}, true],
    ['ann has voted', 'vote-reminder', application({ voted: ['ann'] }), {}, false],
    [
      'ann has voted before the first digest',
      'application-opened',
      application({ voted: ['ann'] }),
      {},
      false,
    ],
    ['it is closed', 'vote-reminder', application({ state: 'lapsed' }), {}, false],
    ['it is gone', 'vote-reminder', undefined, {}, false],
    ['ann is suspended', 'vote-reminder', application(), { members: { ann: { state: 'suspended' } } }, false],
    ['it was approved meanwhile', 'application-opened', application(awaiting), {}, false],
  ])('is sent only while it is so: %s', (_, kind, of, space, isSent) => {
    const moment = new Date(kind === 'vote-reminder' ? ends : made).toISOString();
    expect(isStillAsked({ kind, moment, person: 'ann' }, of, factsOf(space), made + day)).toBe(isSent);
  });
});

describe('what is proposed about a member', () => {
  const proposed = (by: string, act: 'confirm' | 'suspend' = 'confirm') =>
    ({ state: 'trial', proposal: { act, by, at: made } }) as const;

  it.each<[string, Space, readonly string[]]>([
    [
      'full members but who proposed it',
      { members: { ...team, tim: proposed('ann') } },
      ['proposal-asked bob', 'proposal-asked cas'],
    ],
    [
      'at once, where somebody is to be suspended, and not them',
      { members: { ...team, cas: { ...proposed('ann', 'suspend'), state: full } } },
      ['proposal-asked bob !'],
    ],
    [
      'nobody while the directory is unknown',
      { members: { tim: proposed('ann') }, directory: { state: 'unknown' } },
      [],
    ],
    [
      'nobody where membership does not say since when',
      { members: { tim: { proposal: { act: 'end', by: 'ann' } } } },
      [],
    ],
  ])('is put to: %s', (_, space, notices) => {
    expect(look(undefined, made, space).notices).toEqual(notices);
  });

  it('is asked only while it is proposed', () => {
    const tim = { person: 'tim', ...proposed('ann') };
    const facts = factsOf({ members: { ...team, tim } });
    const notice = { moment: new Date(made).toISOString(), person: 'bob' };
    expect(isStillProposed(notice, tim, facts)).toBe(true);
    expect(isStillProposed(notice, { person: 'tim', state: 'full' }, facts)).toBe(false);
    expect(isStillProposed({ ...notice, moment: new Date(made + 1).toISOString() }, tim, facts)).toBe(false);
    expect(isStillProposed({ ...notice, person: 'ann' }, tim, facts)).toBe(false);
    expect(isStillProposed(notice, undefined, facts)).toBe(false);
  });
});

describe('an application waits', () => {
  it.each<[string, ApplicationFact, Space, readonly string[]]>([
    [
      'for a board member in the team',
      application(awaiting),
      { board: ['eva'] },
      ['application-waits application/x JOIN-2'],
    ],
    ['not while one may veto it', application({ ...awaiting, boardUntil: made }), {}, []],
    ['for a full member', application(), { members: {} }, ['application-waits application/x JOIN-1']],
    ['not while there is one', application(), {}, []],
  ])('%s', (_, of, space, violations) => {
    expect(look(of, made, space)).toMatchObject({ violations, undecided: [] });
  });

  it('undecided, where it or the team is not seen', () => {
    const undecided = ['application-waits application/x'];
    const unknown: DirectoryFact = { state: 'unknown' };
    expect(look(application(awaiting), made, { directory: unknown })).toMatchObject({
      violations: [],
      undecided,
    });
    expect(look(application({ ...awaiting, unseen: true }), made)).toMatchObject({
      violations: [],
      undecided,
    });
  });
});

describe('a trial', () => {
  const on = (more: Partial<MemberFact>): Space => ({ members: { ann: { state: 'trial', ...more } } });
  const until = made;

  it.each<[string, number, Space, readonly string[], readonly string[]]>([
    ['goes on', until - 8 * day, on({ until }), [], []],
    ['ends within a week', until - 7 * day, on({ until }), [], ['trial-ends ann']],
    [
      'is over, and nothing was decided',
      until,
      on({ until }),
      ['trial-undecided person/ann JOIN-3'],
      ['trial-over ann'],
    ],
    ['became full membership', until, on({ until, state: 'full' }), [], []],
    ['is suspended', until, on({ until, state: 'suspended' }), [], []],
    ['has no end', until, on({}), [], []],
  ])('%s', (_, at, space, violations, notices) => {
    expect(look(undefined, at, space)).toMatchObject({ violations, notices, undecided: [] });
  });

  it('is undecided by a clock that is not believed, and where it is not seen', () => {
    const undecided = ['trial-undecided person/ann'];
    const insane: ClockFact = { insane: { since: 0, why: 'jumped' } };
    expect(look(undefined, until, { ...on({ until }), clock: insane })).toMatchObject({
      violations: [],
      undecided,
    });
    expect(look(undefined, until, on({ until, unseen: true }))).toMatchObject({ violations: [], undecided });
  });
});
