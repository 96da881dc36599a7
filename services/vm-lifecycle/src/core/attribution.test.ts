import { expect, test } from 'vitest';
import { attribute, type Change, type OwnRequest, tasksFrom } from './attribution.ts';
import type { GuestTask } from './guest.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 12) + second * 1000);
const task = (type: string, user: string, more: Partial<GuestTask> = {}): GuestTask => ({
  upid: `UPID:${type}:${user}`,
  type,
  user,
  startedAt: at(10),
  running: false,
  ok: true,
  ...more,
});
const stopped: Change = {
  to: 'stopped',
  now: at(60),
  seen: { status: 'stopped', paused: false, ha: false },
  tasks: [],
  changedAt: at(-600),
  token: 'hm@pve!op',
};
const started: Change = { ...stopped, to: 'running', seen: { ...stopped.seen, status: 'running' } };
const ours: OwnRequest = {
  act: 'shutdown',
  decision: 'd1',
  correlation: 'c1',
  phase: 'accepted',
  upid: 'UPID:qmshutdown:hm@pve!op',
  intendedAt: at(5),
};
const ourTask = task('qmshutdown', 'hm@pve!op');

const jan = { cause: 'person', actor: 'pve:jan@pve' };
const us = { cause: 'huismeester', actor: 'service:vm-lifecycle', request: ours };

