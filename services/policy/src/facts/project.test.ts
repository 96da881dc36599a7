import type { OwnershipEntity, ProjectEntity } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evolveProject, type ProjectEvent, type ProjectFact, projectFrom } from './project.ts';
import { evolveProjectVm, type ProjectVmEvent, type ProjectVmFact, projectVmFrom } from './project-vm.ts';

/* fold(events) = from the snapshot, which is modelled as vm-lifecycle keeps it. */

const project = 'p-7k2m9';
const someClass = fc.constantFrom('core' as const, 'space-wide' as const, 'participant' as const);
const at = fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms).toISOString());
const id = fc.uuid();
/** What is said of who runs it: either may be left out. */
const runBy = fc.record({ owner: id, managers: fc.array(id, { maxLength: 2 }) }, { requiredKeys: [] });
const happened = fc.record({
  time: at,
  said: runBy,
  to: someClass,
  type: fc.constantFrom(
    'project.changed' as const,
    'project.reclassified' as const,
    'project.agreed' as const,
    'project.retiring' as const,
    'project.retirement-withdrawn' as const,
    'project.retired' as const,
  ),
});
const states = {
  'project.retiring': 'retiring',
  'project.retirement-withdrawn': 'active',
  'project.retired': 'retired',
} as const;

function entityAfter(
  entity: ProjectEntity,
  { type, time, to, said }: typeof happened extends fc.Arbitrary<infer Each> ? Each : never,
): ProjectEntity {
  if (type === 'project.changed') return { ...entity, ...said };
  if (type === 'project.reclassified') return { ...entity, class: to, class_since: time };
  if (type === 'project.agreed') return { ...entity, agreed: true };
  return { ...entity, state: states[type as keyof typeof states] };
}

test('a project is the same from the snapshot as from its events', () => {
  fc.assert(
    fc.property(at, someClass, runBy, fc.array(happened, { maxLength: 10 }), (time, of, by, all) => {
      const begun = { type: 'project.begun', time, data: { project, class: of, ...by } };
      let fact: ProjectFact | undefined = evolveProject(undefined, begun as unknown as ProjectEvent);
      let entity: ProjectEntity = {
        project,
        class: of,
        class_since: time,
        state: 'active',
        agreed: false,
        managers: [],
        ...by,
      };
      for (const each of all) {
        const event = {
          type: each.type,
          time: each.time,
          data: { project, to: each.to, ...(each.type === 'project.changed' && each.said) },
        };
        fact = evolveProject(fact, event as unknown as ProjectEvent);
        entity = entityAfter(entity, each);
        expect(fact).toEqual(projectFrom(entity));
      }
    }),
  );
});

test('so is which project a VM belongs to, also when the guest is gone', () => {
  const which = { ownership: '104-1f3c9a2b', vm: '104', hypervisor: 'pve', vmid: 104, incarnation: 'uuid-1' };
  const fold = (known: ProjectVmFact | undefined, type: string) =>
    evolveProjectVm(known, { type, data: { ...which, project } } as unknown as ProjectVmEvent);
  const begun = fold(undefined, 'ownership.begun');
  expect(begun).toEqual(projectVmFrom({ ...which, project } as OwnershipEntity));
  expect(fold(undefined, 'ownership.accepted')).toEqual(begun);
  expect(fold(begun, 'ownership.ended')).toEqual(
    projectVmFrom({ ...which, project, ended: true } as OwnershipEntity),
  );
  // Offered, and never accepted: it belongs to no project.
  expect(fold(undefined, 'ownership.ended')).toBeUndefined();
  expect(projectVmFrom(which as OwnershipEntity)).toBeUndefined();
});
