import type { No } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { type Around, ask, confirmProposal, type Decided, withdrawProposal } from './acts.ts';
import type { Asker } from './asker.ts';
import { expireSuspension } from './carry-out.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { evolveMember, type Member, type NewMemberEvent } from './member.ts';

const now = new Date('2026-12-01T12:00:00Z');
const day = 24 * 3_600_000;
const inDays = (days: number) => new Date(now.getTime() + days * day);
const [tim, sam] = ['tim', 'sam'];
const full = (person: string): Asker => ({ person, roles: ['participant', 'infrateam'] });
const [ann, bob, cor] = [full('ann'), full('bob'), full('cor')];
/** Of the board, and not in the team. */
const zoe: Asker = { person: 'zoe', roles: ['participant', 'board'] };
/** Of the board, and a full member. */
const bea: Asker = { person: 'bea', roles: ['participant', 'infrateam', 'board'] };
const trial: Asker = { person: tim, roles: ['participant', 'trial'] };
const root = (person: string): Asker => ({ person, roles: ['administrator'] });
const team = {
  full: new Set(['ann', 'bob', 'bea']),
  board: new Set(['bea']),
  ofBoard: new Set(['bea', 'zoe']),
};
const around = (person: string, more: Partial<Around> = {}): Around => ({
  person,
  team,
  now,
  suspensionMs: 14 * day,
  confirm: undefined,
  expected: person,
  isSame: (one, other) => one.toLowerCase() === other.toLowerCase(),
  ...more,
});
const inState = (state: Member['state'], more: Partial<Member> = {}): Member => ({
  state,
  since: now,
  until: null,
  before: null,
  proposal: null,
  ...more,
});
const onTrial = inState('trial', { until: inDays(5) });
const suspended = inState('suspended', {
  until: inDays(14),
  before: { state: 'trial', until: inDays(5).toISOString() },
});
const proposed = (act: NonNullable<Member['proposal']>['act'], by = 'ann', until?: string) => ({
  act,
  by,
  at: now.toISOString(),
  ...(until !== undefined && { until }),
});

/** What was decided, in a line; each refusal names a field and what is allowed. */
function outcome(decided: Decided): string {
  if (!('refused' in decided)) {
    return decided
      .map(({ type, data }) => `${type} ${'by' in data ? [data.by].flat().join('+') : ''}`.trim())
      .join();
  }
  const { code, clause, errors } = decided as No;
  expect(errors.length).toBeGreaterThan(0);
  for (const { field, found, allowed } of errors) expect([field, found, allowed].join('')).toMatch(/\w/);
  return `${code} ${clause} ${errors.map(({ field }) => field).join()}`;
}
const asked = (
  member: Member | undefined,
  act: NonNullable<Member['proposal']>['act'],
  asker: Asker,
  more: Partial<Around> & { days?: number; reason?: string | undefined; about?: string } = {},
) => {
  const { days, about = tim, ...rest } = more;
  const reason = 'reason' in more ? more.reason : 'why';
  return ask(member, { act, days, reason }, asker, around(about, rest));
};

test.each<[string, Decided, string, string, string]>([
  [
    'whom an act is not for',
    asked(inState('full'), 'extend', ann, { days: 30 }),
    'A full member cannot be given a longer trial',
    'a full member',
    'a member on trial',
  ],
  [
    'days that are too few',
    asked(onTrial, 'extend', ann, { days: 4 }),
    'The trial would not last longer',
    '4',
    'more than 5 days, counted from now',
  ],
  [
    'what has to wait',
    asked({ ...onTrial, proposal: proposed('confirm') }, 'end', bob),
    'Something is proposed about this member already: full membership after the trial',
    'the end of membership',
    'nothing until another full member confirms full membership after the trial, or it is withdrawn',
  ],
])('a refusal says in words of people %s', (_, decided, title, found, allowed) => {
  expect(decided).toMatchObject({ title, errors: [{ found, allowed }] });
});

