import type { Hypervisor, IncidentResource, PortResource, SwitchResource, Ups } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, list, problem } from './answering.ts';

const epoch = '00000000-0000-4000-8000-000000000000';
const since = '2026-11-22T11:00:00.000Z';

const sw1: SwitchResource = {
  id: 'sw1',
  host: '10.0.0.3',
  state: 'up',
  core: false,
  flapping: false,
  ports: 1,
  ports_up: 1,
  traps: { taken: 0, dropped: 0, refused: 0 },
};
const gi3: PortResource = {
  switch: 'sw1',
  id: 'gi1-0-3',
  name: 'gi1/0/3',
  ifIndex: 3,
  state: 'up',
  core: false,
  flapping: false,
};
const rack: Ups = {
  id: 'rack',
  contact: 'ok',
  mains: 'on-battery',
  since,
  status: ['OB'],
  low: false,
  forced: false,
  stuckForced: false,
  replaceBattery: false,
  testing: false,
};
const pve: Hypervisor = { id: 'pve', reachable: true, quorate: true };

function incident(root: string, more: Partial<IncidentResource> = {}): IncidentResource {
  return {
    id: '17',
    state: 'open',
    root,
    since,
    core: false,
    outage: false,
    members: [],
    others: [],
    correlationid: epoch,
    ...more,
  };
}

const closed = { state: 'closed', until: '2026-11-22T11:05:00.000Z', lasted_s: 300 } as const;

/** A Huismeester with these things, and other answers to some paths. */
function space(others: Readonly<Record<string, Answer>> = {}) {
  return answering((url) => {
    const path = url.replace(/\?.*/, '').replace('/api/v1/', '');
    const usual: Record<string, Answer> = {
      switches: list(sw1),
      'switches/sw1': { body: sw1 },
      ports: list(gi3),
      ups: list(rack),
      hypervisors: list(pve),
    };
    const isLog = path.endsWith('/events');
    return others[path] ?? usual[path] ?? (isLog ? { body: { epoch, head: 0, events: [] } } : list());
  });
}

async function why(what: string, others?: Readonly<Record<string, Answer>>) {
  const { ran } = await space(others);
  return await ran(['why', what]);
}

describe('why', () => {
  const names = ['gi1-0-3', 'gi1/0/3'];

  it.each(names)('of a port called %s tells its incidents', async (name) => {
    const incidents = list(incident('port/sw1/gi1-0-3', closed));
    const { code, stdout } = await why(`port/sw1/${name}`, { incidents });
    expect(code).toBe(0);
    expect(stdout).toContain('port/sw1/gi1-0-3 (gi1/0/3): up.\n\nIncident 17: port/sw1/gi1-0-3 failed first');
  });

  it.each(names)('of a port called %s without any looks for the events of its id', async (name) => {
    const { ran, asked } = await space();
    expect((await ran(['why', `port/sw1/${name}`])).stdout).toContain('It was never part of an incident.');
    const logs = asked.filter(({ path }) => path.includes('/netwatch/events'));
    expect(logs.map(({ path }) => new URL(path, 'http://h').searchParams.get('subject'))).toEqual([
      'port/sw1/gi1-0-3',
    ]);
  });

  it.each([
    ['hypervisor/pve', 'hypervisor/pve: up.'],
    ['ups/rack', 'ups/rack: up.'],
    ['mains/rack', 'mains/rack: down since 2026-11-22 '],
    ['vantage/main', 'vantage/main: up.'],
  ])('of %s, which can be a root, says its state and its incidents', async (thing, state) => {
    const never = await why(thing);
    expect(never.stdout).toContain(
      '\n\nIt was never part of an incident.\nNothing was seen to happen to it.\n',
    );
    expect(never.stdout.startsWith(state)).toBe(true);
    const { code, stdout } = await why(thing, { incidents: list(incident(thing, closed)) });
    expect(code).toBe(0);
    expect(stdout.startsWith(state)).toBe(true);
    expect(stdout).toContain(`Incident 17: ${thing} failed first`);
    expect(stdout).toContain('Incident 17 ended at');
  });

  it.each([
    [{ forced: true }, 'down'],
    [{ contact: 'stale' }, 'down'],
    [{ contact: 'stale', mains: 'on-mains' }, 'unknown'],
  ] satisfies [Partial<Ups>, string][])('of a UPS with %j says that it is %s', async (more, state) => {
    const { stdout } = await why('ups/rack', { ups: list({ ...rack, ...more }) });
    expect(stdout).toMatch(new RegExp(`^ups/rack: ${state}\\.\n`));
  });

  it('of the place that we look from says since when nobody answers', async () => {
    const { stdout } = await why('vantage/main', { incidents: list(incident('vantage/main')) });
    expect(stdout).toMatch(
      /^vantage\/main: down since 2026-11-22 .*\n\nIncident 17: vantage\/main failed first/,
    );
  });

  it('tells the story of a root whose own service does not answer here', async () => {
    const others = {
      ups: problem(404, 'no-such-route'),
      'ups-monitor/events': problem(404, 'no-such-route'),
    };
    const told = await why('mains/rack', { ...others, incidents: list(incident('mains/rack')) });
    expect(told).toMatchObject({ code: 0, stderr: expect.stringContaining('mains: not served here\n') });
    expect(told.stdout).toContain('Incident 17: mains/rack failed first');
    expect((await why('mains/rack', others)).stdout).toBe('It was never part of an incident.\n');
  });

  it.each([
    ['hypervisor/b', 'there is no hypervisor/b; there are: hypervisor/pve\n'],
    ['mains/b', 'there is no mains/b; there are: mains/rack\n'],
    [
      'lamp/1',
      'there is no lamp/1: name a VM, or one of vm/<id>, node/<id>, probe/<id>, switch/<id>, port/<switch>/<id>',
    ],
  ])('of %s says what there is', async (thing, message) => {
    const { code, stderr } = await why(thing);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
