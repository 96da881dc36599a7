import type { Database, Tx } from '@huismeester/database';
import type { Entity } from '@huismeester/service';
import { readProjects } from './read.ts';
import { projectEntity } from './resource.ts';

/** The register as its events have it. */
export async function projectEntities(from: Database['orm'] | Tx): Promise<Entity[]> {
  return (await readProjects(from)).map(({ id, ...known }) => ({
    subject: `project/${id}`,
    state: projectEntity(id, known),
  }));
}