test.each<[string, Decided, string]>([
  ['a full member proposes the end', asked(onTrial, 'end', ann), 'member.proposed ann'],
  ['a board member ends at once', asked(onTrial, 'end', zoe), 'member.left zoe'],
  ['a board member in the team too', asked(onTrial, 'end', bea), 'member.left bea'],
  ['a board member suspends at once', asked(onTrial, 'suspend', zoe), 'member.suspended zoe'],
  ['a board member lifts at once', asked(suspended, 'lift', zoe), 'member.reinstated zoe'],
  ['a trial is for full members', asked(onTrial, 'confirm', zoe), 'not-allowed JOIN-3 person'],
  ['a board member in the team proposes that', asked(onTrial, 'confirm', bea), 'member.proposed bea'],
  ['a full member extends a trial', asked(onTrial, 'extend', ann, { days: 30 }), 'member.proposed ann'],
  [
    'a trial lasts longer, not shorter',
    asked(onTrial, 'extend', ann, { days: 4 }),
    'not-longer JOIN-3 body.days',
  ],
  ['by how much is said', asked(onTrial, 'extend', ann), 'invalid-request JOIN-3 body.days'],
  [
    'days are for a trial alone',
    asked(onTrial, 'suspend', zoe, { days: 3 }),
    'invalid-request TEAM-1 body.days',
  ],
  [
    'a reason is given',
    asked(onTrial, 'end', ann, { reason: undefined }),
    'invalid-request TEAM-1 body.because',
  ],
  [
    'of the board too',
    asked(onTrial, 'suspend', zoe, { reason: undefined }),
    'invalid-request TEAM-1 body.because',
  ],
  ['who is not in the register decides nothing', asked(onTrial, 'end', cor), 'not-allowed TEAM-1 person'],
  [
    'nor who is on trial',
    asked(inState('full'), 'end', trial, { about: 'ann' }),
    'not-allowed TEAM-1 person',
  ],
  [
    'nor a role without the register',
    asked(onTrial, 'end', { person: 'ann', roles: ['trial'] }),
    'not-allowed TEAM-1 person',
  ],
  ['root for a full member proposes', asked(onTrial, 'end', root('ann')), 'member.proposed ann'],
  ['root for a board member does it', asked(onTrial, 'end', root('zoe')), 'member.left zoe'],
  ['root for another does not', asked(onTrial, 'end', root('cor')), 'not-allowed TEAM-1 person'],
  [
    'nobody about themselves',
    asked(inState('full'), 'end', ann, { about: 'ann' }),
    'about-oneself TEAM-1 params.person',
  ],
  [
    'of the board neither',
    asked(inState('full'), 'end', bea, { about: 'bea' }),
    'about-oneself TEAM-1 params.person',
  ],
  ['who is no member', asked(undefined, 'end', ann), 'not-a-member TEAM-1 params.person'],
  ['who is none any more', asked(inState('former'), 'suspend', zoe), 'not-a-member TEAM-1 params.person'],
  [
    'a full member is not confirmed',
    asked(inState('full'), 'confirm', ann),
    'wrong-state JOIN-3 params.person',
  ],
  ['who is suspended is not suspended', asked(suspended, 'suspend', zoe), 'wrong-state TEAM-1 params.person'],
  ['who is not suspended is not lifted', asked(onTrial, 'lift', zoe), 'wrong-state TEAM-1 params.person'],
  [
    'one proposal at a time',
    asked({ ...onTrial, proposal: proposed('confirm') }, 'end', bob),
    'open-proposal TEAM-1 body.act',
  ],
  [
    'another’s is confirmed, not proposed again',
    asked({ ...onTrial, proposal: proposed('end') }, 'end', bob),
    'open-proposal TEAM-1 body.act',
  ],
  [
    'who proposed it may say it anew',
    asked({ ...onTrial, proposal: proposed('end') }, 'end', ann),
    'member.proposed ann',
  ],
  [
    'the board does not wait for it',
    asked({ ...onTrial, proposal: proposed('confirm') }, 'end', zoe),
    'member.left zoe',
  ],
  [
    'the only board member in the team is named',
    asked(inState('full'), 'suspend', zoe, { about: 'bea' }),
    'ends-board BOARD-1 body.confirm',
  ],
  [
    'by the right name',
    asked(inState('full'), 'suspend', zoe, { about: 'bea', confirm: 'ann' }),
    'ends-board BOARD-1 body.confirm',
  ],
  [
    'and then it is done',
    asked(inState('full'), 'suspend', zoe, { about: 'bea', confirm: 'BEA' }),
    'member.suspended zoe',
  ],
  [
    'it is no question where another is there',
    asked(inState('full'), 'end', zoe, { about: 'bea', team: { ...team, board: new Set(['bea', 'tim']) } }),
    'member.left zoe',
  ],
  [
    'a proposal ends nothing, so it asks for no name',
    asked(inState('full'), 'end', ann, { about: 'bea' }),
    'member.proposed ann',
  ],
])('asked: %s', (_, decided, expected) => {
  expect(outcome(decided)).toBe(expected);
});

