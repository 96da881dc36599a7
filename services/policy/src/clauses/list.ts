import type { ClauseDescription } from './description.ts';
import { ofCore } from './of-core.ts';
import { ofProjects } from './of-projects.ts';
import { ofTeam } from './of-team.ts';

/** Every clause of the infra policy, in its order. */
export const clauses: readonly ClauseDescription[] = [...ofTeam, ...ofCore, ...ofProjects];
