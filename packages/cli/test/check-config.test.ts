import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rights, serviceNames } from '@huismeester/contracts';
import { createNutClient, type NutClient } from '@huismeester/nut';
import {
  type NutSimulator,
  type ProxmoxSimulator,
  startNutSimulator,
  startProxmoxSimulator,
} from '@huismeester/simulators';
import { freePort, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { pveumCommands, pveumForToken } from '../src/check/pveum.ts';
import { grantedBy } from './granted-by.ts';
import { runCli } from './run-cli.ts';

const token = { id: 'huismeester@pve!operate', secret: 'very-secret' };
const documented = grantedBy(
  pveumCommands({ token: token.id, pools: ['core', 'spacewide'], shutdownNodes: ['pve2'] }),
);
let nut: NutSimulator;
let upsmon: NutClient;
let proxmox: ProxmoxSimulator;
let dir: TempDir;

beforeAll(async () => {
  const user = { name: 'upsmon', password: 'x' };
  nut = await startNutSimulator({ upses: [{ name: 'rack', vars: { 'ups.status': 'OL' } }], users: [user] });
  upsmon = createNutClient({
    host: '127.0.0.1',
    port: nut.port,
    username: user.name,
    password: user.password,
  });
  await upsmon.login('rack');
  proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'test',
      quorate: true,
      guests: [],
      tokens: [
        ...[token, others.create, others.promote].map((each) => ({ ...each, privileges: [] })),
        { ...others.review, privileges: [{ path: '/access', privs: ['Sys.Audit'] }] },
      ],
      nodes: [
        { name: 'pve1', online: true },
        { name: 'pve2', online: true },
      ],
      pools: [{ id: 'core' }, { id: 'spacewide' }, { id: 'deelnemers' }, { id: 'board' }],
    },
    // A wrong token is answered late, as the real one does.
    speed: 100,
  });
  dir = await tempDir('check');
});
afterAll(async () => {
  await upsmon.close();
  await Promise.all([nut.close(), proxmox.close(), dir.remove()]);
});

interface Given {
  upsdPort?: number;
  upsName?: string;
  pool?: string;
  node?: string;
  /** Of the first node; `''` leaves it to Proxmox. */
  address?: string;
  secret?: string;
  /** Of both nodes. */
  poweredBy?: string[];
  /** VMs of participants are made and promoted, with a token each. */
  making?: boolean;
  /** Who has admin rights is reviewed, with a token of its own; the default. */
  reviewed?: boolean;
}

const others = {
  create: { id: 'huismeester@pve!create', secret: 'very-secret-too' },
  promote: { id: 'huismeester@pve!promote', secret: 'very-secret-as-well' },
  review: { id: 'huismeester@pve!review', secret: 'very-secret-again' },
};
const makingSettings = {
  pools: { core: 'core', 'space-wide': 'spacewide', participant: 'deelnemers' },
  nodes: {},
  templates: [
    { id: 'debian', kind: 'qemu' as const, minDisk: '4GiB', vmid: 9000 },
    { id: 'lxc', kind: 'lxc' as const, minDisk: '4GiB', ostemplate: 'local:vztmpl/debian.tar.zst' },
  ],
  storage: 'local-lvm',
  bridge: 'vmbr0',
};

let given: Given = {};
beforeEach(() => {
  given = {};
  grant(documented);
});

function grant(privileges: typeof documented): void {
  const [known] = proxmox.state.tokens;
  if (known) known.privileges = privileges;
}

