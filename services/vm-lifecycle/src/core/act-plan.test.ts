import { describe, expect, it } from 'vitest';
import type { ActState } from './act.ts';
import { type ActLook, type ActSight, type ActSituation, planAct } from './act-plan.ts';
import type { GuestTask } from './guest.ts';

const now = new Date('2026-12-01T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
const token = 'huismeester@pve!operate';

const start: ActState = {
  what: 'start',
  by: 'person:a',
  hypervisor: 'pve',
  vmid: 104,
  kind: 'qemu',
  node: 'pve1',
  incarnation: 'uuid-1',
  phase: 'requested',
  requestedAt: ago(1_000),
  attempt: 0,
};
const asked = { ...start, phase: 'asked', attempt: 1, askedAt: ago(6_000) } as const;
const accepted = { ...asked, phase: 'accepted', upid: 'UPID:1' } as const;
const off: ActSight = {
  now: { status: 'stopped', paused: false, ha: false },
  tasks: [],
  size: { cores: 2, memoryMib: 2048, diskGib: 20 },
  another: false,
  quorate: true,
};
const on: ActSight = { ...off, now: { ...off.now, status: 'running' } };
const task = (type: string, more: Partial<GuestTask> = {}): GuestTask => ({
  upid: 'UPID:2',
  type,
  user: token,
  startedAt: new Date(ago(5_500)),
  running: false,
  ok: true,
  ...more,
});
const ended = (exit: string) => ({ state: 'ended', ok: exit === 'OK', exit }) as const;
const gone: ActLook = { gone: true, tasks: [] };

function plan(act: ActState, look: ActLook, more: Partial<ActSituation> = {}) {
  return planAct({ now, act, look, kept: undefined, inFlight: false, token, taken: [], ...more });
}

describe('what was asked, and not sent yet', () => {
  it.each<[string, ActState, ActLook, Partial<ActSituation>, object]>([
    ['is asked', start, off, {}, { do: 'ask', attempt: 1 }],
    ['is done already', start, on, {}, { do: 'done' }],
    ['waits for a lock', start, { ...off, now: { ...off.now, lock: 'backup' } }, {}, { do: 'wait' }],
    ['waits for a task', start, { ...off, tasks: [task('vzdump', { running: true })] }, {}, { do: 'wait' }],
    ['waits for what policy asked', start, off, { inFlight: true }, { do: 'wait' }],
    ['waits for quorum', start, { ...off, quorate: false }, {}, { do: 'wait' }],
    ['waits while it cannot be seen', start, { blind: 'x' }, {}, { do: 'wait' }],
    ['is not done while policy has the say', start, off, { kept: 'it is to stay off' }, { do: 'fail' }],
    ['is not done to another guest', start, { ...off, another: true }, {}, { do: 'fail' }],
    ['fails after an hour', { ...start, requestedAt: ago(3_600_001) }, { blind: 'x' }, {}, { do: 'fail' }],
    ['shuts down no paused guest', { ...start, what: 'shutdown' }, paused(), {}, { do: 'fail' }],
    ['stops a paused guest', { ...start, what: 'stop' }, paused(), {}, { do: 'ask' }],
    ['stops one whose shutdown hangs', { ...start, what: 'stop' }, hanging(), {}, { do: 'ask' }],
    ['deletes none that runs', { ...start, what: 'delete' }, on, {}, { do: 'fail' }],
    ['reboots none that is off', { ...start, what: 'reboot' }, off, {}, { do: 'fail' }],
  ])('%s', (_, act, look, more, expected) => {
    expect(plan(act, look, more)).toMatchObject(expected);
  });
});

function paused(): ActSight {
  return { ...on, now: { ...on.now, paused: true } };
}
function hanging(): ActSight {
  return { ...on, tasks: [task('qmshutdown', { running: true })] };
}

describe('what may have been sent', () => {
  it.each<[string, ActState, ActLook, Partial<ActSituation>, object]>([
    [
      'is found by its task',
      asked,
      { ...off, tasks: [task('qmstart')] },
      {},
      { do: 'adopt', upid: 'UPID:2' },
    ],
    ['is not a task of another', asked, { ...off, tasks: [task('qmstart')] }, { taken: ['UPID:2'] }, again()],
    [
      'is not a task of a person',
      asked,
      { ...off, tasks: [task('qmstart', { user: 'jan@pve' })] },
      {},
      again(),
    ],
    ['waits for its answer', { ...asked, askedAt: ago(1_000) }, off, {}, { do: 'wait', again: 4_000 }],
    ['is asked again without a trace', asked, off, {}, again()],
    ['is not asked for ever', { ...asked, attempt: 3 }, off, {}, { do: 'fail' }],
    ['is not asked again against policy', asked, off, { kept: 'no' }, { do: 'fail', error: 'no' }],
    ['is not asked of another guest', asked, { ...off, another: true }, {}, { do: 'fail' }],
    ['is done', asked, on, {}, { do: 'done' }],
    ['a delete is never done without its task', { ...asked, what: 'delete' }, gone, {}, { do: 'wait' }],
  ])('%s', (_, act, look, more, expected) => {
    expect(plan(act, look, more)).toMatchObject(expected);
  });
});

function again() {
  return { do: 'ask', attempt: 2, because: 'no answer, and no trace of it' };
}

describe('what Proxmox took', () => {
  it.each<[string, ActState, ActLook, object]>([
    ['is waited for', accepted, { ...off, task: { state: 'running' } }, { do: 'wait' }],
    ['is done', accepted, { ...on, task: ended('OK') }, { do: 'done' }],
    ['failed', accepted, { ...off, task: ended('no space') }, { do: 'fail', error: 'no space' }],
    [
      'is asked again after a lock',
      accepted,
      { ...off, task: ended('VM is locked (backup)') },
      { do: 'ask' },
    ],
    ['was turned back', accepted, { ...off, task: ended('OK') }, { do: 'fail' }],
    [
      'is queued by HA',
      accepted,
      { ...off, now: { ...off.now, ha: true }, task: ended('OK') },
      { do: 'wait' },
    ],
    ['reboot: comes up', { ...accepted, what: 'reboot' }, { ...off, task: ended('OK') }, { do: 'wait' }],
    ['delete: is gone', { ...accepted, what: 'delete' }, { ...gone, task: ended('OK') }, { do: 'done' }],
    ['delete: another took the vmid', { ...accepted, what: 'delete' }, another(), { do: 'done' }],
    ['delete: failed', { ...accepted, what: 'delete' }, { ...off, task: ended('protected') }, { do: 'fail' }],
  ])('%s', (_, act, look, expected) => {
    expect(plan(act, look)).toMatchObject(expected);
  });
});

function another(): ActSight {
  return { ...off, another: true, task: ended('OK') };
}

describe('a resize', () => {
  const resize: ActState = { ...start, what: 'resize', size: { cores: 4, diskGib: 30 } };
  const took = { ...resize, phase: 'accepted', askedAt: ago(100), attempt: 1 } as const;

  it('grows the disk first, then cores and memory', () => {
    expect(plan(resize, off)).toMatchObject({ do: 'ask', step: 'disk' });
    const grown = { ...off, size: { ...off.size, diskGib: 30 } };
    expect(plan({ ...took, step: 'disk' }, grown)).toMatchObject({ do: 'ask', step: 'config', attempt: 2 });
    expect(plan({ ...took, step: 'config' }, { ...grown, size: { ...grown.size, cores: 4 } })).toEqual({
      do: 'done',
    });
  });

  it('of a running guest is pending until its next start', () => {
    const grown = { ...on, size: { ...on.size, diskGib: 30 } };
    expect(plan({ ...took, step: 'config' }, grown)).toEqual({ do: 'done', pending: true });
  });
});
