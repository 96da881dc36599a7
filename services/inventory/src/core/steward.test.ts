import { expect, test } from 'vitest';
import { itemOf, since } from './items.fixtures.ts';
import {
  addSteward,
  confirmSteward,
  countsUntil,
  evolveSteward,
  promoteSteward,
  removeSteward,
  type Somebody,
  type Steward,
} from './steward.ts';

const full: Somebody = { person: 'full', isFull: true, isTrial: false };
const trial: Somebody = { person: 'trial', isFull: false, isTrial: true };
const pat: Somebody = { person: 'pat', isFull: false, isTrial: false };
const sam: Somebody = { person: 'sam', isFull: false, isTrial: false };
const about = { id: 'tap', item: itemOf(), seen: undefined };
const core = { ...about, item: itemOf({ core: 'availability' }) };
const ofCoreVm = { ...about, seen: { class: 'core' as const } };
const dayMs = 24 * 3_600_000;
const stewardOf = ({ person }: Somebody, more: Partial<Steward> = {}): Steward => ({
  item: 'tap',
  person,
  role: 'steward',
  since,
  confirmedAt: since,
  ...more,
});
const learnerOf = (somebody: Somebody) => stewardOf(somebody, { role: 'learner' });
const codeOf = (decided: object) => ('code' in decided ? decided.code : 'done');

test.each([
  ['themselves', pat, 'pat', about, [], 'done'],
  ['themselves on trial', trial, 'trial', core, [], 'done'],
  ['another, by a full member', full, 'pat', about, [], 'done'],
  ['another, by a participant', pat, 'sam', about, [], 'not-allowed'],
  ['another, by a member on trial', trial, 'sam', about, [], 'not-allowed'],
  ['who is it already', pat, 'pat', about, [learnerOf(pat)], 'exists'],
  ['nothing', pat, 'pat', { ...about, item: undefined }, [], 'no-such-item'],
  ['what is retired', pat, 'pat', { ...about, item: itemOf({ life: 'retired' }) }, [], 'retired'],
  [
    'what is no infra',
    pat,
    'pat',
    { ...about, item: itemOf({ tenure: { kind: 'private', name: 'Jan' } }) },
    [],
    'not-infra',
  ],
] as const)('begins to learn: %s', (_, asker, person, of, others, code) => {
  expect(codeOf(addSteward({ id: 's', person }, of, { asker, others }))).toBe(code);
});

const long = (days: number) => new Date(since.getTime() + days * dayMs);
test.each([
  ['by a full member', full, pat, about, [], 1, 'done'],
  ['by a steward who counts', sam, pat, about, [stewardOf(sam)], 400 - 1e-6, 'done'],
  ['by one who does not any more', sam, pat, about, [stewardOf(sam)], 400, 'not-allowed'],
  ['of core, by one who is in the team no more', sam, full, core, [stewardOf(sam)], 1, 'not-allowed'],
  ['by one who is on trial', trial, pat, about, [stewardOf(trial)], 1, 'not-allowed'],
  ['by a learner', sam, pat, about, [learnerOf(sam)], 1, 'not-allowed'],
  ['by a participant', sam, pat, about, [], 1, 'not-allowed'],
  ['by themselves', pat, pat, about, [], 1, 'needs-another'],
  ['by themselves, a full member', full, full, about, [], 1, 'needs-another'],
  ['on trial', full, trial, about, [], 1, 'on-trial'],
  ['a participant, of core', full, pat, core, [], 1, 'core'],
  ['a participant, of what stands for a core VM', full, pat, ofCoreVm, [], 1, 'core'],
  ['a full member, of core', full, { ...full, person: 'other' }, core, [], 1, 'done'],
  ['who left', full, undefined, about, [], 1, 'person-gone'],
] as const)('a learner is steward: %s', (_, asker, learner, of, others, days, code) => {
  const known = learnerOf(learner ?? pat);
  const situation = { asker, learner, others: [...others, known], now: long(days) };
  const decided = promoteSteward('s', known, of, situation);
  expect(codeOf(decided)).toBe(code);
  if (code === 'on-trial') expect(decided).toMatchObject({ clause: 'JOIN-3' });
});

test('a refusal is about a field that the request has', () => {
  const of = { ...about, item: itemOf({ life: 'retired' }) };
  const others: Steward[] = [];
  const added = addSteward({ id: 's', person: 'pat' }, of, { asker: pat, others });
  expect(added).toMatchObject({ errors: [{ field: 'body.item' }] });
  const situation = { asker: full, learner: pat, others, now: since };
  const promoted = promoteSteward('s', learnerOf(pat), of, situation);
  expect(promoted).toMatchObject({ code: 'retired', errors: [{ field: 'params.id' }] });
});

test('a steward is promoted once', () => {
  const known = stewardOf(pat);
  const situation = { asker: full, learner: pat, others: [known], now: since };
  expect(codeOf(promoteSteward('s', known, about, situation))).toBe('steward-already');
});

test.each([
  ['confirms', stewardOf(pat), pat, 'done'],
  ['not for another', stewardOf(pat), sam, 'not-yours'],
  ['nor does a full member', stewardOf(pat), full, 'not-yours'],
  ['a learner has nothing to confirm', learnerOf(pat), pat, 'learner'],
] as const)('a steward %s', (_, known, asker, confirmed) => {
  expect(codeOf(confirmSteward('s', known, asker))).toBe(confirmed);
});

test.each([
  [pat, 'done'],
  [full, 'done'],
  [sam, 'not-allowed'],
  [trial, 'not-allowed'],
] as const)('is no steward any more, says %j', (asker, code) => {
  expect(codeOf(removeSteward('s', stewardOf(pat), asker))).toBe(code);
});

test('400 days count from the last time that it was confirmed', () => {
  const added = { item: 'tap', person: 'pat', role: 'learner' as const, by: 'pat', steward: 's' };
  const data = { steward: 's', item: 'tap', person: 'pat', by: 'full' };
  const subject = 'steward/s';
  const learner = evolveSteward(undefined, { type: 'steward.added', subject, data: added, time: since });
  expect(learner && countsUntil(learner)).toBeUndefined();
  const steward = evolveSteward(learner, { type: 'steward.promoted', subject, data, time: long(10) });
  expect(steward).toMatchObject({ role: 'steward', since: long(10), confirmedAt: long(10) });
  const confirmed = evolveSteward(steward, { type: 'steward.confirmed', subject, data, time: long(300) });
  expect(confirmed).toMatchObject({ role: 'steward', since: long(10), confirmedAt: long(300) });
  expect(confirmed && countsUntil(confirmed)).toEqual(long(700));
  expect(
    evolveSteward(confirmed, { type: 'steward.removed', subject, data, time: long(301) }),
  ).toBeUndefined();
});