async function check(...args: string[]) {
  const { upsdPort = nut.port, upsName = 'rack', pool = 'core', node = 'pve1' } = given;
  const { secret = token.secret, address = '127.0.0.1', poweredBy = ['rack'] } = given;
  const { making = false, reviewed = true } = given;
  const { create, promote, review } = others;
  const named = { ...(making && { create, promote }), ...(reviewed && { review }) };
  const tokens = Object.entries(named)
    .map(([name, { id, secret: its }]) => `, ${name}: { id: '${id}', secret: ${its} }`)
    .join('');
  const more = making
    ? `
    vmids: { from: 900, to: 999 }
    storage: local-lvm
    bridge: vmbr0
    templates:
      - { id: debian, vmid: 9000 }
      - { id: lxc, kind: lxc, ostemplate: "local:vztmpl/debian.tar.zst" }`
    : '';
  await writeFile(
    join(dir.path, 'space.yaml'),
    `site: { id: test, name: Test }
broker: { embedded: {} }
database: { embedded: { dir: ./db }, acceptPowerLossRisk: true }
ups:
  - { id: rack, upsd: { host: 127.0.0.1, port: ${upsdPort}, name: ${upsName} } }
hypervisors:
  - id: pve
    url: ${proxmox.url}
    fingerprints: ['${proxmox.fingerprint}']
    tokens: { operate: { id: '${token.id}', secret: ${secret} }${tokens} }
    pools: { core: ${pool}, space-wide: spacewide${making ? ', participant: deelnemers' : ''} }${more}
    nodes:
      ${node}: { poweredBy: [${poweredBy}]${address && `, address: ${address}`} }
      pve2: { poweredBy: [${poweredBy}], nodeShutdown: huismeester, wake: manual }
`,
  );
  const ran = await runCli(['check-config', ...args], { cwd: dir.path });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(secret);
  return ran;
}

interface Finding {
  what: string;
  problem?: string;
  warning?: string;
  remedy?: string;
}

async function findings(): Promise<Finding[]> {
  return JSON.parse((await check('--connect', '--json')).stdout).outside;
}

it('finds nothing wrong in settings that are right', async () => {
  const { code, stdout, stderr } = await check();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`${join(dir.path, 'space.yaml')} is fine.\n`);
});

it('says with which settings services of their own would not start, though one process does', async () => {
  const services = (names: readonly string[]) =>
    `{ ${names.map((name) => `${name}: { url: "http://127.0.0.1:9", secret: very-secret-of-${name} }`).join(', ')} }`;
  const checkThat = async (text: string, ...args: string[]) => {
    const file = join(dir.path, 'processes.yaml');
    await writeFile(file, `site: { id: test, name: Test }\n${text}`);
    const ran = await runCli(['check-config', 'processes.yaml', ...args], { cwd: dir.path });
    expect(ran.code).toBe(0);
    return ran.stdout.replace(file, '');
  };
  const embedded = `broker: { embedded: {} }\ndatabase: { embedded: { dir: ./db }, acceptPowerLossRisk: true }\n`;
  const shared = 'broker: { url: mqtts://b }\ndatabase: { url: postgres://x }\n';
  expect(
    await checkThat(
      `${embedded}services: ${services(serviceNames.filter((name) => name !== 'vm-lifecycle'))}`,
    ),
  ).toBe(
    [
      ' is fine for one process. Services that are processes of their own would not start:',
      '  services.vm-lifecycle: found nothing, allowed: { url, secret }',
      '  broker: found embedded, allowed: { url: mqtts://… }, one for all',
      '  database: found embedded, allowed: { url: postgres://… }, one for all\n',
    ].join('\n'),
  );
  const told = await checkThat(`${shared}services: ${services(['policy'])}`, '--json');
  expect(JSON.parse(told).notes).toHaveLength(serviceNames.length - 1);
  for (const fine of [`${shared}services: ${services(serviceNames)}`, embedded]) {
    expect(await checkThat(fine)).toBe(' is fine.\n');
  }
});

it('says which service has no login at the broker, where others have one', async () => {
  const login = '{ username: a, password: very-secret }';
  const names = serviceNames.filter((name) => name !== 'netwatch');
  const credentials = (more: string) =>
    `broker: { url: mqtts://b, credentials: { ${names.map((name) => `${name}: ${login}`).join(', ')} }${more} }`;
  const checkThat = async (broker: string, ...args: string[]) => {
    const text = `site: { id: test, name: Test }\n${broker}\ndatabase: { url: postgres://x }\n`;
    await writeFile(join(dir.path, 'logins.yaml'), text);
    return (await runCli(['check-config', 'logins.yaml', ...args], { cwd: dir.path })).stdout;
  };
  const note =
    'broker.credentials has no login for netwatch: add it, or broker.username and password for all';
  expect(await checkThat(credentials(''))).toMatch(new RegExp(` is fine\\.\n${note}\n$`));
  expect(JSON.parse(await checkThat(credentials(''), '--json')).notes).toEqual([note]);
  expect(await checkThat(credentials(', username: b, password: very-secret'))).toMatch(/ is fine\.\n$/);
});

