import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromLeases, fromProjects } from '../src/desired/gates.ts';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';
import { type Someone, withLogins } from './someone.ts';

/* Who may put a VM on hold, and release it (SPACE-3, SPACE-5, PART-4). */

const { source: vms, logIn, logInOnTrial } = withLogins(facts('vm-lifecycle'));
const classes = { 104: 'space-wide', 105: 'participant', 106: 'core' } as const;
const incarnationOf = (vmid: number) => `uuid-7c1f0a52-9d0e-4c39-a6a5-3c1f1d2b7${vmid}`;
const which = (vmid: number) => ({
  ownership: `${vmid}-1f3c9a2b`,
  vm: `${vmid}`,
  hypervisor: 'pve',
  vmid,
  incarnation: incarnationOf(vmid),
});
let site: TestSite;
let running: RunningProcess;
let [owner, manager, other, trial, team]: Someone[] = [];

beforeAll(async () => {
  site = await tempSite('policy');
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms });
  owner = await logIn('participant');
  manager = await logIn('participant');
  other = await logIn('participant');
  trial = await logIn('participant', 'trial');
  team = await logIn('participant', 'infrateam');
  for (const [id, of] of Object.entries(classes)) {
    const vmid = Number(id);
    const guest = {
      vm: id,
      vmid,
      hypervisor: 'pve',
      node: 'pve1',
      class: of,
      kind: 'qemu',
      name: 'a',
      pool: 'p',
    } as const;
    await vms.say('vm.found', `vm/${id}`, { ...guest, running: true, incarnation: incarnationOf(vmid) });
    const project = `p-0000${vmid}0`;
    const run = { owner: owner.person, managers: [manager.person] };
    await vms.say('project.begun', `project/${project}`, {
      project,
      title: 'Web',
      class: of,
      how: 'with-vm',
      ...run,
    });
    const begun = { ...which(vmid), owner: owner.person, project, how: 'created' } as const;
    await vms.say('ownership.begun', `ownership/${which(vmid).ownership}`, begun);
  }
  await isRead();
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

const isRead = () => vms.read('vm-lifecycle', fromLeases, fromProjects);

async function ask(who: Someone | undefined, method: string, path: string, json?: object) {
  const headers = {
    authorization: `Bearer ${who?.secret}`,
    ...(json && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers,
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}
const hold = (who: Someone | undefined, target: string) =>
  ask(who, 'POST', '/holds', { target, for: '1h', because: 'a new disk' });
const refused = (clause: string, ...allowed: string[]) => ({
  status: 403,
  body: {
    code: 'not-allowed',
    clause,
    ...(allowed.length > 0 && { errors: [{ field: 'body.target', allowed: allowed.join() }] }),
  },
});

it('the managers of a space-wide project, its owner among them, hold its VMs, and release what they placed', async () => {
  for (const who of [owner, manager]) {
    const placed = await hold(who, 'vm/104');
    expect(placed).toMatchObject({
      status: 201,
      body: { by: `person:${who?.person}`, incarnation: incarnationOf(104) },
    });
    expect(await ask(other, 'DELETE', `/holds/${placed.body.id}`)).toMatchObject(refused('SPACE-5'));
    expect((await ask(who, 'DELETE', `/holds/${placed.body.id}`)).status).toBe(204);
  }
  const ofTeam = await hold(team, 'vm/104');
  expect(await ask(manager, 'DELETE', `/holds/${ofTeam.body.id}`)).toMatchObject(refused('SPACE-5'));
  expect((await ask(team, 'DELETE', `/holds/${ofTeam.body.id}`)).status).toBe(204);
});

it('nobody holds their own participant VM, which would bar its lease, nor core, nor a node', async () => {
  expect(await hold(owner, 'vm/105')).toMatchObject(refused('PART-4', 'vm/104'));
  expect(await hold(owner, 'vm/106')).toMatchObject(refused('CORE-4', 'vm/104'));
  expect(await hold(owner, 'node/pve-pve1')).toMatchObject(refused('CORE-4', 'vm/104'));
  expect(await hold(other, 'vm/104')).toMatchObject(
    refused('SPACE-5', 'nothing: you run no space-wide project with a VM'),
  );
  expect(await hold(trial, 'vm/104')).toMatchObject(refused('JOIN-3'));
  expect(await hold(trial, 'vm/106')).toMatchObject(refused('CORE-4'));
  expect((await hold(team, 'vm/105')).status).toBe(201);
});

it('who is on trial holds what was granted, and never more; what became core is not granted any more (JOIN-3)', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const granted = await logInOnTrial({ on: 'class/participant', until }, { on: 'vm/106', until });
  const placed = await hold(granted, 'vm/105');
  expect(placed.status).toBe(201);
  expect((await ask(granted, 'DELETE', `/holds/${placed.body.id}`)).status).toBe(204);
  expect(await hold(granted, 'vm/104')).toMatchObject(refused('JOIN-3'));
  expect(await hold(granted, 'vm/106')).toMatchObject(refused('CORE-4'));
  const past = await logInOnTrial({ on: 'class/participant', until: new Date(0).toISOString() });
  expect(await hold(past, 'vm/105')).toMatchObject(refused('JOIN-3'));
});

it('follows who runs the project, and another guest under the vmid is none of theirs', async () => {
  const project = 'p-00001040';
  await vms.say('project.changed', `project/${project}`, { project, managers: [other?.person ?? ''] });
  await isRead();
  expect((await hold(other, 'vm/104')).status).toBe(201);
  expect((await hold(manager, 'vm/104')).status).toBe(403);
  const guest = {
    vm: '104',
    vmid: 104,
    hypervisor: 'pve',
    node: 'pve1',
    class: 'space-wide',
    kind: 'qemu',
    name: 'b',
    pool: 'p',
  } as const;
  await vms.say('vm.found', 'vm/104', { ...guest, running: true, incarnation: incarnationOf(999) });
  await isRead();
  expect((await hold(other, 'vm/104')).status).toBe(403);
  expect(await hold(owner, 'vm/104')).toMatchObject(refused('SPACE-5'));
});
