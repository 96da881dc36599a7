import { type Service, Unanswered } from '@huismeester/service';
import { beginOwnership } from '../owning/commands.ts';
import { endOwnership } from '../owning/end.ts';
import { ownershipId, projectIdOf } from '../owning/ownership-id.ts';
import { readProject } from '../projects/read.ts';
import { abandonProject, beginProject, refuseCreationFor } from '../projects/register.ts';
import { takeQuota } from '../quota/account.ts';
import { limitsOfSettings } from '../quota/limits.ts';
import type { CreatingPorts } from './ports.ts';

const actor = 'service:vm-lifecycle';

/** What making a VM takes of the rest of this service, and of membership. */
export function portsOf({
  ask,
  database,
  log,
  settings,
}: Pick<Service<'quota' | 'reserve'>, 'ask' | 'database' | 'log' | 'settings'>): CreatingPorts {
  const limits = limitsOfSettings(settings);
  return {
    sshKeys: async (person) => {
      try {
        const answer = await ask('membership', 'ssh-keys', { person });
        return answer.state === 'known' ? answer.keys : undefined;
      } catch (error) {
        if (error instanceof Unanswered) return undefined;
        throw error;
      }
    },
    takeQuota: async (tx, { person, project }, asked) => {
      const isSpaceWide = project !== undefined && (await readProject(tx, project))?.class === 'space-wide';
      return isSpaceWide ? undefined : await takeQuota(tx, limits, { person, asked });
    },
    refuseCreation: async (tx, person, project) =>
      project === undefined ? undefined : await refuseCreationFor(tx, project, person),
    beginOwnership: async (tx, { name, ...made }) => {
      const id = await beginOwnership(tx, log, { ...made, how: 'created', actor });
      if (made.project !== undefined) return;
      await beginProject(tx, log, { id: projectIdOf(id), name, owner: made.owner, actor });
    },
    endOwnership: async ({ project, ...which }) => {
      const id = ownershipId(which);
      const gone = { vm: which.vm, ownership: id, because: 'destroyed', actor } as const;
      await database.transaction((tx) => endOwnership(tx, log, gone));
      if (project !== undefined) return;
      await database.transaction((tx) => abandonProject(tx, log, { id: projectIdOf(id), actor }));
    },
  };
}
