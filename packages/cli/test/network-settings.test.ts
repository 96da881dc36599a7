import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseSettings } from '@huismeester/service';
import {
  type ProxmoxSimulator,
  type SwitchSimulator,
  startProxmoxSimulator,
  startSwitchSimulator,
} from '@huismeester/simulators';
import {
  freePort,
  freeUdpPort,
  type Snmpd,
  skipWithout,
  startSnmpd,
  type TempDir,
  tempDir,
} from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunMore, runCli } from './run-cli.ts';

const community = 'very-secret-community';
let dir: TempDir;
let switched: SwitchSimulator;

beforeAll(async () => {
  dir = await tempDir('network');
  switched = await startSwitchSimulator({
    credentials: { communities: [community] },
    ports: [
      { name: 'Gi1/0/1', alias: 'pve1 eno1' },
      { name: 'Gi1/0/2', plugged: false },
      { name: 'Gi1/0/24', alias: 'Uplink "KPN"\n#' },
      // Its agent ends a name as C does.
      { name: 'Port 7\0' },
      { name: 'Vlan1', type: 136 },
    ],
    system: { name: 'core.space.lan', descr: 'GS1920-24' },
  });
});
afterAll(() => Promise.all([dir.remove(), switched.close()]));

async function ran(args: string[], more: RunMore = {}) {
  const found = await runCli(args, { cwd: dir.path, ...more });
  expect(`${found.stdout}${found.stderr}`).not.toContain(community);
  return found;
}

const env = { HUISMEESTER_SNMP_COMMUNITY: community };
const init = (args: string[], more?: RunMore) => ran(['init', ...args], more);
const at = (port: number) => `127.0.0.1:${port}`;

function settingsOf(yaml: string) {
  const all = { ...env, HUISMEESTER_DATABASE_URL: 'postgres://localhost/x' };
  return parseSettings(yaml, { file: 'space.yaml', env: all, readFile: () => 'x' });
}