const confirmed = (
  member: Member | undefined,
  asker: Asker,
  more: Partial<Around> & { readonly read?: string } = {},
  about = tim,
) => confirmProposal(member, asker, { ...around(about, more), ...(more.read && { read: more.read }) });
test.each<[string, Decided, string]>([
  [
    'another full member',
    confirmed({ ...onTrial, proposal: proposed('confirm') }, bob),
    'member.confirmed ann+bob',
  ],
  ['ends', confirmed({ ...onTrial, proposal: proposed('end') }, bob), 'member.left ann+bob'],
  ['suspends', confirmed({ ...onTrial, proposal: proposed('suspend') }, bob), 'member.suspended ann+bob'],
  ['lifts', confirmed({ ...suspended, proposal: proposed('lift') }, bob), 'member.reinstated ann+bob'],
  [
    'extends',
    confirmed({ ...onTrial, proposal: proposed('extend', 'ann', inDays(30).toISOString()) }, bob),
    'member.extended ann+bob',
  ],
  [
    'not to an end that is past',
    confirmed({ ...onTrial, proposal: proposed('extend', 'ann', inDays(-1).toISOString()) }, bob),
    'end-is-past JOIN-3 params.person',
  ],
  [
    'as it was read',
    confirmed({ ...onTrial, proposal: proposed('end') }, bob, { read: now.toISOString() }),
    'member.left ann+bob',
  ],
  [
    'what was read, and another one stands by now',
    confirmed({ ...onTrial, proposal: proposed('end') }, bob, { read: inDays(-1).toISOString() }),
    'changed TEAM-1 body.proposed',
  ],
  ['nothing stands', confirmed(onTrial, bob), 'nothing-proposed TEAM-1 params.person'],
  ['who proposed it', confirmed({ ...onTrial, proposal: proposed('end') }, ann), 'same-person TEAM-1 person'],
  [
    'who is on trial',
    confirmed({ ...onTrial, proposal: proposed('end') }, trial),
    'not-allowed TEAM-1 person',
  ],
  [
    'whom it is about',
    confirmed(inState('full', { proposal: proposed('end') }), bob, {}, 'bob'),
    'about-oneself TEAM-1 params.person',
  ],
  [
    'a board member outside the team',
    confirmed({ ...onTrial, proposal: proposed('end') }, zoe),
    'not-allowed TEAM-1 person',
  ],
  [
    'who proposed it has left',
    confirmed({ ...onTrial, proposal: proposed('end', 'cor') }, bob),
    'proposer-left TEAM-1 params.person',
  ],
  [
    'the only board member is named',
    confirmed(inState('full', { proposal: proposed('end') }), bob, {}, 'bea'),
    'ends-board BOARD-1 body.confirm',
  ],
])('confirmed: %s', (_, decided, expected) => {
  expect(outcome(decided)).toBe(expected);
});

const withdrawn = (member: Member, asker: Asker, about = tim) =>
  withdrawProposal(member, asker, { person: about, team });
test.each<[string, Decided, string]>([
  ['who proposed it', withdrawn({ ...onTrial, proposal: proposed('end') }, ann), 'member.proposal-withdrawn'],
  [
    'who proposed it, and is of the team no more',
    withdrawn({ ...onTrial, proposal: proposed('end', 'cor') }, cor),
    'member.proposal-withdrawn',
  ],
  [
    'another full member',
    withdrawn({ ...onTrial, proposal: proposed('end') }, bob),
    'member.proposal-withdrawn',
  ],
  [
    'whom it is about',
    withdrawn(inState('full', { proposal: proposed('end') }), bob, 'bob'),
    'about-oneself TEAM-1 params.person',
  ],
  ['nobody else', withdrawn({ ...onTrial, proposal: proposed('end') }, zoe), 'not-allowed TEAM-1 person'],
  ['nothing stands', withdrawn(onTrial, bob), 'nothing-proposed TEAM-1 params.person'],
])('withdrawn: %s', (_, decided, expected) => {
  expect(outcome(decided)).toBe(expected);
});

