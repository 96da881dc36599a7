import { expect, test } from 'vitest';
import type { Attribution, OwnRequest } from './attribution.ts';
import type { GuestTask } from './guest.ts';
import { type Start, startOf } from './start.ts';

const at = (second: number) => new Date(Date.UTC(2026, 11, 1, 12) + second * 1000);
const token = 'hm@pve!op';
const task = (type: string, user: string, from: number, more: Partial<GuestTask> = {}): GuestTask => ({
  upid: `UPID:${type}:${user}:${from}`,
  type,
  user,
  startedAt: at(from),
  endedAt: at(from + 2),
  running: false,
  ok: true,
  ...more,
});
const around = (type: string, user: string, from: number, to: number) =>
  task(type, user, from, { endedAt: at(to) });
const by = (cause: Attribution['cause'], shown?: GuestTask): Attribution => ({
  cause,
  ...(shown && { task: shown }),
});
const request = { act: 'start', decision: 'd1' } as OwnRequest;

const jans = task('qmstart', 'jan@pve', 10);
const roots = task('qmstart', 'root@pam', 10);
const ours = task('qmstart', token, 10);

/** The table of the issue: what was seen, and whether a lease begins by it. */
test.each<[string, Partial<Start>, 'started' | 'seen' | undefined]>([
  ['a person started it', { by: by('person', jans), tasks: [jans] }, 'started'],
  ['a person started a container', { tasks: [task('vzstart', 'jan@pve!laptop', 10)] }, 'started'],
  ['root started it by hand', { by: by('person', roots), tasks: [roots] }, 'started'],
  ['a person asked HA to start it', { by: by('ha'), tasks: [task('hastart', 'jan@pve', 10)] }, 'started'],
  ['root asked HA to start it', { by: by('ha'), tasks: [task('hastart', 'root@pam', 10)] }, 'started'],
  [
    'a person asked for it through us',
    { tasks: [ours], forPeople: [{ upid: ours.upid, by: 'person:1' }] },
    'started',
  ],
  ['the same, while its task is not known', { tasks: [ours], forPeople: [{ by: 'person:1' }] }, 'started'],
  ['another of ours', { tasks: [ours], forPeople: [{ upid: 'UPID:x', by: 'person:1' }] }, undefined],
  [
    'a start that is still at work',
    { tasks: [task('qmstart', 'jan@pve', 10, { running: true, ok: false, endedAt: undefined })] },
    'started',
  ],
  [
    'stopped and started by a person between two looks',
    { tasks: [task('qmstop', 'jan@pve', 5), jans] },
    'started',
  ],
  ['the same in one second', { tasks: [task('qmstop', 'jan@pve', 10), jans] }, 'started'],

  [
    'within a migration',
    { by: by('person', jans), tasks: [around('qmigrate', 'jan@pve', 5, 40), jans] },
    undefined,
  ],
  [
    'within a migration that is at work',
    { tasks: [{ ...task('vzmigrate', 'jan@pve', 5), running: true }, jans] },
    undefined,
  ],
  ['after a migration', { tasks: [around('qmigrate', 'jan@pve', 1, 5), jans] }, 'started'],
  ['by HA, after a node was lost', { by: by('ha', roots), tasks: [roots] }, undefined],
  ['by HA, without a trace', { by: by('ha') }, undefined],
  [
    'a reboot, which root’s qmeventd completes',
    { tasks: [around('qmreboot', 'jan@pve', 5, 12), task('qmshutdown', 'root@pam', 6), roots] },
    undefined,
  ],
  ['a reset', { tasks: [task('qmreset', 'jan@pve', 10)] }, undefined],
  [
    'a resume',
    { by: by('person', task('qmresume', 'jan@pve', 10)), tasks: [task('qmresume', 'jan@pve', 10)] },
    undefined,
  ],
  [
    'a backup in stop mode',
    { tasks: [around('vzdump', 'root@pam', 5, 60), task('qmshutdown', 'root@pam', 6), roots] },
    undefined,
  ],
  [
    'a backup of several guests, whose task names none',
    { tasks: [task('qmshutdown', 'root@pam', 6), roots] },
    undefined,
  ],
  [
    'our restore after a power cut',
    { by: { ...by('huismeester', ours), request }, tasks: [ours] },
    undefined,
  ],
  [
    'our restore, and a person’s start that came too late',
    { by: { ...by('huismeester'), request }, tasks: [jans] },
    undefined,
  ],
  ['another start by our token', { by: by('person', ours), tasks: [ours] }, undefined],
  [
    'a node that booted',
    { by: by('node', roots), tasks: [task('startall', 'root@pam', 9), roots] },
    undefined,
  ],
  [
    'a person, while the node that booted is still starting others',
    { by: by('person', jans), tasks: [around('startall', 'root@pam', 5, 300), jans] },
    'started',
  ],
  [
    'a person through us, while the node that booted is still starting others',
    {
      tasks: [around('startall', 'root@pam', 5, 300), ours],
      forPeople: [{ upid: ours.upid, by: 'person:1' }],
    },
    'started',
  ],
  [
    'a person, with all others of its node',
    { by: by('person', jans), tasks: [around('startall', 'jan@pve', 9, 40), jans] },
    'started',
  ],
  ['a rollback with its start', { tasks: [around('qmrollback', 'jan@pve', 5, 15), roots] }, undefined],
  [
    'a restore that starts it',
    { by: by('person', task('qmrestore', 'jan@pve', 5)), tasks: [task('qmrestore', 'jan@pve', 5)] },
    undefined,
  ],
  [
    'the start by a person after a rollback',
    { tasks: [around('qmrollback', 'jan@pve', 1, 5), jans] },
    'started',
  ],
  ['found running, without a trace', { by: by('unknown') }, 'seen'],
  ['its process is a new one, without a trace', {}, undefined],
  [
    'a person, and a backup after it that had it off for a moment',
    {
      by: by('person', jans),
      tasks: [
        jans,
        around('vzdump', 'root@pam', 20, 60),
        task('qmshutdown', 'root@pam', 21),
        task('qmstart', 'root@pam', 30),
      ],
    },
    'started',
  ],
  ['a start that failed', { tasks: [{ ...jans, ok: false }] }, undefined],
  [
    'a start that a stop has undone',
    { by: by('unknown'), tasks: [jans, task('qmstop', 'jan@pve', 20)] },
    'seen',
  ],
])('%s', (_, start, how) => {
  expect(startOf({ by: undefined, tasks: [], forPeople: [], token, ...start })).toBe(how);
});
