import type { Vote, VoteOutcome } from '@huismeester/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count } from './count.ts';

const people = (of: number) => Array.from({ length: of }, (_, index) => `person-${index}`);

/** What was voted by the first so many of a team of `of`. */
function voting(of: number, votes: readonly Vote[], ended = false) {
  const electorate = new Set(people(of));
  return { electorate, votes: votes.map((vote, index) => ({ person: `person-${index}`, vote })), ended };
}

const votesOf = (yes: number, no: number, abstain = 0): Vote[] => [
  ...Array<Vote>(yes).fill('yes'),
  ...Array<Vote>(no).fill('no'),
  ...Array<Vote>(abstain).fill('abstain'),
];

describe('at the end', () => {
  test.each<[yes: number, no: number, abstain: number, of: number, VoteOutcome | undefined]>([
    [1, 0, 0, 5, 'lapsed'],
    [1, 1, 0, 5, 'rejected'],
    [2, 1, 0, 5, 'approved'],
    [0, 1, 0, 5, 'lapsed'],
    [2, 2, 0, 5, 'rejected'],
    [1, 0, 0, 1, 'approved'],
    [0, 0, 0, 5, 'lapsed'],
    [0, 2, 0, 5, 'rejected'],
    [2, 0, 0, 5, 'approved'],
    [2, 0, 3, 5, 'approved'],
    [1, 0, 4, 5, 'lapsed'],
    [3, 2, 0, 5, 'approved'],
    [2, 3, 0, 5, 'rejected'],
    [1, 0, 0, 2, 'lapsed'],
    [2, 0, 0, 2, 'approved'],
    [1, 1, 0, 2, 'rejected'],
    [0, 1, 0, 1, 'rejected'],
    [0, 0, 1, 1, 'lapsed'],
    [0, 0, 0, 0, undefined],
  ])('%i yes, %i no and %i abstaining of %i: %s', (yes, no, abstain, of, outcome) => {
    expect(count(voting(of, votesOf(yes, no, abstain), true))).toBe(outcome);
  });
});

describe('before the end', () => {
  test.each<[yes: number, no: number, abstain: number, of: number, VoteOutcome | undefined]>([
    [3, 0, 0, 5, 'approved'],
    [0, 3, 0, 5, 'rejected'],
    [2, 0, 0, 5, undefined],
    [1, 1, 0, 5, undefined],
    [1, 0, 0, 5, undefined],
    [2, 2, 0, 5, undefined],
    [2, 1, 1, 5, undefined],
    [3, 1, 0, 5, 'approved'],
    [2, 2, 1, 5, 'rejected'],
    [1, 0, 4, 5, 'lapsed'],
    // One abstained, and the other alone comes to nothing whatever they vote: both are needed.
    [0, 0, 1, 2, 'lapsed'],
    [1, 0, 0, 2, undefined],
    [0, 1, 0, 2, undefined],
    [0, 2, 0, 3, 'rejected'],
    [1, 0, 0, 1, 'approved'],
    [0, 0, 0, 1, undefined],
    [0, 0, 0, 0, undefined],
  ])('%i yes, %i no and %i abstaining of %i: %s', (yes, no, abstain, of, outcome) => {
    expect(count(voting(of, votesOf(yes, no, abstain)))).toBe(outcome);
  });
});

test('a vote of who is no full member any more is not counted: three vote, one of them leaves', () => {
  const votes = [
    { person: 'ann', vote: 'yes' },
    { person: 'cor', vote: 'yes' },
  ] as const;
  expect(count({ electorate: new Set(['ann', 'bob', 'cor']), votes: [votes[0]], ended: false })).toBe(
    undefined,
  );
  expect(count({ electorate: new Set(['ann', 'bob']), votes, ended: false })).toBe(undefined);
  const all = [votes[0], { person: 'bob', vote: 'yes' } as const];
  expect(count({ electorate: new Set(['ann', 'bob']), votes: all, ended: false })).toBe('approved');
  expect(count({ electorate: new Set(['ann', 'bob']), votes, ended: true })).toBe('lapsed');
});

test('a board member who only has no objection did not vote', () => {
  const votes = [{ person: 'person-0', vote: undefined }];
  expect(count({ ...voting(1, []), votes })).toBe(undefined);
});

/** As the policy has it, by trying every vote that is not cast yet: nothing of `count` is in it. */
function byTrying(of: number, votes: readonly Vote[]): VoteOutcome | undefined {
  const found = new Set<VoteOutcome>();
  const left = of - votes.length;
  for (let yes = 0; yes <= left; yes += 1) {
    for (let no = 0; no <= left - yes; no += 1) {
      const all = [...votes, ...votesOf(yes, no)];
      const [ayes, noes] = [
        all.filter((each) => each === 'yes').length,
        all.filter((each) => each === 'no').length,
      ];
      const need = Math.min(of, 2);
      if (ayes >= need && ayes > noes) found.add('approved');
      else found.add(noes >= ayes && ayes + noes >= need ? 'rejected' : 'lapsed');
    }
  }
  const [one] = found;
  return found.size === 1 ? one : undefined;
}

test('it closes early when, and only when, no vote still uncast can change the outcome', () => {
  for (let of = 1; of <= 9; of += 1) {
    for (let yes = 0; yes <= of; yes += 1) {
      for (let no = 0; no <= of - yes; no += 1) {
        for (let abstain = 0; abstain <= of - yes - no; abstain += 1) {
          const votes = votesOf(yes, no, abstain);
          expect(count(voting(of, votes)), `${yes}-${no}-${abstain} of ${of}`).toBe(byTrying(of, votes));
        }
      }
    }
  }
});

test('in whatever order, and whoever else voted', () => {
  const vote = fc.constantFrom<Vote>('yes', 'no', 'abstain');
  const given = fc.record({ of: fc.integer({ min: 0, max: 8 }), votes: fc.array(vote, { maxLength: 12 }) });
  fc.assert(
    fc.property(given, fc.boolean(), ({ of, votes }, ended) => {
      const all = voting(of, votes, ended);
      const inside = { ...all, votes: all.votes.filter(({ person }) => all.electorate.has(person)) };
      expect(count({ ...all, votes: all.votes.toReversed() })).toBe(count(inside));
    }),
  );
});