const left = (member: Member | undefined, asker: Asker, more: Partial<Around> = {}) =>
  leave(member, { ...around(asker.person), ...more, asker });
test.each<[string, Decided, string]>([
  ['a full member', left(inState('full'), ann), 'member.left ann'],
  ['on trial', left(onTrial, trial), 'member.left tim'],
  ['while suspended', left(suspended, { person: sam, roles: ['participant'] }), 'member.left sam'],
  ['for another', left(inState('full'), ann, { person: 'bob' }), 'not-allowed TEAM-1 person'],
  ['who is no member', left(undefined, zoe), 'not-a-member TEAM-1 params.person'],
  ['twice', left(inState('former'), ann), 'not-a-member TEAM-1 params.person'],
  ['the only board member', left(inState('full'), bea), 'ends-board BOARD-1 body.confirm'],
  ['the only board member, by name', left(inState('full'), bea, { confirm: 'bea' }), 'member.left bea'],
])('leaves: %s', (_, decided, expected) => {
  expect(outcome(decided)).toBe(expected);
});

const joining = { person: tim, application: 'a', how: 'votes' } as const;
test.each<[string, Decided, string]>([
  ['somebody new', join(undefined, { ...joining, state: 'full' }), 'member.joined'],
  [
    'a former member',
    join(inState('former'), { ...joining, state: 'trial', until: inDays(60) }),
    'member.joined',
  ],
  ['who is on trial', join(onTrial, { ...joining, state: 'full' }), 'already-member JOIN-1 person'],
  ['who is suspended', join(suspended, { ...joining, state: 'full' }), 'already-member JOIN-1 person'],
])('joins: %s', (_, decided, expected) => {
  expect(outcome(decided)).toBe(expected);
});

const after = (member: Member | undefined, decided: Decided, time = now): Member | undefined => {
  if ('refused' in decided) throw new Error(decided.title);
  return decided.reduce<Member | undefined>(
    (so, event: NewMemberEvent) => evolveMember(so, { ...event, time }),
    member,
  );
};

test('a suspension keeps the end of a trial, and what it was before comes back', () => {
  const out = after({ ...onTrial, proposal: proposed('confirm') }, asked(onTrial, 'suspend', zoe));
  expect(out).toEqual({
    state: 'suspended',
    since: now,
    until: inDays(14),
    before: { state: 'trial', until: inDays(5).toISOString() },
    proposal: null,
  });
  const again = { ...onTrial, since: now };
  expect(after(out, asked(out, 'lift', zoe))).toEqual(again);
  const over = (days: number) => expireSuspension(out, { person: tim, now: inDays(days) });
  expect(over(13)).toEqual([]);
  expect(after(out, over(14))).toEqual(again);
  expect(expireSuspension(onTrial, { person: tim, now: inDays(99) })).toEqual([]);
});

test('a trial ends in full membership, or lasts longer and keeps its begin', () => {
  const longer = { ...onTrial, proposal: proposed('extend', 'ann', inDays(30).toISOString()) };
  expect(after(longer, confirmed(longer, bob), inDays(1))).toEqual({ ...onTrial, until: inDays(30) });
  const fine = { ...onTrial, proposal: proposed('confirm') };
  expect(after(fine, confirmed(fine, bob), inDays(1))).toEqual(inState('full', { since: inDays(1) }));
});

test('that somebody should go stands when their suspension is over; that it be lifted does not', () => {
  const ends = (act: 'end' | 'lift') => {
    const out = { ...suspended, proposal: proposed(act) };
    return after(out, expireSuspension(out, { person: tim, now: inDays(14) }))?.proposal?.act;
  };
  expect([ends('end'), ends('lift')]).toEqual(['end', undefined]);
});
