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
  'GET /nodes/{node}/storage/{storage}/content': ['content'],
  'GET /nodes/{node}/qemu/{vmid}/config': ['net0', 'scsi0'],
  'GET /nodes/{node}/lxc/{vmid}/config': ['net0'],
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
const ostemplate = 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst';
/** What must be given. */
const given: Partial<Record<string, Record<string, string>>> = {
  'POST /nodes/{node}/status': { command: 'shutdown' },
  'POST /nodes/{node}/qemu/{vmid}/clone': { newid: '110', name: 'clone' },
  'PUT /nodes/{node}/qemu/{vmid}/config': { description: 'a text' },
  'POST /nodes/{node}/qemu/{vmid}/config': { description: 'a text' },
  'PUT /nodes/{node}/lxc/{vmid}/config': { description: 'a text' },
  'PUT /nodes/{node}/qemu/{vmid}/resize': { disk: 'scsi0', size: '+1G' },
  'PUT /nodes/{node}/lxc/{vmid}/resize': { disk: 'rootfs', size: '+1G' },
  'POST /nodes/{node}/lxc': { vmid: '210', ostemplate, rootfs: 'local-lvm:8' },
  'PUT /pools': { poolid: 'board', vms: '105', 'allow-move': '1' },
};
/** Whom to ask, where not 100 and 200 on pve1: these are off, or free, or to go. */
const asked: Partial<Record<string, Record<string, string>>> = {
  'GET /nodes/{node}/lxc/{vmid}/interfaces': { vmid: '203' },
  'POST /nodes/{node}/status': { node: 'pve3' },
  'POST /nodes/{node}/lxc/{vmid}/status/start': { vmid: '201' },
  'POST /nodes/{node}/qemu/{vmid}/clone': { vmid: '101' },
  'PUT /nodes/{node}/qemu/{vmid}/config': { vmid: '102' },
  'POST /nodes/{node}/qemu/{vmid}/config': { vmid: '102' },
  'PUT /nodes/{node}/lxc/{vmid}/config': { vmid: '201' },
  'PUT /nodes/{node}/lxc/{vmid}/resize': { vmid: '201' },
  'DELETE /nodes/{node}/qemu/{vmid}': { vmid: '104' },
  'DELETE /nodes/{node}/lxc/{vmid}': { vmid: '202' },
  'GET /nodes/{node}/storage/{storage}/content': { storage: 'local' },
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
    const schema = theirs[name] ?? theirs[name.replace(/\d+$/, '[n]')];
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

type Check = NonNullable<NonNullable<MethodSchema['permissions']>['check']>;

/** What must be there in any case: of several checks the first, the others are the handler's. */
function permissionOf(check: Check | undefined): Route['permission'] {
  if (!check) return undefined;
  if (check[0] === 'and') return permissionOf(check[1]);
  const [, path, privs, any] = check;
  return { path, priv: any === undefined ? String(privs[0]) : privs };
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
      vm(104, { status: 'stopped' }),
      vm(105),
      ct(200, busy),
      ct(201, { status: 'stopped' }),
      ct(202, { status: 'stopped' }),
      // Nothing is done to it: it has interfaces.
      ct(203),
    ];
    pve = await simulate(guests, {
      change(state) {
        state.nodes.push({ name: 'pve3', online: true });
        state.users = [{ id: 'piet@pve', comment: 'of the board', expire: 1_900_000_000 }];
        state.groups = [{ id: 'admins', users: ['piet@pve'] }];
        state.acl = [{ path: '/vms', type: 'group', ugid: 'admins', role: 'PVEVMAdmin', propagate: false }];
      },
    });
    pve.simulator.setNodeOnline('pve2', false);
    upid = await pve.act('/nodes/pve1/qemu/101/status/stop');
    await pve.act('/nodes/pve1/qemu/102/status/stop');
  });
  afterAll(closeSimulators);

  const pathOf = (route: Route): string => {
    const vmid = route.path.includes('/lxc/') ? '200' : '100';
    const parts = {
      node: 'pve1',
      poolid: 'core',
      groupid: 'admins',
      storage: 'local-lvm',
      vmid,
      upid: encodeURIComponent(upid),
    };
    const asking: Record<string, string> = { ...parts, ...asked[keyOf(route)] };
    return route.path.replace(/\{(\w+)\}/g, (_whole, name: string) => asking[name] ?? '');
  };

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
      expect(route.permission).toEqual(permissionOf(schema?.permissions?.check));
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
