import { type Refusal, refuse } from '@huismeester/events';
import { type Service, Unanswered } from '@huismeester/service';
import { beginOwnership } from '../owning/commands.ts';
import { takeQuota } from '../quota/account.ts';
import { limitsOfSettings } from '../quota/limits.ts';
import type { CreatingPorts } from './ports.ts';

const actor = 'service:vm-lifecycle';

/** What making a VM takes of the rest of this service, and of membership. */
export function portsOf({ ask, log, settings }: Service<'quota' | 'reserve'>): CreatingPorts {
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
    takeQuota: (tx, person, amounts) => takeQuota(tx, limits, { person, asked: { vms: 1, ...amounts } }),
    mayCreateFor: async (_, __, project) => (project === undefined ? undefined : noProject(project)),
    beginOwnership: async (tx, { name: _, ...made }) => {
      await beginOwnership(tx, log, { ...made, how: 'created', actor });
    },
  };
}

function noProject(project: string): Refusal {
  return refuse('no-such-project', `There is no project ${project}`, {
    errors: [{ field: 'body.project', found: project, allowed: 'nothing: it gets a project of its own' }],
  });
}
