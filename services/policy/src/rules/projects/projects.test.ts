import { phrase } from '@huismeester/contracts';
import { expect, test } from 'vitest';
import { defaults } from '../../../test/power-space.ts';
import { atOnce } from '../../desired/asked.ts';
import { noFacts } from '../../facts/index.ts';
import type { ProjectFact } from '../../facts/project.ts';
import type { ProjectVmFact } from '../../facts/project-vm.ts';
import type { Guest } from '../../facts/vm.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

const hour = 3_600_000;
const day = 24 * hour;
const spaceWide: ProjectFact = {
  project: 'p1',
  class: 'space-wide',
  classAt: 0,
  state: 'active',
  agreed: true,
  managers: [],
};
const vm: ProjectVmFact = { ownership: '104-1f3c9a2b', vm: '104', project: 'p1' };
const gone: ProjectVmFact = { ...vm, ended: true };
const standsIn = (of: Guest['class']) => ({ vm: '104', class: of }) as Guest;

interface World {
  readonly now: number;
  readonly project?: ProjectFact;
  readonly vms?: readonly ProjectVmFact[];
  readonly guest?: Guest;
}

/** What is found after each of these in turn, with one memory. */
function looks(...worlds: readonly World[]) {
  let memory: ReadonlyMap<string, unknown> = new Map();
  return worlds.map(({ now, project = spaceWide, vms = [vm], guest = standsIn('space-wide') }) => {
    const facts = {
      ...noFacts,
      project: new Map([[project.project, project]]),
      projectVm: new Map(vms.map((each) => [each.ownership, each])),
      vm: new Map(vms.some(({ ended }) => !ended) ? [['104', guest]] : []),
    };
    const context: RuleContext = {
      now,
      startedAt: 0,
      epoch: 'e',
      modes: new Map(),
      mine: new Map(),
      settings: defaults,
    };
    const outcome = atOnce(rule.decide(facts, memory, context));
    memory = outcome.memory;
    return {
      ...outcome,
      found: outcome.violations.found.map(({ kind, clause, severity }) => `${kind} ${clause} ${severity}`),
      undecided: outcome.violations.undecided.map(({ kind, subject }) => `${kind} ${subject}`),
    };
  });
}
const last = (...worlds: readonly World[]) => looks(...worlds).at(-1);

const noAgreement = ['project-no-agreement SPACE-4 warning'];
const destroyed = ['project-vm-destroyed SPACE-3 serious'];
const elsewhere = ['project-not-in-pool TEAM-4 warning'];
const unagreed = { ...spaceWide, agreed: false };

test.each<[string, readonly World[], readonly string[]]>([
  ['all is well', [{ now: 99 * day }], []],
  ['no agreement within 30 days', [{ now: 30 * day - 1, project: unagreed }], []],
  ['no agreement after 30 days', [{ now: 30 * day, project: unagreed }], noAgreement],
  [
    'a participant’s needs none',
    [{ now: 99 * day, project: { ...unagreed, class: 'participant' }, guest: standsIn('participant') }],
    [],
  ],
  ['one that is over needs none', [{ now: 99 * day, project: { ...unagreed, state: 'retired' } }], []],
  ['a VM that was destroyed', [{ now: 0 }, { now: 1, vms: [gone] }], destroyed],
  ['it stays so', [{ now: 0 }, { now: 1, vms: [gone] }, { now: 99 * day, vms: [gone] }], destroyed],
  [
    'while another has to confirm the end',
    [{ now: 0 }, { now: 1, vms: [gone], project: { ...spaceWide, state: 'retiring' } }],
    destroyed,
  ],
  [
    'of a project that was retired',
    [{ now: 0 }, { now: 1, vms: [gone], project: { ...spaceWide, state: 'retired' } }],
    [],
  ],
  [
    'retired afterwards',
    [
      { now: 0 },
      { now: 1, vms: [gone] },
      { now: 2, vms: [gone], project: { ...spaceWide, state: 'retired' } },
    ],
    [],
  ],
  [
    'another came for it',
    [{ now: 0 }, { now: 1, vms: [gone] }, { now: 2, vms: [gone, { ...vm, ownership: '104-2' }] }],
    [],
  ],
  [
    'another that was there before does not count',
    [
      { now: 0, vms: [vm, { ...vm, ownership: '104-2' }] },
      { now: 1, vms: [gone, { ...vm, ownership: '104-2' }] },
    ],
    destroyed,
  ],
  [
    'a participant’s may be destroyed',
    [
      { now: 0, project: { ...spaceWide, class: 'participant' } },
      { now: 1, vms: [gone], project: { ...spaceWide, class: 'participant' } },
    ],
    [],
  ],
  [
    'destroyed before it was promoted',
    [
      { now: 0, project: { ...spaceWide, class: 'participant' } },
      { now: 1, vms: [gone], project: { ...spaceWide, class: 'participant' } },
      { now: 2, vms: [gone] },
    ],
    [],
  ],
  ['gone before anybody looked', [{ now: 0, vms: [gone] }], []],
  ['gone from the facts: nobody saw it end', [{ now: 0 }, { now: 1, vms: [] }], []],
  [
    'a VM that does not follow, for an hour',
    [
      { now: 0, guest: standsIn('participant') },
      { now: hour, guest: standsIn('participant') },
    ],
    [],
  ],
  [
    'for a day',
    [
      { now: 0, guest: standsIn('participant') },
      { now: day, guest: standsIn('participant') },
    ],
    elsewhere,
  ],
  [
    'it followed in between',
    [{ now: 0, guest: standsIn('participant') }, { now: hour }, { now: day, guest: standsIn('participant') }],
    [],
  ],
  [
    'of a retired project',
    [
      { now: 0, guest: standsIn('participant') },
      { now: day, guest: standsIn('participant'), project: { ...spaceWide, state: 'retired' } },
    ],
    [],
  ],
])('%s', (_, worlds, expected) => {
  expect(last(...worlds)?.found).toEqual(expected);
});

test('of what is not seen nothing is opened or closed, and nothing is forgotten', () => {
  const unseen = { ...vm, unseen: true } as const;
  const [, blind, seen] = looks(
    { now: 0 },
    { now: 1, vms: [{ ...gone, ...unseen }] },
    { now: 2, vms: [gone] },
  );
  expect(blind?.found).toEqual([]);
  expect(blind?.undecided).toEqual(['project-vm-destroyed project/p1', 'project-not-in-pool project/p1']);
  expect(seen?.found).toEqual(destroyed);
  const away = last({ now: 99 * day, project: { ...unagreed, unseen: true } });
  expect(away?.found).toEqual([]);
  expect(away?.undecided).toContain('project-no-agreement project/p1');
});

test('it looks again when time alone changes what it finds, and writes no memory for nothing', () => {
  const [first, second] = looks({ now: 0, project: unagreed }, { now: 1, project: unagreed });
  expect(first?.lookAgainAt).toBe(30 * day);
  expect(second?.memory.get(vm.ownership)).toBe(first?.memory.get(vm.ownership));
  expect(last({ now: 5, guest: standsIn('core') })?.lookAgainAt).toBe(5 + day);
});

test('it only watches', () => {
  expect(rule.tiers).toEqual([]);
  const found = last({ now: 0 }, { now: 1, vms: [gone] });
  expect(found?.opinions).toEqual([]);
  expect(found?.violations.found[0]).toMatchObject({ subject: 'project/p1', cause: vm.ownership });
  expect(phrase(found?.violations.found[0]?.reasons ?? [], 'nl')).toMatch(/VM 104 .* verwijderd/);
});
