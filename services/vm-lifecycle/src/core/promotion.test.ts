import { isNo, type No } from '@huismeester/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Class } from './guest.ts';
import type { Project } from './project.ts';
import type { Person } from './project-decide.ts';
import {
  classWanted,
  evolvePromotion,
  isCarriedOut,
  type NewPromotionEvent,
  type Promotion,
} from './promotion.ts';
import * as core from './promotion-decide.ts';

const hour = 3_600_000;
const began = Date.parse('2026-12-01T12:00:00Z');
const participant = (person: string): Person => ({ person, roles: ['participant'] });
const member = (person: string): Person => ({ person, roles: ['participant', 'infrateam'] });
const [ann, bob] = [participant('ann'), participant('bob')];
const [cas, dee] = [member('cas'), member('dee')];

const project = (of: Class, status: Project['state']['status'] = 'active'): Project => ({
  class: of,
  state: {
    title: 'Queue',
    owner: 'ann',
    people: [],
    managers: ['bob'],
    hardware: [],
    classSince: '2026-12-01T12:00:00Z',
    status,
  },
});
const answers = { facilitates: 'each evening', needed: 'by all', 'not-core': 'it can wait' };
const toSpaceWide: core.Asked = { project: 'p', kind: 'promotion', to: 'space-wide', answers };
const toCore: core.Asked = { project: 'p', kind: 'promotion', to: 'core', because: 'all need it' };
const oneMore: core.Asked = { project: 'p', kind: 'one-more-vm', because: 'a database' };

type Decided = readonly NewPromotionEvent[] | No;
function after(known: Promotion | undefined, decided: Decided, at = began): Promotion {
  if ('refused' in decided) throw new Error(decided.title);
  const found = decided.reduce<Promotion | undefined>(
    (so, event) => evolvePromotion(so, { ...event, time: new Date(at) }),
    known,
  );
  if (!found) throw new Error('there is no request');
  return found;
}
const refusal = (decided: Decided) => {
  if (!isNo(decided)) return 'in';
  // Each says what would be allowed.
  expect(decided.errors?.map(({ allowed }) => allowed).join()).toMatch(/\w/);
  return `${decided.code} ${decided.clause}`;
};
const ask = (asked: core.Asked, of: Project | undefined, asker: Person, open: string[] = []) =>
  core.request('r', asked, { project: of, open }, asker);

const pending = after(undefined, ask(toSpaceWide, project('participant'), ann));
const now = (of: Project | undefined, openPoints: core.Now['openPoints'] = []) => ({
  project: of,
  openPoints,
});
const grant = { how: 'granted', because: 'used each week' } as const;
const granted = after(pending, core.decide('r', pending, grant, now(project('participant')), cas));
const pendingCore = after(undefined, ask(toCore, project('space-wide'), cas));
const points = core.openPoints(project('space-wide'), ['104']);
const all = points.map(({ clause }) => clause);
const undo = (known: Promotion, asker: Person, more: { of?: Project; hours?: number } = {}) =>
  core.undo(
    'r',
    known,
    'nobody uses it',
    { project: more.of ?? project('space-wide'), now: new Date(began + (more.hours ?? 1) * hour) },
    asker,
  );

test.each<[string, Decided, string]>([
  ['its owner asks', ask(toSpaceWide, project('participant'), ann), 'in'],
  ['a manager asks', ask(toSpaceWide, project('participant'), bob), 'in'],
  ['another does not', ask(toSpaceWide, project('participant'), participant('eve')), 'not-allowed PART-5'],
  [
    'not without answers',
    ask({ ...toSpaceWide, answers: undefined } as never, project('participant'), ann),
    'incomplete SPACE-1',
  ],
  [
    'not without a goal',
    ask({ ...toSpaceWide, to: undefined } as never, project('participant'), ann),
    'incomplete SPACE-1',
  ],
  ['not what is so already', ask(toSpaceWide, project('space-wide'), ann), 'wrong-class SPACE-1'],
  ['not while another is open', ask(toSpaceWide, project('participant'), ann, ['q']), 'open-request SPACE-1'],
  ['not for one that ends', ask(toSpaceWide, project('participant', 'retiring'), ann), 'retired TEAM-4'],
  ['not for none', ask(toSpaceWide, undefined, ann), 'not-found undefined'],
  ['to core the team alone', ask(toCore, project('space-wide'), ann), 'team-decides SPACE-8'],
  ['to core from space-wide', ask(toCore, project('participant'), cas), 'wrong-class SPACE-8'],
  [
    'to core with a reason',
    ask({ ...toCore, because: undefined } as never, project('space-wide'), cas),
    'incomplete SPACE-8',
  ],
  ['one more VM', ask(oneMore, project('space-wide'), bob), 'in'],
  [
    'one more for what',
    ask({ ...oneMore, because: undefined } as never, project('space-wide'), bob),
    'incomplete SPACE-7',
  ],
  ['one more by another', ask(oneMore, project('space-wide'), participant('eve')), 'not-allowed SPACE-7'],
  ['one more of a participant’s', ask(oneMore, project('participant'), ann), 'not-asked-for PART-2'],
  ['one more of core', ask(oneMore, project('core'), cas), 'not-asked-for CORE-4'],
  ['I use it too', core.join('r', pending, participant('eve')), 'in'],
  ['not once it is decided', core.join('r', granted, participant('eve')), 'decided SPACE-1'],
  ['who asked withdraws', core.withdraw('r', pending, ann), 'in'],
  ['another does not withdraw', core.withdraw('r', pending, bob), 'not-allowed PART-5'],
  ['not once it is decided either', core.withdraw('r', granted, ann), 'decided SPACE-1'],
  ['twice', core.decide('r', granted, grant, now(project('participant')), dee), 'decided SPACE-1'],
  [
    'of one that ended meanwhile',
    core.decide('r', pending, grant, now(project('participant', 'retired')), cas),
    'changed-since TEAM-4',
  ],
  [
    'of one of another class by now',
    core.decide('r', pending, grant, now(project('space-wide')), cas),
    'changed-since TEAM-4',
  ],
  [
    'declined all the same',
    core.decide('r', pending, { ...grant, how: 'declined' }, now(project('space-wide')), cas),
    'in',
  ],
  [
    'to core unread',
    core.decide('r', pendingCore, grant, now(project('space-wide'), points), cas),
    'open-points SPACE-8',
  ],
  [
    'to core half read',
    core.decide(
      'r',
      pendingCore,
      { ...grant, confirm: all.slice(1) },
      now(project('space-wide'), points),
      cas,
    ),
    'open-points SPACE-8',
  ],
  [
    'to core',
    core.decide('r', pendingCore, { ...grant, confirm: all }, now(project('space-wide'), points), cas),
    'in',
  ],
  ['another undoes it', undo(granted, dee), 'in'],
  ['after a week less a minute', undo(granted, dee, { hours: 168 }), 'in'],
  ['after a week', undo(granted, dee, { hours: 168.01 }), 'too-late SPACE-1'],
  ['who granted it does not', undo(granted, cas), 'needs-another SPACE-1'],
  ['what is pending is not undone', undo(pending, dee), 'not-granted SPACE-1'],
  ['what became core meanwhile', undo(granted, dee, { of: project('core') }), 'changed-since TEAM-4'],
  [
    'what was retired meanwhile',
    undo(granted, dee, { of: project('space-wide', 'retired') }),
    'changed-since TEAM-4',
  ],
])('%s', (_, decided, expected) => {
  expect(refusal(decided)).toBe(expected);
});