it('finds outside what they name, with exactly the rights that are documented', async () => {
  const { code, stdout } = await check('--connect', '--json');
  expect(code).toBe(0);
  const { outside }: { outside: Finding[] } = JSON.parse(stdout);
  expect(outside.filter(({ problem, remedy }) => problem ?? remedy)).toEqual([]);
  expect(outside.map(({ what }) => what)).toEqual([
    `ups rack: upsd answers at 127.0.0.1:${nut.port}`,
    'ups rack: upsd knows a UPS called rack',
    'ups rack: its driver gives a status',
    'ups rack: upsd lists who draws power from it',
    `hypervisor pve: Proxmox VE answers at ${proxmox.url} and takes the token`,
    'hypervisor pve: pool core is there',
    'hypervisor pve: pool spacewide is there',
    'hypervisor pve: node pve1 is there',
    'hypervisor pve: node pve2 is there',
    'hypervisor pve: the right VM.Audit on /pool/core, /pool/spacewide',
    'hypervisor pve: the right VM.PowerMgmt on /pool/core, /pool/spacewide',
    'hypervisor pve: the right Pool.Audit on /pool/core, /pool/spacewide',
    'hypervisor pve: the right Sys.Audit on /',
    'hypervisor pve: the right Sys.Audit on /nodes/pve1, /nodes/pve2',
    'hypervisor pve: the right Sys.PowerMgmt on /nodes/pve2',
    'hypervisor pve: Proxmox VE takes the review token',
    'hypervisor pve, token review: the right Sys.Audit on /access',
    'hypervisor pve: a UPS feeds a node',
    'ups rack: feeds a node',
    'hypervisor pve: upsmon of node pve1 is logged in at ups rack',
  ]);
});

it('fails where no node has a UPS, since a power cut would then change nothing', async () => {
  given = { poweredBy: [] };
  const { code, stdout } = await check('--connect');
  expect(code).toBe(1);
  expect(stdout).toContain('no   hypervisor pve: a UPS feeds a node: no node names a UPS (poweredBy)');
  expect(stdout).toContain('no   ups rack: feeds a node: no node names it (poweredBy)');
  expect(stdout).toContain('nodes: { NAME: { poweredBy: [rack] } }');
});

const places = { '/': '/', '/pool/<pool>': '/pool/spacewide', '/nodes/<node>': '/nodes/pve2' };

it.each(rights.filter((right) => right.token === 'operate'))(
  'names $privilege on $on when it is missing, and a command that grants it',
  async (right) => {
    const path = Reflect.get(places, right.on) as string;
    const without = documented.map((one) =>
      one.path === path ? { ...one, privs: one.privs.filter((priv) => priv !== right.privilege) } : one,
    );
    grant(without);
    const lacking = (await findings()).filter(({ what }) => what.endsWith(`${right.privilege} on ${path}`));
    expect(lacking).toHaveLength(1);
    expect(lacking[0]?.problem).toBe(`missing, so ${right.without} (it is for ${right.feature})`);

    const { stdout, code } = await check('--connect');
    expect(code).toBe(1);
    expect(stdout.split('To do:\n')[1]).toBe(`  ${lacking[0]?.remedy}\n`);
    grant(grantedBy([lacking[0]?.remedy ?? ''], without));
    expect((await findings()).filter(({ problem }) => problem)).toEqual([]);
  },
);

const otherPlaces = {
  '/access': '/access',
  '/pool/<pool>': '/pool/spacewide',
  '/pool/<participants>': '/pool/deelnemers',
  '/vms/<template>': '/vms/9000',
  '/storage/<storage>': '/storage/local-lvm',
  '/storage/<ostemplates>': '/storage/local',
  '/sdn/zones/localnetwork/<bridge>': '/sdn/zones/localnetwork/vmbr0',
};

