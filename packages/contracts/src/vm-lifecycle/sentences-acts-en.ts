import type { SentencesOf } from '../wording.ts';
import type { events } from './acts.ts';

const peopleActs = {
  start: 'start it',
  shutdown: 'shut it down',
  reboot: 'reboot it',
  stop: 'pull its plug',
  resize: 'resize it',
  delete: 'delete it',
} as const;

/** What the events of what people ask say, in English. */
export const acts: SentencesOf<typeof events>['en'] = {
  'act.requested': ({ vm, what }) => `somebody asked about VM ${vm} to ${peopleActs[what]}`,
  'act.asked': ({ vm, what, attempt, because }) =>
    `Proxmox is asked about VM ${vm} to ${peopleActs[what]}, for a person${attempt > 1 ? `, attempt ${attempt}` : ''}${because === undefined ? '' : `, because ${because}`}`,
  'act.accepted': ({ vm, what }) =>
    `Proxmox took the request of a person about VM ${vm} to ${peopleActs[what]}`,
  'act.done': ({ vm, what }) => `what a person asked about VM ${vm}, to ${peopleActs[what]}, was done`,
  'act.failed': ({ vm, what, error }) =>
    `what a person asked about VM ${vm}, to ${peopleActs[what]}, failed: ${error}`,
};
