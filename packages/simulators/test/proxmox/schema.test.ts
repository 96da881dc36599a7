import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/proxmox/parameters.ts';
import type { Route } from '../../src/proxmox/route.ts';
import { routes } from '../../src/proxmox/routes.ts';
import { type Asker, closeSimulators, simulate } from './ask.ts';
import { ct, vm } from './cluster.ts';
import { type MethodSchema, problems, type Schema } from './schema-check.ts';

const file = new URL('../../../../../shared/pve/api-schema.json', import.meta.url);
const present = existsSync(file);
const schemas: Partial<Record<string, MethodSchema>> = present ? JSON.parse(readFileSync(file, 'utf8')) : {};

/** What the real one sends (read in its source) though its API viewer does not describe it. */
const sentUndescribed: Partial<Record<string, readonly string[]>> = {
  'GET /cluster/tasks': ['node', 'starttime', 'type', 'id', 'user', 'tokenid', 'saved', 'endtime', 'status'],
  'GET /cluster/ha/resources': ['type', 'state', 'max_restart', 'max_relocate'],
  'GET /nodes': ['id', 'type', 'disk', 'maxdisk'],
  'GET /nodes/{node}/status': ['uptime'],
  'GET /nodes/{node}/tasks': ['tokenid'],
  'GET /nodes/{node}/tasks/{upid}/status': ['tokenid'],
  'GET /pools': ['uptime', 'name', 'status', 'template', 'maxcpu', 'cpu', 'maxmem', 'mem', 'maxdisk', 'disk'],
};
const alsoInPools = ['netin', 'netout', 'diskread', 'diskwrite'];

/** What the real one has and the schema file leaves out. */
const notInFile = [
  'POST /nodes/{node}/lxc/{vmid}/status/suspend',
  'POST /nodes/{node}/lxc/{vmid}/status/resume',
];

const keyOf = (route: Route): string => `${route.method} ${route.path}`;
const described = routes.filter((route) => !notInFile.includes(keyOf(route)));
/** What must be given, and to a node that nothing else is asked of. */
const given: Partial<Record<string, Record<string, string>>> = {
  'POST /nodes/{node}/status': { command: 'shutdown' },
};

function undescribed(key: string): string[] {
  const pools = key.startsWith('GET /pools')
    ? [...(sentUndescribed['GET /pools'] ?? []), ...alsoInPools]
    : [];
  return [...(sentUndescribed[key] ?? []), ...pools].map((name) => `.${name} is not described`);
}

function* parameterProblems(
  ours: Record<string, Parameter>,
  theirs: Record<string, Schema>,
): Generator<string> {
  for (const [name, parameter] of Object.entries(ours)) {
    const schema = theirs[name];
    if (!schema) {
      yield `${name} is not a parameter`;
      continue;
    }
    const mine = { ...parameter, optional: parameter.optional === true };
    const real = { ...schema, optional: schema.optional === 1 };
    for (const key of ['type', 'optional', 'minimum', 'maximum', 'enum'] as const)
      if (JSON.stringify(mine[key]) !== JSON.stringify(real[key]))
        yield `${name}.${key}: ${JSON.stringify(mine[key])} instead of ${JSON.stringify(real[key])}`;
  }
  for (const [name, schema] of Object.entries(theirs))
    if (!schema.optional && !Object.hasOwn(ours, name)) yield `${name} is missing`;
}

describe.skipIf(!present)('held against the schema of Proxmox VE 9.1', () => {
  let pve: Asker;
  let upid: string;

  beforeAll(async () => {
    const busy = { agent: true, tags: ['web', 'core'], onboot: true, startup: 'order=1', lock: 'backup' };
    const guests = [
      vm(100, busy),
      vm(101, { status: 'stopped', template: true }),
      vm(102, { ha: { state: 'started' } }),
      vm(103, { node: 'pve2' }),
      ct(200, busy),
      ct(201, { status: 'stopped' }),
    ];
    pve = await simulate(guests, { change: ({ nodes }) => nodes.push({ name: 'pve3', online: true }) });
    pve.simulator.setNodeOnline('pve2', false);
    upid = await pve.act('/nodes/pve1/qemu/101/status/stop');
    await pve.act('/nodes/pve1/qemu/102/status/stop');
  });
  afterAll(closeSimulators);

  const pathOf = (route: Route): string =>
    route.path
      .replace('{node}', given[keyOf(route)] ? 'pve3' : 'pve1')
      .replace('{upid}', encodeURIComponent(upid))
      .replace('{poolid}', 'core')
      .replace('{vmid}', route.path.includes('/lxc/') ? (/start$/.test(route.path) ? '201' : '200') : '100');

  it.each(described.map((route) => [keyOf(route), route] as const))(
    '%s answers as described',
    async (key, route) => {
      const schema = schemas[key];
      if (!schema) throw new Error(`${key} is not in the schema file`);
      const answer = await pve.send(route.method, pathOf(route), given[key]);
      expect(answer).toMatchObject({ status: 200 });
      const found = [...problems(schema.returns, answer.body?.data, 'answer')];
      const expected = undescribed(key);
      expect(found.filter((problem) => !expected.some((end) => problem.endsWith(end)))).toEqual([]);
      expect(answer.body?.data).not.toEqual([]);
    },
  );

  it.each(described.map((route) => [keyOf(route), route] as const))(
    '%s takes the parameters, the permission and the way that are described',
    (key, route) => {
      const schema = schemas[key];
      expect([...parameterProblems(route.parameters, schema?.parameters.properties ?? {})]).toEqual([]);
      const check = schema?.permissions?.check;
      expect(route.permission).toEqual(check && { path: check[1], priv: check[2][0] });
      expect(route.proxied === true).toBe(schema?.proxyto === 'node');
    },
  );

  it('looks at every kind of row', async () => {
    const rows = (type: string) => pve.send('GET', '/cluster/resources', { type });
    const schema = schemas['GET /cluster/resources'];
    for (const type of ['vm', 'node']) {
      const found = [...problems(schema?.returns ?? {}, (await rows(type)).body?.data, type)];
      expect(found).toEqual([]);
    }
    const pool = (await pve.send('GET', '/pools', { poolid: 'core' })).body?.data;
    const poolProblems = [...problems(schemas['GET /pools']?.returns ?? {}, pool, 'pool')];
    expect(poolProblems.filter((one) => !undescribed('GET /pools').some((end) => one.endsWith(end)))).toEqual(
      [],
    );
  });

  it('leaves out nothing but what is listed here', () => {
    const missing = routes.map(keyOf).filter((key) => !Object.hasOwn(schemas, key));
    expect(missing).toEqual(notInFile);
  });
});