test.each<[string, Change, object | undefined]>([
  ['a stop without any task comes from inside', stopped, { cause: 'guest' }],
  ['a start without any task is unknown', started, { cause: 'unknown' }],
  ['a person shut it down', { ...stopped, tasks: [task('qmshutdown', 'jan@pve')] }, jan],
  ['a person stopped a container', { ...stopped, tasks: [task('vzstop', 'jan@pve')] }, jan],
  ['a person hibernated it', { ...stopped, tasks: [task('qmsuspend', 'jan@pve')] }, jan],
  ['a person started it', { ...started, tasks: [task('vzstart', 'jan@pve')] }, jan],
  [
    'a stop still running names its person',
    { ...stopped, tasks: [task('qmstop', 'jan@pve', { ok: false, running: true })] },
    jan,
  ],
  [
    'a failed stop is nobody’s',
    { ...stopped, tasks: [task('qmstop', 'jan@pve', { ok: false })] },
    { cause: 'guest' },
  ],
  [
    'the newest task counts',
    { ...stopped, tasks: [task('qmstop', 'piet@pam'), task('qmstop', 'jan@pve', { startedAt: at(20) })] },
    jan,
  ],
  ['a stop without any task that is shown to us', { ...stopped, tasksHidden: true }, { cause: 'unknown' }],
  [
    'our request, where nothing but ours is shown',
    { ...stopped, tasksHidden: true, request: ours, tasks: [ourTask] },
    us,
  ],
  [
    'gone with its node, where nothing is shown',
    { ...stopped, tasksHidden: true, nodeSince: at(0) },
    { cause: 'node' },
  ],
  [
    'a stop that a start has undone explains no later one',
    { ...stopped, tasks: [task('qmshutdown', 'jan@pve'), task('qmstart', 'jan@pve', { startedAt: at(20) })] },
    { cause: 'guest' },
  ],
  [
    'nor does a start that a stop has undone',
    { ...started, tasks: [task('vzstart', 'jan@pve'), task('vzstop', 'jan@pve', { startedAt: at(20) })] },
    { cause: 'unknown' },
  ],
  [
    'a start that failed has undone nothing',
    {
      ...stopped,
      tasks: [task('qmstop', 'jan@pve'), task('qmstart', 'piet@pam', { startedAt: at(20), ok: false })],
    },
    jan,
  ],
  [
    'a start that HA has only queued has undone nothing',
    {
      ...stopped,
      tasks: [task('qmshutdown', 'jan@pve'), task('hastart', 'piet@pam', { startedAt: at(20) })],
    },
    jan,
  ],
  [
    'started and stopped within a second: it is off by the stop',
    { ...stopped, tasks: [task('qmstart', 'piet@pam'), task('qmstop', 'jan@pve')] },
    jan,
  ],
  [
    'all were stopped, and it was started since: root by hand',
    {
      ...stopped,
      tasks: [
        task('stopall', 'root@pam'),
        task('qmstart', 'root@pam', { startedAt: at(20) }),
        task('qmstop', 'root@pam', { startedAt: at(30) }),
      ],
    },
    { cause: 'person', actor: 'pve:root@pam' },
  ],
  ['a person resumed it', { ...started, tasks: [task('qmresume', 'jan@pve')] }, jan],
  [
    'HA is starting it on another node',
    { ...stopped, request: ours, tasks: [{ ...task('qmstart', 'root@pam'), running: true, ok: false }] },
    undefined,
  ],
  ['a start explains no stop', { ...stopped, tasks: [task('qmstart', 'jan@pve')] }, { cause: 'guest' }],
  [
    'root by hand is a person',
    { ...stopped, tasks: [task('qmstop', 'root@pam')] },
    { cause: 'person', actor: 'pve:root@pam' },
  ],
  [
    'the node going down',
    { ...stopped, tasks: [task('qmshutdown', 'root@pam'), task('stopall', 'root@pam')] },
    { cause: 'node' },
  ],
  [
    'the node coming up',
    { ...started, tasks: [task('qmstart', 'root@pam'), task('startall', 'root@pam')] },
    { cause: 'node' },
  ],
  [
    'root starting it as the node is just back',
    { ...started, tasks: [task('qmstart', 'root@pam')], nodeSince: at(0) },
    { cause: 'node' },
  ],
  [
    'root starting it as only the API is just back',
    { ...started, tasks: [task('qmstart', 'root@pam')], nodeSince: at(-3600), reachedSince: at(0) },
    { cause: 'person', actor: 'pve:root@pam' },
  ],
  [
    'a single node coming up, which is seen by its API alone',
    { ...started, tasks: [task('qmstart', 'root@pam'), task('startall', 'root@pam')], reachedSince: at(0) },
    { cause: 'node' },
  ],
  ['gone with its single node', { ...stopped, reachedSince: at(0) }, { cause: 'node' }],
  [
    'root starting it long after',
    { ...started, tasks: [task('qmstart', 'root@pam')], nodeSince: at(-3600) },
    { cause: 'person' },
  ],
  ['gone with its node', { ...stopped, nodeSince: at(0) }, { cause: 'node' }],
  [
    'gone by itself after its node came back',
    { ...stopped, nodeSince: at(0), changedAt: at(5) },
    { cause: 'guest' },
  ],
  [
    'ha-manager, in root’s name',
    { ...stopped, seen: { ...stopped.seen, ha: true }, tasks: [task('qmshutdown', 'root@pam')] },
    { cause: 'ha' },
  ],
  [
    'a person through HA',
    { ...started, tasks: [task('hastart', 'jan@pve')] },
    { cause: 'ha', actor: 'pve:jan@pve' },
  ],
  ['HA recovery', { ...stopped, seen: { ...stopped.seen, ha: true } }, { cause: 'ha' }],
  ['our request', { ...stopped, request: ours, tasks: [ourTask] }, us],
  [
    'our request, recorded before its answer came',
    { ...stopped, request: { ...ours, phase: 'intended' } },
    { cause: 'huismeester' },
  ],
  [
    'our request, done by HA in root’s name',
    {
      ...stopped,
      seen: { ...stopped.seen, ha: true },
      request: ours,
      tasks: [task('qmshutdown', 'root@pam', { startedAt: at(12) }), ourTask],
    },
    us,
  ],
  [
    'root by hand, with our request under way',
    { ...stopped, request: ours, tasks: [task('qmstop', 'root@pam', { startedAt: at(12) })] },
    { cause: 'person', actor: 'pve:root@pam' },
  ],
  [
    'a person, while we look for what became of our request',
    { ...stopped, request: { ...ours, phase: 'intended', upid: 'none' }, tasks: [task('qmstop', 'jan@pve')] },
    jan,
  ],
  [
    'our request, whose answer was lost',
    { ...stopped, request: { ...ours, phase: 'intended', upid: 'none' }, tasks: [ourTask] },
    { cause: 'huismeester' },
  ],
  [
    'our request, closed before its effect was said',
    { ...stopped, request: { ...ours, phase: 'done' }, tasks: [ourTask] },
    { cause: 'huismeester' },
  ],
  [
    'our request that timed out, obeyed after all',
    { ...stopped, request: { ...ours, phase: 'failed' } },
    { cause: 'huismeester' },
  ],
  [
    'our request that timed out, before the clock was set back: nobody knows how long ago',
    { ...stopped, request: { ...ours, phase: 'failed', intendedAt: at(7_200) } },
    { cause: 'guest' },
  ],
  [
    'root starting it, after its node came back and the clock was set back',
    { ...started, tasks: [task('qmstart', 'root@pam')], nodeSince: at(7_200) },
    { cause: 'person' },
  ],
  [
    'a person was quicker than our request',
    {
      ...stopped,
      request: ours,
      tasks: [task('qmstop', 'jan@pve', { startedAt: at(20) }), { ...ourTask, ok: false }],
    },
    jan,
  ],
  [
    'our old request, and a person since',
    { ...stopped, request: { ...ours, phase: 'done', upid: 'x' }, tasks: [task('qmstop', 'jan@pve')] },
    jan,
  ],
  ['our request explains no start', { ...started, request: ours }, { cause: 'unknown' }],
  ['the listing was old', { ...stopped, seen: started.seen }, undefined],
  ['a backup has it off', { ...stopped, seen: { ...stopped.seen, lock: 'backup' } }, undefined],
  ['a backup has it up, in prelaunch', { ...started, seen: { ...started.seen, paused: true } }, undefined],
  ['hibernated', { ...stopped, seen: { ...stopped.seen, lock: 'suspended' } }, { cause: 'guest' }],
  [
    'in the midst of a reboot',
    { ...stopped, tasks: [task('qmreboot', 'jan@pve', { running: true })] },
    undefined,
  ],
])('%s', (_, change, told) => {
  if (told === undefined) expect(attribute(change)).toBeUndefined();
  else expect(attribute(change)).toMatchObject(told);
});

test('a stop from inside names nobody', () => {
  expect(attribute(stopped)).not.toHaveProperty('actor');
});

test.each<[string, Date, boolean, Date]>([
  ['its last change was long ago', at(-7_200), false, at(-7_500)],
  ['its last change was just now', at(0), false, at(-300)],
  ['our clock was set back since its last change', at(10_800), false, at(-300)],
  ['only our own tasks are shown', at(-7_200), true, at(-7_230)],
  ['only our own tasks are shown, and our clock was set back', at(10_800), true, at(-30)],
])('tasks are looked for: %s', (_, changedAt, hidden, from) => {
  expect(tasksFrom(changedAt, at(0), hidden)).toEqual(from);
});