test('somebody uses it once, however often they say so', () => {
  const once = after(pending, core.join('r', pending, bob));
  expect(after(once, core.join('r', once, bob)).state.users).toEqual(['bob']);
});

test('what is not known here is said as to be answered', () => {
  const { state } = project('space-wide');
  const bare = {
    ...project('space-wide'),
    state: { ...state, managers: [], wiki: 'https://wiki.example/x' },
  };
  const { owner: _, ...nobodys } = bare.state;
  expect(core.openPoints({ ...bare, state: nobodys }, []).map((each) => each.state)).toEqual(
    Array(5).fill('to-be-answered'),
  );
  expect(points.filter((each) => each.state === 'open').map(({ clause }) => clause)).toEqual([
    'CORE-4',
    'CORE-5',
  ]);
});

/* Whatever is asked of a request, in whatever order and by whomever. */
describe('histories', () => {
  const person = fc.constantFrom(ann, bob, cas, dee, participant('eve'));
  const step = fc.oneof(
    fc.record({ do: fc.constant('join' as const), by: person }),
    fc.record({ do: fc.constant('withdraw' as const), by: person }),
    fc.record({
      do: fc.constant('decide' as const),
      by: fc.constantFrom(cas, dee),
      how: fc.constantFrom('granted' as const, 'declined' as const),
    }),
    fc.record({
      do: fc.constant('undo' as const),
      by: fc.constantFrom(cas, dee),
      hours: fc.integer({ min: 0, max: 400 }),
    }),
    fc.record({ do: fc.constant('carry-out' as const), by: person }),
  );

  const move = (known: Promotion, to: Class): Decided => {
    const about = { promotion: 'r', project: 'p' };
    const data = { ...about, ownership: '104-1f3c9a2b', vm: '104', pool: to };
    return [
      { type: 'promotion.move-begun', subject: 'promotion/r', data },
      { type: 'promotion.moved', subject: 'promotion/r', data },
      ...(known.open
        ? [{ type: 'promotion.carried-out', subject: 'promotion/r', data: { ...about, class: to } } as const]
        : []),
    ];
  };

  test('one decision, undone by another within a week, and open exactly while something is to be done', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), (steps) => {
        let known = pending;
        let is: Class = 'participant';
        let decisions = 0;
        for (const each of steps) {
          const before = known;
          let decided: Decided = [];
          if (each.do === 'join') decided = core.join('r', known, each.by);
          else if (each.do === 'withdraw') decided = core.withdraw('r', known, each.by);
          else if (each.do === 'decide')
            decided = core.decide('r', known, { how: each.how, because: 'so' }, now(project(is)), each.by);
          else if (each.do === 'undo') decided = undo(known, each.by, { of: project(is), hours: each.hours });
          else {
            const wanted = classWanted(known.state);
            if (wanted !== undefined) {
              is = wanted;
              decided = move(known, wanted);
            }
          }
          if (!('refused' in decided)) known = after(known, decided);
          if (before.state.status !== 'pending') expect(known.state.users).toEqual(before.state.users);
          if (!before.state.decision && known.state.decision) decisions += 1;
          if (known.state.undone) {
            expect(known.state.undone.by).not.toBe(known.state.decision?.by);
            expect(classWanted(known.state)).toBe('participant');
          }
          expect(new Set(known.state.users).size).toBe(known.state.users.length);
          expect(known.open).toBe(known.state.status === 'pending' || isCarriedOut(known.state) === false);
        }
        expect(decisions).toBeLessThanOrEqual(1);
        if (!known.state.decision) expect(is).toBe('participant');
      }),
    );
  });
});