describe('init --switch', () => {
  it('prints a switch by what it shows, its ports as comments with their likely roles', async () => {
    const { code, stdout } = await init(['--switch', at(switched.port)], { env });
    expect(code).toBe(0);
    expect(settingsOf(stdout).switches).toMatchObject([
      { id: 'core', host: '127.0.0.1', port: switched.port, snmp: { version: '2c', community }, ports: {} },
    ]);
    expect(stdout).toContain('  # GS1920-24\n  - id: core\n');
    expect(stdout).toContain(`community: "\${HUISMEESTER_SNMP_COMMUNITY}"`);
    expect(stdout).toContain('    #   "Gi1/0/1": { role: hypervisor } # up, "pve1 eno1"\n');
    expect(stdout).toContain('    #   "Gi1/0/2": { role: … } # down\n');
    // As netwatch names it, or the settings would match nothing.
    expect(stdout).toContain('    #   "Port 7": { role: … } # up\n');
    expect(stdout).not.toContain('Vlan1');
    // A person takes the marks away from those that matter; whatever others wrote stays one comment.
    const chosen = stdout.replaceAll(
      /^ {4}# (ports: # those that matter| {2}"Gi1\/0\/(?:1|24)": .*)$/gm,
      '    $1',
    );
    expect(settingsOf(chosen).switches[0]?.ports).toEqual({
      'Gi1/0/1': { role: 'hypervisor' },
      'Gi1/0/24': { role: 'uplink' },
    });
  });

  it('proposes what can be filled in of CORE-3, and the rest as comments', async () => {
    const { stdout } = await init(['--switch', at(switched.port), '--website', 'https://hackalot.nl'], {
      env,
    });
    const probes = settingsOf(stdout).probes.filter(({ id }) => id !== 'gateway');
    expect(probes).toMatchObject([
      { id: 'uplink', role: 'uplink', core: true, kind: 'uplink' },
      { id: 'website', role: 'website', core: true, url: 'https://hackalot.nl/' },
    ]);
    const operators = probes.flatMap((each) => (each.kind === 'uplink' ? each.targets : []));
    expect(new Set(operators.map(({ operator }) => operator)).size).toBeGreaterThanOrEqual(3);
    const all = settingsOf(
      stdout
        .replaceAll(/^ {2}# (- \{ id: (directory|spacenet))/gm, '  $1')
        .replaceAll(/\$\{RADIUS_\w+\}/g, 'x'),
    );
    expect(all.probes.map(({ role }) => role)).toEqual(expect.arrayContaining(['directory', 'spacenet']));
  });

  it('proposes them without a switch, too', async () => {
    const { code, stdout } = await init(['--name', 'Hack', '--pool', 'core=x']);
    expect(code).toBe(0);
    expect(settingsOf(stdout)).toMatchObject({ switches: [], probes: expect.anything() });
    expect(stdout).toContain('# - { id: website,');
  });

  it('asks a person for the community, which is not shown, and for the website', async () => {
    const asked: string[] = [];
    const secrets: string[] = [];
    const { stdout } = await init(['--switch', at(switched.port)], {
      ask: async (question) => {
        asked.push(question);
        return 'https://hackalot.nl';
      },
      askSecret: async (question) => {
        secrets.push(question);
        return community;
      },
    });
    expect(asked).toEqual([expect.stringContaining('website')]);
    expect(secrets).toEqual([expect.stringContaining('community')]);
    expect(settingsOf(stdout).switches[0]?.id).toBe('core');
  });

  it('without a community asks no switch, and says how to go on', async () => {
    const { code, stdout, stderr } = await init(['--switch', '192.0.2.1', '--switch', 'SW1.space']);
    expect(code).toBe(0);
    expect(settingsOf(stdout).switches).toMatchObject([
      { id: 'switch', host: '192.0.2.1', port: 161 },
      { id: 'sw1', host: 'sw1.space', port: 161 },
    ]);
    expect(stderr).toContain(
      'HUISMEESTER_SNMP_COMMUNITY=… npx -y pnpm@12 huismeester init --switch 192.0.2.1 --switch sw1.space …',
    );
  });

  it('says of all that do not answer what to do', async () => {
    const places = [await freeUdpPort(), await freePort()];
    const { code, stdout, stderr } = await init(
      ['--switch', at(places[0] ?? 0), '--upsd', at(places[1] ?? 0)],
      { env },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`the SNMP agent ${at(places[0] ?? 0)} is not reachable`);
    expect(stderr).toContain('snmpwalk');
    expect(stderr).toContain('MODE=netserver');
  });

  it.each([
    [['--switch', 'http://10.0.0.3'], 'HOST:PORT'],
    [['--switch', '10.0.0.3:0'], 'HOST:PORT'],
    [['--website', 'hackalot'], 'its URL'],
    [['--website', 'https://me:pw@hackalot.nl'], 'its URL'],
  ])('is code 64 for %j', async (args, message) => {
    const { code, stdout, stderr } = await init(args, { env });
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe.skipIf(skipWithout('snmpd'))('init --switch, of snmpd', () => {
  let snmpd: Snmpd;
  beforeAll(async () => {
    snmpd = await startSnmpd({ config: [`rocommunity ${community}`, 'sysName Zaal-switch'] });
    return () => snmpd.close();
  });

  it('prints settings that check-config --connect finds right', async () => {
    const { code, stdout } = await init(['--switch', at(snmpd.port), '--switch', at(switched.port)], { env });
    expect(code).toBe(0);
    const { switches } = settingsOf(stdout);
    expect(switches.map(({ id }) => id)).toEqual(['zaal-switch', 'core']);
    const outside = await findings({ switches });
    expect(outside).toEqual(
      switches.map(({ id, port }) => ({
        what: `switch ${id}: its SNMP agent answers at ${at(port)} and takes our credentials`,
      })),
    );
  });
});

interface Finding {
  what: string;
  problem?: string;
  warning?: string;
  remedy?: string;
}

async function check(settings: object, ...args: string[]) {
  const all = {
    site: { id: 'x', name: 'X' },
    broker: { embedded: {} },
    database: { embedded: { dir: './db' }, acceptPowerLossRisk: true },
    ...settings,
  };
  await writeFile(join(dir.path, 'space.yaml'), JSON.stringify(all));
  return await ran(['check-config', '--connect', ...args]);
}

async function findings(settings: object): Promise<Finding[]> {
  const { stdout, stderr } = await check(settings, '--json');
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).outside;
}

describe('check-config --connect of a network', () => {
  const snmp = { version: '2c', community };

  it('is in its help', async () => {
    const { stdout } = await ran(['check-config', '--help']);
    const help = stdout.replaceAll(/\s+/g, ' ');
    expect(help).toContain('ask each upsd, Proxmox VE and switch');
    expect(help).toContain(
      'look once at each service that is probed, try the port for traps, and read the directory',
    );
  });

  it('looks once at each service, and says what to do about those that fail', async () => {
    const web = createServer((_, response) => response.end('hello'));
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    onTestFinished(() => void web.close());
    const { port } = web.address() as AddressInfo;
    const nobody = await freePort();
    const probes = [
      { id: 'web', kind: 'http', url: `http://127.0.0.1:${port}/` },
      { id: 'empty', kind: 'http', url: `http://127.0.0.1:${port}/`, contains: 'no such text' },
      { id: 'gone', kind: 'tcp', host: '127.0.0.1', port: nobody },
    ];
    const { code, stdout } = await check({ probes });
    expect(code).toBe(1);
    expect(stdout).toContain('ok   probe web: it answers (http)\n');
    expect(stdout).toMatch(/^no {3}probe empty: it answers \(http\): wrong-answer/m);
    expect(stdout).toContain(
      '  probe empty: correct what answers there, or in settings what is right; now: status: [200], contains: "no such text"\n',
    );
    expect(stdout).toContain('no   probe gone: it answers (tcp): refused, ECONNREFUSED\n');
    expect(stdout).toContain(
      '  probe gone: see that the service runs there, and that it serves this machine\n',
    );
  });

  it('asks each switch for the ports that settings name', async () => {
    const sw1 = { id: 'sw1', host: '127.0.0.1', port: switched.port };
    const ports = { 'Gi1/0/24': { role: 'uplink' }, '2': { role: 'core' }, 'Gi9/0/1': { role: 'core' } };
    const dependsOn = [['port/sw1/gi1-0-24', 'port/sw1/vlan1', 'port/sw1/g1-0-24']];
    const probes = [{ id: 'web', kind: 'tcp', host: '127.0.0.1', port: await freePort(), dependsOn }];
    const [, ...needed] = await findings({ switches: [{ ...sw1, snmp }], probes });
    expect(needed.filter(({ what }) => what.startsWith('probe web: port/'))).toEqual([
      { what: 'probe web: port/sw1/gi1-0-24 is a port that switch sw1 has' },
      expect.objectContaining({ warning: expect.not.stringContaining('vlan') }),
      expect.objectContaining({ warning: expect.stringContaining('(did you mean port/sw1/gi1-0-24?)') }),
    ]);
    expect(await findings({ switches: [{ ...sw1, snmp, ports }] })).toEqual([
      { what: `switch sw1: its SNMP agent answers at ${at(switched.port)} and takes our credentials` },
      { what: 'switch sw1: port 2 is there' },
      { what: 'switch sw1: port Gi1/0/24 is there' },
      {
        what: 'switch sw1: port Gi9/0/1 is there',
        problem: 'it has Gi1/0/1, Gi1/0/2, Gi1/0/24, Port 7, Vlan1 (did you mean Gi1/0/1?)',
        remedy: 'switch sw1: under ports, name Gi1/0/1 instead of Gi9/0/1, or leave it out',
      },
    ]);
    const [silent] = await findings({ switches: [{ ...sw1, port: await freeUdpPort(), snmp }] });
    expect(silent?.problem).toContain('is not reachable');
    expect(silent?.remedy).toContain('that SNMP is on in it, at that port');
  });

  it('tries the port for traps; one that is taken may be our own, and is a warning', async () => {
    const port = await freeUdpPort();
    const traps = { host: '127.0.0.1', port };
    const what = `traps: they can come in at 127.0.0.1:${port}`;
    expect(await findings({ traps })).toEqual([{ what }]);
    const other = createSocket('udp4');
    other.bind(port, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { code, stdout } = await check({ traps });
    expect(code).toBe(0);
    expect(stdout).toContain(`!    ${what}: another process has that port (EADDRINUSE)\n`);
    expect(stdout).toContain(`ss -lunp sport = :${port}`);
  });

  describe('that depends on VMs', () => {
    const token = { id: 'huismeester@pve!operate', secret: 'a-secret-of-a-token' };
    let proxmox: ProxmoxSimulator;
    beforeAll(async () => {
      const guest = { type: 'qemu' as const, node: 'pve1', status: 'running' as const };
      proxmox = await startProxmoxSimulator({
        state: {
          cluster: 'space',
          quorate: true,
          nodes: [{ name: 'pve1', online: true }],
          pools: [{ id: 'core' }, { id: 'board' }],
          guests: [
            { ...guest, vmid: 104, name: 'wiki', pool: 'core' },
            { ...guest, vmid: 900, name: 'minutes', pool: 'board' },
          ],
          tokens: [{ ...token, privileges: [{ path: '/', privs: ['VM.Audit', 'Sys.Audit', 'Pool.Audit'] }] }],
        },
        speed: 100,
      });
      return () => proxmox.close();
    });

    it('speaks of one in another pool as of one that is not there (PRIV-2)', async () => {
      const port = await freePort();
      const hypervisor = {
        id: 'pve',
        url: proxmox.url,
        fingerprints: [proxmox.fingerprint],
        tokens: { operate: token },
        pools: { core: 'core' },
        nodes: {},
      };
      const probes = [
        { id: 'x', kind: 'tcp', host: '127.0.0.1', port, dependsOn: ['vm/104', ['vm/900', 'vm/901']] },
      ];
      const all = await findings({ hypervisors: [hypervisor], probes });
      const found = all.filter(({ what }) => what.includes('in a pool'));
      expect(found[0]).toEqual({ what: 'probe x: vm/104 is in a pool that settings name' });
      const [board, none] = found.slice(1);
      expect(board?.problem).toBe('no such VM is in any of them, so nothing is known of it');
      const alike = JSON.parse(JSON.stringify(board).replaceAll('900', '901'));
      expect(none).toEqual(alike);
    });
  });
});
