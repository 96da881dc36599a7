import type {
  EventPage,
  Hold,
  IncidentResource,
  PlannedIncident,
  Problem,
  Violation,
} from '@huismeester/contracts';
import type { RunningProcess } from '@huismeester/service';
import { type TestSite, tempSite, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facts } from './facts.ts';
import { startPolicy } from './site.ts';

const since = '2026-11-30T12:00:00.000Z';
const probe = (id: string) => ({ id, kind: 'ping', host: '127.0.0.1', core: true });
const settings = {
  switches: [{ id: 'sw1', host: '127.0.0.1', snmp: { version: '2c', community: 'x' } }],
  probes: [probe('web'), probe('ldap')],
};
const member = (thing: string, state: 'up' | 'down' | 'unknown' = 'down') => ({
  thing,
  state,
  core: true,
  since,
});
const incident = (root: string, things: readonly string[], id = '1') => ({
  incident: id,
  root,
  since,
  core: true,
  outage: false,
  members: things.map((thing) => member(thing)),
  others: [],
});
/** Of netwatch's snapshot, which is from before all that its log says here. */
const earlier = incident('probe/door', ['probe/door'], '7');

const vms = facts('vm-lifecycle');
const network = facts('netwatch', [
  { subject: 'incident/7', state: { ...inSnapshot(earlier), correlationid: 'of-the-snapshot' } },
]);
let site: TestSite;
let running: RunningProcess;

function inSnapshot({ incident: id, ...rest }: typeof earlier): Omit<IncidentResource, 'correlationid'> {
  return { id, state: 'open', ...rest };
}

beforeAll(async () => {
  site = await tempSite('policy');
  running = await startPolicy(site, { ups: facts('ups-monitor'), vms, network, settings });
  const on = { hypervisor: 'pve', node: 'pve1' };
  await vms.say('node.online', 'node/pve-pve1', { ...on, id: 'pve-pve1' });
  const vm = { ...on, vm: '104', vmid: 104, kind: 'qemu', name: 'a', class: 'core', pool: 'p' } as const;
  await vms.say('vm.found', 'vm/104', { ...vm, running: true });
});
afterAll(async () => {
  await running.close();
  await site.remove();
});

