import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames } from '@huismeester/contracts';
import { type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainOf } from '../spaces/e2e/program.ts';
import { allowedCalls, exposure, installTargets, installUnit, verify } from './systemd.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}deploy/systemd/`;
const text = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const linesOf = (name: string, section: string) =>
  text(name)
    .split(/^\[/m)
    .find((part) => part.startsWith(`${section}]`))
    ?.split('\n')
    .slice(1)
    .filter((line) => line !== '' && !line.startsWith('#')) ?? [];

/** What stands in each, with its drop-in. */
const units = {
  'all in one': linesOf('huismeester.service', 'Service'),
  netwatch: ['huismeester@.service', 'huismeester@netwatch.service.d/network.conf'].flatMap((name) =>
    linesOf(name, 'Service'),
  ),
  'each other': linesOf('huismeester@.service', 'Service'),
};

describe('the units for systemd', () => {
  it('start what there is, as the end-to-end tests do', () => {
    const [command = ''] = linesOf('huismeester@.service', 'Service').filter((line) =>
      line.startsWith('ExecStart='),
    );
    const [, , main = '', ...args] = command.split(/[= ]/);
    for (const name of serviceNames) {
      expect(main.replace('%i', name).replace('/opt/huismeester/', '')).toBe(relative(root, mainOf(name)));
    }
    expect(args).toEqual(['--config', '/etc/huismeester/space.yaml']);
    expect(text('huismeester.service')).toContain(
      ` /opt/huismeester/deploy/standalone/src/main.ts ${args.join(' ')}\n`,
    );
  });

  it('end one kind where the other begins', () => {
    const all = serviceNames.map((name) => `huismeester@${name}.service`).join(' ');
    expect(linesOf('huismeester.service', 'Unit')).toContain(`Conflicts=${all}`);
    expect(linesOf('huismeester@.service', 'Unit')).toContain('Conflicts=huismeester.service');
  });

  it('differ in what they start, where their socket is, how much they may take and what netwatch needs, in nothing else', () => {
    const [one, each] = ['huismeester.service', 'huismeester@.service'].map((name) =>
      linesOf(name, 'Service'),
    );
    const differ = (one ?? []).filter((line) => !each?.includes(line)).map((line) => line.split('=')[0]);
    const rights = linesOf('huismeester@netwatch.service.d/network.conf', 'Service');
    expect(one).toEqual(expect.arrayContaining(rights));
    const keys = rights.map((line) => line.split('=')[0]);
    expect(differ).toEqual([
      'ExecStartPre',
      'ExecStart',
      'RuntimeDirectory',
      'MemoryHigh',
      'MemoryMax',
      ...keys,
    ]);
  });

  it('let netwatch alone ask which addresses are its own, which Node does by netlink', () => {
    const familiesOf = (lines: readonly string[]) =>
      lines.flatMap((line) => /^RestrictAddressFamilies=(.*)/.exec(line)?.[1]?.split(' ') ?? []);
    const others = ['AF_INET', 'AF_INET6', 'AF_UNIX'];
    expect(familiesOf(units['each other'])).toEqual(others);
    for (const lines of [units['all in one'], units.netwatch]) {
      expect(familiesOf(lines)).toEqual([...others, 'AF_NETLINK']);
    }
  });

  it('hold no service back below what the last runs of chaos saw it take', () => {
    const seen = readFileSync(`${root}docs/reliability.md`, 'utf8').matchAll(/(\S+) (\d+) MiB/g);
    const most = [...seen].flatMap(([, name, amount]) =>
      serviceNames.some((service) => service === name) ? [Number(amount)] : [],
    );
    expect(most.length).toBeGreaterThan(0);
    const [high = ''] = linesOf('huismeester@.service', 'Service').filter((line) =>
      line.startsWith('MemoryHigh='),
    );
    expect(Number(/=(\d+)M$/.exec(high)?.[1])).toBeGreaterThan(Math.max(...most));
  });

  it('let Node compile what it executes', () => {
    expect(linesOf('huismeester@.service', 'Service')).toContain('MemoryDenyWriteExecute=no');
  });
});

const without = !process.env.CI && !existsSync('/usr/bin/systemd-analyze');

describe.skipIf(without)('systemd, of the units', () => {
  let dir: TempDir;
  const paths = new Map<string, string>();
  beforeAll(async () => {
    dir = await tempDir('units');
    await installTargets(dir.path);
    const project = root.replace(/\/$/, '');
    for (const name of globSync('*.{service,timer}', { cwd: folder })) {
      for (const service of name.includes('@.') ? ['policy', 'netwatch'] : ['']) {
        const as = name.replace('@.', `@${service}.`);
        paths.set(as, await installUnit(`${folder}${name}`, { dir: dir.path, as, project }));
      }
    }
    const dropIn = 'huismeester@netwatch.service.d';
    await cp(`${folder}${dropIn}`, `${dir.path}/${dropIn}`, { recursive: true });
  });
  afterAll(() => dir.remove());

  it('finds nothing wrong', async () => {
    expect([...paths.keys()]).toHaveLength(5);
    expect(await verify(dir.path, ...paths.values())).toBe('');
    const wrong = await installUnit(`${folder}huismeester.service`, {
      dir: dir.path,
      as: 'wrong.service',
      project: '/nowhere',
    });
    await expect(verify(dir.path, wrong)).rejects.toMatchObject({
      stderr: expect.stringContaining('/nowhere'),
    });
  });

  it('lets ping give rights back where netwatch runs, without which it ends with 255', async () => {
    const others = await allowedCalls(units['each other']);
    expect([...others]).toEqual(expect.arrayContaining(['socket', 'fchown']));
    for (const lines of [units['all in one'], units.netwatch]) {
      const more = [...(await allowedCalls(lines))].filter((call) => !others.has(call));
      expect(new Set(more)).toEqual(new Set(['capset', 'setuid']));
    }
  });

  it('finds the services little exposed', async () => {
    for (const path of paths.values()) {
      if (path.endsWith('.timer')) continue;
      // A raw socket, a port below 1024, and no user namespace: what netwatch needs counts as exposed.
      const most = /huismeester(@netwatch)?\.service$/.test(path) ? 1.8 : 1.6;
      expect([basename(path), (await exposure(dir.path, path)) <= most]).toEqual([basename(path), true]);
    }
  });
});
