import { OwnershipEntity, ProjectEntity } from '@huismeester/contracts';
import type { Tx } from '@huismeester/database';
import { entityKind, type Handlers, readEntities } from '@huismeester/events';
import { fromProjects as reader } from '../desired/gates.ts';
import { evolveProject, type ProjectEvent, projectFrom } from '../facts/project.ts';
import { evolveProjectVm, type ProjectVmEvent, projectVmFrom } from '../facts/project-vm.ts';
import { projectStore, projectVmStore } from '../facts/store.ts';

const foldProject = async (tx: Tx, event: ProjectEvent): Promise<void> => {
  const { project } = event.data;
  const folded = evolveProject(await projectStore.get(tx, project), event);
  if (folded) await projectStore.save(tx, project, folded);
};

const foldProjectVm = async (tx: Tx, event: ProjectVmEvent): Promise<void> => {
  const { ownership } = event.data;
  const folded = evolveProjectVm(await projectVmStore.get(tx, ownership), event);
  if (folded) await projectVmStore.save(tx, ownership, folded);
};

/** What policy takes from vm-lifecycle about projects. A reader of its own, so that what fails there holds up neither a power cut nor a lease. */
export const fromProjects = {
  reader,
  handlers: {
    'project.begun': foldProject,
    'project.changed': foldProject,
    'project.reclassified': foldProject,
    'project.agreed': foldProject,
    'project.retiring': foldProject,
    'project.retirement-withdrawn': foldProject,
    'project.retired': foldProject,
    'ownership.begun': foldProjectVm,
    'ownership.accepted': foldProjectVm,
    'ownership.ended': foldProjectVm,
  } satisfies Handlers,
  ...readEntities({
    project: entityKind({
      schema: ProjectEntity,
      replace: (tx, found, kept) =>
        projectStore.replace(tx, new Map(found.map(({ id, state }) => [id, projectFrom(state)])), kept),
      save: (tx, { id, state }) => projectStore.save(tx, id, projectFrom(state)),
    }),
    ownership: entityKind({
      schema: OwnershipEntity,
      replace: (tx, found, kept) => {
        const facts = found.flatMap(({ id, state }) => {
          const fact = projectVmFrom(state);
          return fact ? [[id, fact] as const] : [];
        });
        return projectVmStore.replace(tx, new Map(facts), kept);
      },
      save: (tx, { id, state }) => {
        const fact = projectVmFrom(state);
        return fact ? projectVmStore.save(tx, id, fact) : projectVmStore.forget(tx, id);
      },
    }),
  }),
};