it.each(rights.filter((right) => right.token !== 'operate'))(
  'names $privilege on $on when the $token token lacks it, and a command that grants it',
  async (right) => {
    given = { making: true };
    const pools = ['core', 'spacewide', 'deelnemers'];
    grant(grantedBy(pveumCommands({ token: token.id, pools, shutdownNodes: ['pve2'] })));
    const granted = (name: keyof typeof others) =>
      grantedBy(pveumForToken(name, { token: others[name].id, settings: makingSettings }));
    const path = Reflect.get(otherPlaces, right.on) as string;
    for (const name of ['create', 'promote', 'review'] as const) {
      const known = proxmox.state.tokens.find(({ id }) => id === others[name].id);
      if (known) known.privileges = granted(name);
    }
    const own = proxmox.state.tokens.find(({ id }) => id === others[right.token as keyof typeof others].id);
    if (own === undefined) throw new Error(`there is no token ${right.token}`);
    own.privileges = own.privileges.map((one) =>
      one.path === path ? { ...one, privs: one.privs.filter((priv) => priv !== right.privilege) } : one,
    );
    const lacking = (await findings()).filter(({ problem }) => problem);
    expect(lacking.map(({ what }) => what)).toEqual([
      `hypervisor pve, token ${right.token}: the right ${right.privilege} on ${path}`,
    ]);
    own.privileges = grantedBy([lacking[0]?.remedy ?? ''], own.privileges);
    expect((await findings()).filter(({ problem }) => problem)).toEqual([]);
  },
);

it('warns where no token reviews who has admin rights, with the commands that make it', async () => {
  given = { reviewed: false };
  const [warned, ...more] = (await findings()).filter(({ warning }) => warning !== undefined);
  expect(more).toEqual([]);
  expect(warned?.what).toBe('hypervisor pve: who has admin rights is reviewed (CORE-4)');
  expect(warned?.remedy).toContain('pveum user token add huismeester@pve review --privsep 1; ');
});

it('sees that Sys.Audit on / does not come down to the nodes', async () => {
  grant(documented.map((one) => (one.path === '/' ? { ...one, propagate: false } : one)));
  const [lacking, ...others] = (await findings()).filter(({ problem }) => problem);
  expect(others).toEqual([]);
  expect(lacking?.what).toBe('hypervisor pve: the right Sys.Audit on /nodes/pve1');
  expect(lacking?.remedy).toContain('pveum acl modify /nodes/pve1 ');
});

it.each<[string, () => Promise<Given> | Given, string[]]>([
  ['no upsd', async () => ({ upsdPort: await freePort() }), ['upsd answers']],
  ['another UPS', () => ({ upsName: 'attic' }), ['upsd knows a UPS called attic: it knows rack']],
  ['a token that is wrong', () => ({ secret: 'wrong-secret' }), ['takes the token: ']],
  [
    'a pool that the token may not see',
    () => ({ pool: 'board' }),
    [
      'pool board is there: the token may see core, spacewide',
      'VM.Audit on /pool/board: ',
      'VM.PowerMgmt on /pool/board: ',
      'Pool.Audit on /pool/board: ',
    ],
  ],
  [
    'a node that is not there',
    () => ({ node: 'pve9' }),
    ['node pve9 is there: the token may see pve1, pve2'],
  ],
  [
    'a node that is not logged in, by the address that Proxmox tells',
    () => ({ address: '' }),
    ['upsmon of node pve1 is logged in at ups rack: 192.0.2.1 is not, '],
  ],
])('says what is wrong: %s', async (_, wrong, messages) => {
  given = await wrong();
  const { code, stdout, stderr } = await check('--connect');
  expect(code).toBe(1);
  expect(stdout.split('\n').filter((line) => line.startsWith('no'))).toEqual(
    messages.map((message) => expect.stringContaining(message)),
  );
  expect(stderr).toContain('checks outside failed');
});

it('says every mistake at once, with its line, and asks nobody', async () => {
  given = { pool: '""', node: '7', upsName: '""' };
  const { code, stdout, stderr } = await check('--connect');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/space\.yaml:5: ups\[0\]\.upsd\.name/);
  expect(stderr).toMatch(/space\.yaml:11: hypervisors\[0\]\.pools\.core/);
});

it('says so when there are no settings', async () => {
  const { code, stderr } = await runCli(['check-config', 'nowhere.yaml'], { cwd: dir.path });
  expect(code).toBe(1);
  expect(stderr).toContain('nowhere.yaml');
});
