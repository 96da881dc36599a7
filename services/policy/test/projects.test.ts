import type { Clause, Violation } from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

const [old, young] = ['p-0a1b2c3d', 'p-4e5f6a7b'];
const longAgo = '2026-01-01T12:00:00.000Z';
const project = (id: string, of: string, agreed: boolean) => ({
  subject: `project/${id}`,
  state: { project: id, class: of, class_since: longAgo, state: 'active', agreed },
});
const which = (vmid: number) => ({
  ownership: `${vmid}-1f3c9a2b`,
  vm: `${vmid}`,
  hypervisor: 'pve',
  vmid,
  incarnation: 'uuid-7c1f0a52-9d0e-4c39-a6a5-3c1f1d2b7e10',
});
const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const owned = (vmid: number, of: string) => ({
  subject: `ownership/${which(vmid).ownership}`,
  state: { ...which(vmid), owner: person, project: of },
});

const vms = facts('vm-lifecycle', [
  project(old, 'space-wide', false),
  project(young, 'participant', false),
  owned(104, old),
  owned(105, young),
]);
let site: TestSite;
let running: RunningProcess;

beforeAll(async () => {
  site = await tempSite('policy');
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

async function get<Item>(path: string): Promise<Item> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${running.firstToken}` },
  });
  return (await answer.json()) as Item;
}
const isOpen = (...expected: readonly string[]) =>
  waitFor(`open: ${expected.join(', ')}`, async () => {
    const { results } = await get<{ results: Violation[] }>('/violations?order=about');
    return `${results.map(({ kind, about, clause }) => `${kind} ${about} ${clause}`)}` === `${expected}`;
  });

const noAgreement = `project-no-agreement project/${old} SPACE-4`;
const destroyed = `project-vm-destroyed project/${old} SPACE-3`;

it('reads the register from the snapshot: one without an agreement for 30 days', async () => {
  await isOpen(noAgreement);
  expect(await get<Clause>('/clauses/SPACE-4')).toMatchObject({ clause: 'SPACE-4' });
});

it('goes on with the log: both sides agree, then its VM is destroyed, and that of a participant', async () => {
  await vms.say('project.agreed', `project/${old}`, { project: old, person });
  await isOpen();
  for (const vmid of [104, 105]) {
    const { ownership, vm } = which(vmid);
    await vms.say('ownership.ended', `ownership/${ownership}`, { ownership, vm, because: 'destroyed' });
  }
  await isOpen(destroyed);
});

it('closes it once two full members retired the project', async () => {
  await vms.say('project.retiring', `project/${old}`, { project: old, person, because: 'it was sold' });
  await vms.say('project.retired', `project/${old}`, { project: old, how: 'confirmed' });
  await isOpen();
});