async function ask<Body>(
  method: string,
  path: string,
  json?: object,
): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${running.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${running.firstToken}`,
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}
const list = async <Item>(path: string) => (await ask<{ results: Item[] }>('GET', path)).body.results;
const planned = () => list<PlannedIncident>('/planned');
const hold = (target: string, length = '1h') =>
  ask<Hold>('POST', '/holds', { target, for: length, because: 'a new switch' });
/** Waits until these things are those with a violation of CORE-1. */
const violated = (...things: readonly string[]) =>
  waitFor(`violations of ${things.join(', ') || 'nothing'}`, async () => {
    const open = await list<Violation>('/violations?kind=core-down&order=about');
    return `${open.map(({ about }) => about)}` === `${things}`;
  });

type Said = typeof earlier;
const say = (kind: 'opened' | 'changed' | 'reopened', data: Said) =>
  network.say(`incident.${kind}`, `incident/${data.incident}`, data);
const close = (data: Said) =>
  network.say('incident.closed', `incident/${data.incident}`, {
    ...data,
    members: data.members.map(({ thing }) => member(thing, 'up')),
    until: new Date().toISOString(),
    lasted_s: 60,
  });

it('an incident of the snapshot is a violation of CORE-1 until it is closed', async () => {
  await violated('probe/door');
  const [violation] = await list<Violation>('/violations?about=probe/door');
  expect(violation?.evidence).toEqual(['of-the-snapshot']);
  await close(earlier);
  await violated();
});

it('core that netwatch says is down is one, with the incident as evidence, until it is closed', async () => {
  const web = incident('switch/sw1', ['probe/web', 'switch/sw1']);
  await say('opened', web);
  await violated('probe/web', 'switch/sw1');
  const { events } = (await ask<EventPage>('GET', '/netwatch/events')).body;
  const [violation] = await list<Violation>('/violations?about=probe/web');
  expect(violation).toMatchObject({
    kind: 'core-down',
    clause: 'CORE-1',
    severity: 'serious',
    evidence: [events.find(({ type }) => type === 'incident.opened')?.correlationid],
    reason: 'core must be available, and it is down; because of switch/sw1',
  });
  expect((await ask('GET', '/clauses/CORE-1')).body).toMatchObject({ status: 'violated' });
  // Of what is unknown what was found stays.
  const members = [member('switch/sw1'), member('probe/web', 'unknown'), member('probe/ldap')];
  await say('changed', { ...web, members });
  await violated('probe/ldap', 'probe/web', 'switch/sw1');
  await close(web);
  await violated();
  await say('reopened', web);
  await violated('probe/web', 'switch/sw1');
  await close(web);
  await violated();
});

it.each([
  ['probe/web', 'probe/web', ['probe/ldap', 'probe/web'], true],
  ['switch/sw1', 'port/sw1/gi1', ['port/sw1/gi1', 'probe/web'], true],
  ['port/sw1/gi1', 'port/sw1/gi1', ['port/sw1/gi1'], true],
  ['node/pve-pve1', 'vm/104', ['probe/ldap', 'probe/web'], true],
  ['probe/web', 'switch/sw1', ['probe/web', 'switch/sw1'], false],
] as const)(
  'a hold on %s plans an incident of %s with %j; all of it: %s',
  async (target, root, things, whole) => {
    const failed = incident(root, things);
    await say('opened', failed);
    await violated(...things);
    expect(await planned()).toEqual([]);
    const placed = await hold(target);
    expect(placed.status).toBe(201);
    // At once, whether the rule has looked already or not.
    expect(await planned()).toEqual([
      { incident: '1', whole, things: whole ? things : [target], holds: [placed.body.id] },
    ]);
    await violated(...(whole ? [] : things.filter((thing) => thing !== target)));
    await ask('DELETE', `/holds/${placed.body.id}`);
    expect(await planned()).toEqual([]);
    await violated(...things);
    await close(failed);
    await violated();
  },
);

it('when a hold ends, what is still down is a violation then, once, and no event is said again', async () => {
  const { head } = (await ask<EventPage>('GET', '/policy/events')).body;
  const { body } = await hold('probe/web', '2s');
  await say('opened', incident('probe/web', ['probe/web']));
  await waitFor('it is planned', async () => (await planned())[0]?.whole === true);
  await violated('probe/web');
  // What comes later is read after all that could have been said again.
  await say('opened', incident('probe/ldap', ['probe/ldap'], '2'));
  await violated('probe/ldap', 'probe/web');
  const { events } = (await ask<EventPage>('GET', `/policy/events?after=${head}`)).body;
  const about = (data: unknown) =>
    Object.entries(data as object).find(([key]) => /^(hold|about)$/.test(key))?.[1];
  expect(events.map(({ type, data }) => [type, about(data)])).toEqual([
    ['hold.placed', body.id],
    ['hold.released', body.id],
    ['violation.opened', 'probe/web'],
    ['violation.opened', 'probe/ldap'],
  ]);
});

it('refuses a hold on a hypervisor, and on what settings do not name, with what can be held instead', async () => {
  const refused = async (target: string) => {
    const { status, body } = await ask<Problem>('POST', '/holds', {
      target,
      for: '1h',
      because: 'a new switch',
    });
    return [status, body.errors?.[0]?.allowed];
  };
  expect(await refused('hypervisor/pve')).toEqual([400, 'node/pve-pve1']);
  expect(await refused('probe/wb')).toEqual([404, 'a probe: web, ldap (did you mean web?)']);
  expect(await refused('switch/lab')).toEqual([404, 'a switch: sw1']);
  expect(await refused('port/sw9/gi1')).toEqual([404, 'a port of a switch: sw1 (did you mean sw1?)']);
});

it('refuses a hold on what is not named as a port is', async () => {
  for (const target of ['port/sw1', 'port/sw1/', 'port/sw1/gi1/2', 'port/sw1/-', 'port//gi1'])
    expect([target, (await hold(target)).status]).toEqual([target, 400]);
});
