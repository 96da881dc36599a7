import type { GrantTarget } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import type { Asker } from './asker.ts';
import { endGrant, evolveGrant, give, isOnCore, withdrawGrant } from './grant.ts';
import type { Member } from './member.ts';

const now = new Date('2026-12-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);
const ann: Asker = { person: 'ann', roles: ['participant', 'infrateam'] };
const tim: Asker = { person: 'tim', roles: ['participant', 'trial'] };
const team = { full: new Set(['ann']) };
const onTrial: Member = { state: 'trial', since: now, until: inDays(60), before: null, proposal: null };

const given = (
  on: GrantTarget,
  more: Partial<Parameters<typeof give>[0]> & Partial<Parameters<typeof give>[2]> = {},
  asker = ann,
) => {
  const { member = onTrial, others = [], ...wanted } = more;
  const decided = give({ id: 'g', person: 'tim', on, until: inDays(30), core: false, ...wanted }, asker, {
    team,
    now,
    member: 'member' in more ? more.member : member,
    others,
  });
  if (!('refused' in decided)) return decided.map(({ type }) => type).join();
  return `${decided.code} ${decided.clause} ${decided.errors.map(({ field }) => field).join()}`;
};

test.each<[string, string, string]>([
  ['a class', given('class/participant'), 'grant.given'],
  ['a VM of a class', given('vm/104', { class: 'participant' }), 'grant.given'],
  ['core is said', given('class/core'), 'core-not-said CORE-4 body.core'],
  ['a VM of core', given('vm/104', { class: 'core' }), 'core-not-said CORE-4 body.core'],
  ['a VM of which nothing is known', given('vm/104'), 'core-not-said CORE-4 body.core'],
  ['a switch', given('switch/sw1'), 'core-not-said CORE-4 body.core'],
  ['core, said', given('switch/sw1', { core: true }), 'grant.given'],
  ['by nobody but a full member', given('class/participant', {}, tim), 'not-allowed JOIN-3 person'],
  [
    'to a full member nothing is',
    given('class/participant', { member: { ...onTrial, state: 'full' } }),
    'not-on-trial JOIN-3 params.person',
  ],
  [
    'to who is suspended neither',
    given('class/participant', { member: { ...onTrial, state: 'suspended' } }),
    'not-on-trial JOIN-3 params.person',
  ],
  ['to nobody', given('class/participant', { member: undefined }), 'not-on-trial JOIN-3 params.person'],
  ['until a past moment', given('class/participant', { until: now }), 'out-of-range JOIN-3 body.until'],
  [
    'until after a year',
    given('class/participant', { until: inDays(366) }),
    'out-of-range JOIN-3 body.until',
  ],
  ['twice', given('vm/104', { core: true, others: [{ on: 'vm/104' }] }), 'already-granted JOIN-3 body.on'],
])('granted: %s', (_, decided, expected) => {
  expect(decided).toBe(expected);
});

test.each<[GrantTarget, string | undefined, true | undefined]>([
  ['vm/104', 'core', true],
  ['vm/104', undefined, true],
  ['vm/120', 'participant', undefined],
  ['class/participant', undefined, undefined],
])('core said for %s of the class %s is kept as: %s', (on, of, core) => {
  const wanted = { id: 'g', person: 'tim', on, until: inDays(30), core: true, class: of };
  const decided = give(wanted, ann, { team, now, member: onTrial, others: [] });
  expect(decided).toMatchObject([{ type: 'grant.given' }]);
  expect('refused' in decided ? [] : decided.map(({ data }) => 'core' in data && data.core)).toEqual([
    core ?? false,
  ]);
});

test('what ended is no grant, and ends no second time', () => {
  const grant = {
    person: 'tim',
    on: 'vm/104',
    core: false,
    since: now,
    until: inDays(1),
    by: 'ann',
  } as const;
  const [ended] = endGrant('g', grant, 'expired');
  expect(ended?.data).toEqual({ grant: 'g', person: 'tim', how: 'expired' });
  expect(ended && evolveGrant(grant, { ...ended, time: now })).toBeUndefined();
  expect(endGrant('g', undefined, 'expired')).toEqual([]);
  expect(withdrawGrant('g', grant, tim, team)).toMatchObject({ code: 'not-allowed', clause: 'JOIN-3' });
  expect(withdrawGrant('g', grant, ann, team)).toMatchObject([{ data: { how: 'withdrawn' } }]);
  expect(isOnCore({ on: 'class/space-wide' })).toBe(false);
});
