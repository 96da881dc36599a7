import type { MemberAct } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Around, ask, confirmProposal, type Decided, withdrawProposal } from './acts.ts';
import type { Asker } from './asker.ts';
import { expireSuspension } from './carry-out.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { evolveMember, type Member, type NewMemberEvent } from './member.ts';

const dayMs = 24 * 3_600_000;
const people = ['ann', 'bob', 'bea', 'zoe', 'tim'];
/** Of the board: bea begins in the team, zoe outside of it. */
const board: ReadonlySet<string> = new Set(['bea', 'zoe']);
const acts: readonly MemberAct[] = ['confirm', 'extend', 'end', 'suspend', 'lift'];

const step = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'confirm', 'confirm', 'withdraw', 'leave', 'join', 'time'),
  by: fc.constantFrom(...people),
  about: fc.constantFrom(...people),
  act: fc.constantFrom(...acts),
  typed: fc.boolean(),
  days: fc.integer({ min: 1, max: 14 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface World {
  readonly members: Map<string, Member>;
  now: Date;
}

function begin(): World {
  const now = new Date('2026-12-01T12:00:00Z');
  const empty = { since: now, before: null, proposal: null };
  const full = ['ann', 'bob', 'bea'].map(
    (id) => [id, { ...empty, state: 'full' as const, until: null }] as const,
  );
  const until = new Date(now.getTime() + 30 * dayMs);
  return { members: new Map<string, Member>([...full, ['tim', { ...empty, state: 'trial', until }]]), now };
}

const inState = ({ members }: World, ...states: Member['state'][]) =>
  new Set([...members].flatMap(([id, { state }]) => (states.includes(state) ? [id] : [])));
const inTeam = (world: World) => [...inState(world, 'full', 'trial')].filter((id) => board.has(id));

function decide(world: World, { kind, by, about, act, typed, days }: Step): Decided {
  const full = inState(world, 'full');
  const asker: Asker = {
    person: by,
    roles: [
      ...(full.has(by) ? (['infrateam'] as const) : []),
      ...(board.has(by) ? (['board'] as const) : []),
    ],
  };
  const around: Around = {
    person: kind === 'leave' ? by : about,
    team: { full, board: new Set(inTeam(world)), ofBoard: board },
    now: world.now,
    suspensionMs: 14 * dayMs,
    confirm: typed ? (kind === 'leave' ? by : about) : undefined,
    expected: kind === 'leave' ? by : about,
    isSame: (one, other) => one === other,
  };
  const member = world.members.get(around.person);
  switch (kind) {
    case 'ask':
      return ask(member, { act, ...(act === 'extend' && { days }), reason: 'r' }, asker, around);
    case 'confirm':
      return confirmProposal(member, asker, around);
    case 'withdraw':
      return withdrawProposal(member, asker, around);
    case 'leave':
      return leave(member, { ...around, asker });
    case 'join': {
      const state = typed ? 'full' : 'trial';
      return join(member, { person: about, state, application: 'a', how: 'votes' });
    }
    default:
      return expireSuspension(member, { person: about, now: world.now });
  }
}

/** What holds of each event, by who asked and by how the team was, and by nothing of the code that decided it. */
function check(world: World, { kind, by, typed }: Step, { type, data }: NewMemberEvent): void {
  const before = world.members.get(data.person);
  const full = inState(world, 'full');
  const isLast = inTeam(world).join() === data.person;
  switch (type) {
    case 'member.joined':
      expect([undefined, 'former']).toContain(before?.state);
      return;
    case 'member.proposed':
      expect([full.has(by), data.by, by === data.person]).toEqual([true, by, false]);
      return;
    case 'member.proposal-withdrawn':
      expect(before?.proposal?.by === by || full.has(by)).toBe(true);
      return;
    case 'member.confirmed':
    case 'member.extended':
      expect(before?.state).toBe('trial');
      byTwo(data.by, before, full, data.person);
      return;
    case 'member.left':
      if (isLast) expect(typed).toBe(true);
      if (data.how === 'left') expect([kind, data.person, data.by]).toEqual(['leave', by, [by]]);
      else byBoardOrTwo(data.by, by, before, full, data.person);
      return;
    case 'member.suspended':
      if (isLast) expect(typed).toBe(true);
      byBoardOrTwo(data.by, by, before, full, data.person);
      return;
    case 'member.reinstated':
      // As before, whichever way.
      expect(before?.state).toBe('suspended');
      expect([data.state, data.until]).toEqual([before?.before?.state, before?.before?.until]);
      if (data.how === 'expired')
        expect((before?.until?.getTime() ?? Infinity) <= world.now.getTime()).toBe(true);
      else byBoardOrTwo(data.by ?? [], by, before, full, data.person);
  }
}

function byBoardOrTwo(
  who: readonly string[],
  by: string,
  before: Member | undefined,
  full: ReadonlySet<string>,
  about: string,
): void {
  if (who.length === 1) expect([board.has(by), who, by === about]).toEqual([true, [by], false]);
  else byTwo(who, before, full, about);
}

/** Two who are full members at this moment, neither of whom it is about. */
function byTwo(
  who: readonly string[],
  before: Member | undefined,
  full: ReadonlySet<string>,
  about: string,
): void {
  expect(new Set(who).size).toBe(2);
  expect(who[0]).toBe(before?.proposal?.by);
  expect(who.filter((each) => !full.has(each) || each === about)).toEqual([]);
}

test('over random histories nobody’s place in the team is changed but by who may, and by time a suspension alone', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 100 }), (steps) => {
      const world = begin();
      for (const each of steps) {
        if (each.kind === 'time') world.now = new Date(world.now.getTime() + each.days * dayMs);
        const decided = decide(world, each);
        if ('refused' in decided) continue;
        for (const event of decided) {
          check(world, each, event);
          const { person } = event.data;
          const after = evolveMember(world.members.get(person), { ...event, time: world.now });
          if (after) world.members.set(person, after);
        }
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});
