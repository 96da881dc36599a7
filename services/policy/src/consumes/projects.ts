import { OwnershipEntity, ProjectEntity } from '@huismeester/contracts';
import { type Handlers, readEntities } from '@huismeester/events';
import { fromProjects as reader } from '../desired/gates.ts';
import { evolveProject, type ProjectEvent, projectFrom } from '../facts/project.ts';
import { evolveProjectVm, type ProjectVmEvent, projectVmFrom } from '../facts/project-vm.ts';
import { projectStore, projectVmStore } from '../facts/store.ts';
import { factKind, foldInto } from './fact-kind.ts';

const foldProject = foldInto(projectStore, ({ data }: ProjectEvent) => data.project, evolveProject);
const foldProjectVm = foldInto(projectVmStore, ({ data }: ProjectVmEvent) => data.ownership, evolveProjectVm);

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
    project: factKind(ProjectEntity, projectStore, projectFrom),
    ownership: factKind(OwnershipEntity, projectVmStore, projectVmFrom),
  }),
};
