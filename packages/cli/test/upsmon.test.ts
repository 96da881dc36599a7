import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createNutClient } from '@huismeester/nut';
import { type ProxmoxSimulator, startProxmoxSimulator } from '@huismeester/simulators';
import { skipWithout, startUpsd, type TempDir, tempDir, type Upsd } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const token = { id: 'huismeester@pve!operate', secret: 'very-secret' };

describe.skipIf(skipWithout('upsd', 'dummy-ups'))('check-config --connect, with the real upsd', () => {
  let upsd: Upsd;
  let proxmox: ProxmoxSimulator;
  let dir: TempDir;
  beforeAll(async () => {
    upsd = await startUpsd({
      ups: ['rack', 'attic'].map((name) => ({ name, vars: { 'ups.status': 'OL' } })),
    });
    proxmox = await startProxmoxSimulator({
      state: {
        cluster: 'test',
        quorate: true,
        guests: [],
        pools: [],
        nodes: [{ name: 'pve1', online: true }],
        tokens: [{ ...token, privileges: [{ path: '/', privs: ['Sys.Audit'] }] }],
      },
    });
    dir = await tempDir('upsmon');
  });
  afterAll(() => Promise.all([upsd.close(), proxmox.close(), dir.remove()]));

  async function notLoggedIn(): Promise<string[]> {
    const ups = (id: string) =>
      `  - { id: ${id}, upsd: { host: 127.0.0.1, port: ${upsd.port}, name: ${id} } }`;
    const text = `site: { id: test, name: Test }
broker: { embedded: {} }
database: { embedded: { dir: ./db }, acceptPowerLossRisk: true }
ups:
${ups('rack')}
${ups('attic')}
hypervisors:
  - id: pve
    url: ${proxmox.url}
    fingerprints: ['${proxmox.fingerprint}']
    tokens: { operate: { id: '${token.id}', secret: ${token.secret} } }
    pools: {}
    nodes: { pve1: { poweredBy: [rack, attic], address: 127.0.0.1 } }
`;
    await writeFile(join(dir.path, 'space.yaml'), text);
    const { stdout } = await runCli(['check-config', '--connect', '--json'], { cwd: dir.path });
    const { outside }: { outside: { what: string; problem?: string; remedy?: string }[] } =
      JSON.parse(stdout);
    const wrong = outside.filter(({ problem }) => problem !== undefined);
    for (const { remedy } of wrong) expect(remedy).toContain('MONITOR');
    return wrong.map(({ what }) => what.replace(/^.* at /, ''));
  }

  it('counts a node that is logged in at a UPS, and says what to do where it is not', async () => {
    expect(await notLoggedIn()).toEqual(['ups rack', 'ups attic']);
    const { host, port, user, password } = upsd;
    const clients = ['rack', 'attic'].map((ups) => ({
      ups,
      client: createNutClient({ host, port, username: user, password }),
    }));
    try {
      for (const [index, { ups, client }] of clients.entries()) {
        await client.login(ups);
        expect(await notLoggedIn()).toEqual(['ups attic'].slice(index));
      }
    } finally {
      await Promise.all(clients.map(({ client }) => client.close()));
    }
  });
});
