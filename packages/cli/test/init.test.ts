import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings } from '@huismeester/service';
import {
  type NutSimulator,
  type ProxmoxSimulator,
  startNutSimulator,
  startProxmoxSimulator,
} from '@huismeester/simulators';
import { freePort, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pveumCommands } from '../src/check/pveum.ts';
import { grantedBy } from './granted-by.ts';
import { type RunMore, runCli } from './run-cli.ts';

const token = 'huismeester@pve!operate';
const secret = 'a0b1c2d3-0000-4000-8000-00000000000a';
const pools = ['core', 'spacewide', 'deelnemers'];
let nut: NutSimulator;
let proxmox: ProxmoxSimulator;
let dir: TempDir;

beforeAll(async () => {
  dir = await tempDir('init');
  nut = await startNutSimulator({
    upses: [
      {
        name: 'rack',
        description: 'In the rack',
        vars: { 'ups.status': 'OL', 'battery.charge': '100', 'battery.runtime': '1380', 'ups.mfr': 'EATON' },
      },
      { name: 'Attic_UPS', vars: { 'ups.status': 'OL' } },
    ],
  });
  nut.clients('rack', ['192.0.2.1', '10.0.0.77']);
  nut.driverGone('Attic_UPS', true);
  const guest = { type: 'qemu' as const, node: 'pve1', status: 'running' as const };
  proxmox = await startProxmoxSimulator({
    state: {
      cluster: 'space',
      quorate: true,
      nodes: ['pve1', 'pve2'].map((name) => ({ name, online: true })),
      pools: ['core', 'space-breed', 'Deelnemers', 'board'].map((id) => ({ id })),
      guests: [
        { ...guest, vmid: 100, name: 'ldap', pool: 'core' },
        { ...guest, vmid: 101, name: 'wiki', pool: 'core' },
        { ...guest, vmid: 900, name: 'minutes', pool: 'board' },
      ],
      tokens: [
        {
          id: token,
          secret,
          privileges: grantedBy(
            pveumCommands({ token, pools: ['core', 'space-breed', 'Deelnemers'], shutdownNodes: [] }),
          ),
        },
      ],
    },
    speed: 100,
  });
});
afterAll(() => Promise.all([nut.close(), proxmox.close(), dir.remove()]));

async function init(args: string[], more: RunMore = {}) {
  const ran = await runCli(['init', ...args], { cwd: dir.path, ...more });
  expect(`${ran.stdout}${ran.stderr}`).not.toContain(secret);
  return ran;
}

/** What the program makes of it, with what its comments ask for in the environment. */
function settingsOf(yaml: string) {
  const env = { HUISMEESTER_DATABASE_URL: 'postgres://localhost/x', PVE_OPERATE_SECRET: secret };
  return parseSettings(yaml, { file: 'space.yaml', env, readFile: () => secret });
}

const upsd = () => ['--upsd', `127.0.0.1:${nut.port}`];
const withToken = () => [
  '--proxmox',
  proxmox.url,
  '--token',
  token,
  '--fingerprint',
  `sha256 Fingerprint=${proxmox.fingerprint}`,
];
const env = { PVE_OPERATE_SECRET: secret };

describe('init, with a token', () => {
  it('prints settings that parse, of what upsd and Proxmox told', async () => {
    const { code, stdout, stderr } = await init([...upsd(), ...withToken(), '--name', 'De Ruimte 7'], {
      env,
    });
    expect(code).toBe(0);
    const settings = settingsOf(stdout);
    expect(settings.site).toMatchObject({ id: 'de-ruimte-7', name: 'De Ruimte 7' });
    expect(settings.ups.map(({ id, upsd: { host, port, name } }) => ({ id, host, port, name }))).toEqual([
      { id: 'rack', host: '127.0.0.1', port: nut.port, name: 'rack' },
      { id: 'attic-ups', host: '127.0.0.1', port: nut.port, name: 'Attic_UPS' },
    ]);
    expect(settings.hypervisors).toMatchObject([
      {
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: { id: token, secret } },
        pools: { core: 'core', 'space-wide': 'space-breed', participant: 'Deelnemers' },
        nodes: { pve1: { poweredBy: ['rack'] }, pve2: { poweredBy: [] } },
      },
    ]);
    expect(stdout).toContain('# EATON: OL, 100 %, 23 min at the present load');
    expect(stdout).toContain('its driver does not answer upsd now');
    expect(stdout).toContain('core: core # VMs: 2');
    expect(stderr).toContain('check-config space.yaml --connect');
    expect(stderr).not.toContain('pveum');
  });

  it('prints the commands for exactly these pools', async () => {
    const { stdout } = await init(withToken(), { env });
    const commands = stdout.split('\n').flatMap((line) => /^#\s+(pveum .*)$/.exec(line)?.slice(1) ?? []);
    expect(grantedBy(commands)).toEqual(proxmox.state.tokens[0]?.privileges);
  });

  it('takes the pools that are named, and the secret of a file', async () => {
    await writeFile(join(dir.path, 'secret'), `${secret}\n`);
    const named = ['--pool', 'core=core', '--pool', 'participant=nieuw', '--secret-file', 'secret'];
    const { code, stdout } = await init([...withToken(), ...named]);
    expect(code).toBe(0);
    const [hypervisor] = settingsOf(stdout).hypervisors;
    expect(hypervisor?.pools).toEqual({ core: 'core', participant: 'nieuw' });
    expect(hypervisor?.tokens.operate.secret).toBe(secret);
    expect(stdout).toMatch(/participant: nieuw # not seen/);
    expect(stdout).toContain(`secret: { file: "${join(dir.path, 'secret')}" }`);
  });

  it('sends it to nobody whose certificate no person has verified', async () => {
    const unverified = ['--proxmox', proxmox.url];
    const before = proxmox.requests.length;
    const refused = await init(unverified, { env });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`add: --fingerprint ${proxmox.fingerprint}`);
    const no = await init([...unverified], { env, ask: async () => 'n' });
    expect(no.code).toBe(1);
    const wrong = proxmox.fingerprint.replace(/^../, (pair) => (pair === '00' ? '11' : '00'));
    const pinned = await init(unverified, { env: { ...env, PVE_FINGERPRINT: wrong } });
    expect(pinned).toMatchObject({ code: 1, stdout: '' });
    expect(pinned.stderr).toContain('Nothing was sent to it');
    expect(proxmox.requests).toHaveLength(before);

    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return 'y';
    };
    expect((await init(unverified, { env, ask })).code).toBe(0);
    expect(questions.join()).toContain(proxmox.fingerprint);
  });
});

describe('init, without a token', () => {
  it('prints a skeleton that parses, the certificate, and how to make the token', async () => {
    const { code, stdout, stderr } = await init([...upsd(), '--proxmox', proxmox.url]);
    expect(code).toBe(0);
    const [hypervisor] = settingsOf(stdout).hypervisors;
    expect(hypervisor).toMatchObject({ url: proxmox.url, fingerprints: [proxmox.fingerprint], nodes: {} });
    expect(Object.values(hypervisor?.pools ?? {})).toEqual(pools);
    for (const command of pveumCommands({ token, pools, shutdownNodes: [] })) {
      expect(stdout).toContain(`#   ${command}\n`);
      expect(stderr).toContain(`     ${command}\n`);
    }
    expect(stderr).toContain(`--fingerprint ${proxmox.fingerprint}`);
  });

  it('prints as much as can be said of nothing', async () => {
    const { code, stdout } = await init([]);
    expect(code).toBe(0);
    expect(settingsOf(stdout)).toMatchObject({ site: { id: 'my-space' }, ups: [], hypervisors: [] });
    const { stdout: json } = await init(['--json']);
    expect(JSON.parse(json)).toMatchObject({ yaml: stdout, steps: expect.any(Array) });
  });

  it('asks a person at a terminal where things are', async () => {
    const answers = ['Hack', `127.0.0.1:${nut.port}`, proxmox.url];
    const { code, stdout } = await init([], { ask: async () => answers.shift() ?? '' });
    expect(code).toBe(0);
    expect(settingsOf(stdout)).toMatchObject({ site: { name: 'Hack' }, hypervisors: [{ url: proxmox.url }] });
    expect(answers).toEqual([]);
  });
});

describe('init --output', () => {
  it('writes the file, and never over another', async () => {
    const path = join(dir.path, 'new.yaml');
    const first = await init(['--output', 'new.yaml']);
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain(`Written: ${path}`);
    const text = await readFile(path, 'utf8');
    expect(settingsOf(text).ups).toEqual([]);
    const second = await init(['--output', 'new.yaml', '--name', 'Other']);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toContain('never overwritten');
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});

describe('what goes wrong', () => {
  it('is told of all places at once, with what to do', async () => {
    const [nobody, noProxmox] = [await freePort(), await freePort()];
    const where = ['--upsd', `127.0.0.1:${nobody}`, '--proxmox', `127.0.0.1:${noProxmox}`];
    const { code, stdout, stderr } = await init(where);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`upsd at 127.0.0.1:${nobody} cannot be reached`);
    expect(stderr).toContain('MODE=netserver');
    expect(stderr).toContain(`https://127.0.0.1:${noProxmox} shows no certificate`);
    expect(stderr).toContain('port 8006');
  });

  it('is a token that Proxmox does not know, with what to do', async () => {
    const { code, stderr } = await init(withToken(), { env: { PVE_OPERATE_SECRET: 'wrong' } });
    expect(code).toBe(1);
    expect(stderr).toContain('pveum user token list huismeester@pve');
  });

  it.each([
    [['--upsd', 'http://10.0.0.5'], 'HOST:PORT'],
    [['--upsd', '10.0.0.5:99999'], 'HOST:PORT'],
    [['--proxmox', 'http://10.0.0.2:8006'], 'https://HOST:8006'],
    [['--proxmox', 'https://root:pw@10.0.0.2'], 'https://HOST:8006'],
    [['--token', token], '--proxmox'],
    [['--proxmox', 'x', '--token', 'operate'], 'USER@REALM!NAME'],
    [['--proxmox', 'x', '--secret-file', 'nowhere'], 'ENOENT'],
    [['--pool', 'core'], 'core=NAME'],
    [['--pool', 'guests=x'], 'participant=NAME'],
    [['--pool', 'core=$(reboot)'], 'core=NAME'],
    [['--fingerprint', 'AA:BB'], '32 pairs'],
  ])('is code 64 for %j', async (args, message) => {
    const { code, stdout, stderr } = await init(args);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
  });
});
