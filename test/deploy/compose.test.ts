import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames } from '@huismeester/contracts';
import { parseSettings } from '@huismeester/service';
import { type TempDir, tempDir } from '@huismeester/testkit';
import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mainOf } from '../spaces/e2e/program.ts';
import { type ComposeService, composeFile, composeOverlay, networksOf, readCompose } from './compose.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}deploy/compose/`;
const given = readCompose(`${folder}compose.yaml`);
const { services, networks, volumes, secrets } = composeFile(given);
const all = Object.entries(services);
const ours = all.filter(([, { image }]) => image.startsWith('huismeester:'));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** What setup.sh makes, as it names it. */
const setup = readFileSync(`${folder}setup.sh`, 'utf8');

/** The places on the host that a container sees. */
const mountsOf = ({ volumes: mounts = [] }: ComposeService) =>
  mounts.filter((mount) => mount.startsWith('.')).map((mount) => mount.split(':')[0] ?? '');

function expectHardened(service: ComposeService): void {
  expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
  expect(service).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'] });
  expect(service.security_opt).toEqual(['no-new-privileges:true']);
  expect(service.deploy.resources.limits).toMatchObject({ memory: expect.stringMatching(/^\d+[MG]$/) });
  // Caddy and NATS alone are root, without root's rights.
  const user = service.user ?? `root in ${service.image} with ${service.cap_add ?? 'nothing'}`;
  expect(user).toMatch(
    /^[1-9]\d*:|^\$\{BACKUP_USER|^root in .*\/(caddy:.* with NET_BIND_SERVICE|nats:.* with nothing)$/,
  );
}

const schema = Compile(JSON.parse(readFileSync(new URL('compose-spec.json', import.meta.url), 'utf8')));

describe('deploy/compose/compose.yaml', () => {
  it('is what the Compose Specification allows', () => {
    expect(schema.Errors(given)).toEqual([true, []]);
    expect(schema.Check({ services: { x: { imagine: 'y' } } })).toBe(false);
  });

  it('starts the processes that the end-to-end tests start: each service alone, by the same command', () => {
    expect(ours.map(([name]) => name)).toEqual([...serviceNames]);
    for (const [name, { command, image }] of ours) {
      const service = serviceNames.find((each) => each === name);
      const main = service && relative(root, mainOf(service));
      expect(command).toEqual(['node', main, '--config', '/etc/huismeester/space.yaml']);
      expect(image).toBe(`huismeester:${version}`);
    }
  });

  it.each(all)(
    '%s is of one version for good, runs with nothing that it needs not, and within limits',
    (_, service) => {
      expectHardened(service);
      expect(service.restart === 'unless-stopped' && service.healthcheck !== undefined).toBe(
        !service.profiles,
      );
    },
  );

  it('lets the user of netwatch alone ping and take traps, which a capability does not do for who is not root', () => {
    const { user = '', cap_add, sysctls } = services.netwatch ?? {};
    const group = user.split(':')[1];
    expect(cap_add).toEqual(['NET_RAW', 'NET_BIND_SERVICE']);
    expect(sysctls).toEqual({
      'net.ipv4.ping_group_range': `${group} ${group}`,
      'net.ipv4.ip_unprivileged_port_start': '162',
    });
    const others = ours.filter(([name]) => name !== 'netwatch');
    for (const [name, service] of others)
      expect([name, service.cap_add, service.sysctls]).toEqual([name, undefined, undefined]);
  });

  it('opens the reverse proxy and the broker, and nothing else; the database is out of their reach', () => {
    const open = all.filter(([, { ports }]) => ports);
    expect(open.map(([name, { ports }]) => [name, ports])).toEqual([
      ['broker', ['8883:8883']],
      ['front', ['80:80', '443:443']],
    ]);
    expect(open.map(([, service]) => networksOf(service))).toEqual([['news'], ['front']]);
    expect(services.db && networksOf(services.db)).toEqual(['data']);
    expect(networks.data?.internal).toBe(true);
  });

  it('takes the broker for healthy with TLS and without: setup.sh makes both', () => {
    const [kind, command] = services.broker?.healthcheck?.test ?? [];
    expect([kind, command]).toEqual(['CMD-SHELL', 'nc -z 127.0.0.1 8883 || nc -z 127.0.0.1 1883']);
    expect(setup).toContain('mqtts://broker:8883');
    expect(setup).toContain('mqtt://broker:1883');
  });

  it('names networks, volumes and secrets that there are', () => {
    for (const [, service] of all) {
      expect(Object.keys(networks)).toEqual(expect.arrayContaining(networksOf(service)));
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining(service.secrets ?? []));
      const named = (service.volumes ?? [])
        .filter((mount) => !mount.startsWith('.'))
        .map((mount) => mount.split(':')[0]);
      expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named));
    }
  });

  it('shows each service the secrets that all share, and its own', () => {
    for (const [name, service] of ours) {
      expect(mountsOf(service).filter((place) => place.startsWith('./space/secrets'))).toEqual([
        './space/secrets/shared',
        `./space/secrets/${name}`,
      ]);
    }
  });

  it('sets up with the images that it starts', () => {
    const named = [...setup.matchAll(/(?:huismeester|eclipse-mosquitto|nats):\d+\.\d+\.\d+/g)].map(
      ([image]) => image,
    );
    expect(named.length).toBeGreaterThan(0);
    const started = all.map(([, { image }]) => image.replace('docker.io/library/', ''));
    expect(started).toEqual(expect.arrayContaining(named));
  });

  it('mounts what is in the project, or what setup.sh makes', () => {
    const mounted = [
      ...all.flatMap(([, service]) => mountsOf(service)),
      ...Object.values(secrets).map(({ file }) => file),
    ];
    for (const place of new Set(mounted)) {
      const made = place.startsWith('./space/') ? place.slice('./space/'.length) : undefined;
      if (made === undefined) expect(existsSync(`${folder}${place}`)).toBe(true);
      else {
        const service = serviceNames.find((name) => made === `secrets/${name}`);
        expect(setup).toContain(`"$dir/${service ? 'secrets/$service' : made}`);
      }
    }
    expect(mounted).toContain('./space/space.yaml');
  });
});

describe('deploy/compose/setup.sh', () => {
  it.each([[[]], [['huismeester.test', '--nats']], [['--natz', 'huismeester.test']], [['--nats']]])(
    'refuses %j and says what it takes',
    (args) => {
      const { status, stderr } = spawnSync('sh', [`${folder}setup.sh`, ...args], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([64, expect.stringMatching(/^usage: .*--internal-ca.* NAME /)]);
    },
  );
});

describe('deploy/compose/setup.sh, of settings from before', () => {
  let dir: TempDir;
  beforeAll(async () => {
    dir = await tempDir('setup');
  });
  afterAll(() => dir.remove());

  it('leaves them as they are, and names the service that they lack', { timeout: 30_000 }, async () => {
    // Beside it setup.sh writes .env.
    const space = `${dir.path}/space`;
    const example = await readFile(`${folder}space.example.yaml`, 'utf8');
    const before = example.replaceAll(/^ +netwatch: .*\n/gm, '');
    await mkdir(space);
    await writeFile(`${space}/space.yaml`, before);
    // Nothing is generated here: what it says comes before that.
    const { stderr } = spawnSync('sh', [`${folder}setup.sh`, '--dir', space, 'huismeester.space'], {
      encoding: 'utf8',
      env: { ...process.env, HUISMEESTER: 'false' },
    });
    expect(stderr).toContain(`${space}/space.yaml: netwatch is missing: add it under services and broker.`);
    expect(stderr.match(/ is missing/g)).toHaveLength(1);
    expect(await readFile(`${space}/space.yaml`, 'utf8')).toBe(before);
  });
});

describe('deploy/compose/compose.nats.yaml', () => {
  const overlay = readCompose(`${folder}compose.nats.yaml`);
  const nats = composeOverlay(overlay);

  it('puts three nats-servers, as hardened, in the place of the broker', () => {
    expect(schema.Errors(overlay)).toEqual([true, []]);
    expect(nats.others).toEqual({ broker: { profiles: ['mosquitto'] } });
    expect(Object.keys(nats.services)).toEqual(['nats-1', 'nats-2', 'nats-3']);
    const open = Object.values(nats.services).flatMap(({ ports }) => ports);
    expect(open).toEqual(['8883:8883', '8884:8883', '8885:8883']);
    for (const [name, service] of Object.entries(nats.services)) {
      expectHardened(service);
      expect(networksOf(service)).toEqual(['news']);
      expect(service.command?.join()).toContain(`--config /run/broker/${name}.conf`);
      expect(service.volumes).toEqual(['./space/nats:/etc/broker:ro', `${name}:/data`]);
      expect(nats.volumes).toHaveProperty(name);
      expect(setup).toContain(name);
    }
    expect(setup).toContain('"$dir/nats"');
  });
});

describe('deploy/compose/space.example.yaml', () => {
  const text = readFileSync(`${folder}space.example.yaml`, 'utf8');
  const file = (path: string) =>
    path.endsWith('.crt') ? '-----BEGIN CERTIFICATE-----' : path.includes('url') ? 'postgres://x' : path;
  const settingsOf = (example: string) =>
    parseSettings(example, {
      file: '/etc/huismeester/space.yaml',
      env: { PVE_FINGERPRINT: 'AA:'.repeat(32).slice(0, -1) },
      readFile: file,
    });

  it('is valid as it stands, and with what is commented out', () => {
    expect(settingsOf(text).hypervisors).toEqual([]);
    const whole = text.replaceAll(/^# (?=ups:|hypervisors:|secrets:|directory:|self:| )/gm, '');
    expect(settingsOf(whole)).toMatchObject({
      hypervisors: [{ id: 'pve' }],
      directory: { ldap: { groups: { team: 'cn=infrateam,ou=groups,dc=space' } } },
      self: { dependsOn: ['vm/100'] },
    });
  });

  it('names each service as the container that runs it, with a secret and a login of its own', () => {
    const { services: peers, broker, http } = settingsOf(text);
    expect(Object.keys(peers)).toEqual([...serviceNames]);
    for (const name of serviceNames) {
      expect(peers[name]).toEqual({
        url: `http://${name}:${http.port}`,
        secret: `/etc/huismeester/secrets/shared/service-${name}`,
      });
      expect(broker).toMatchObject({
        credentials: { [name]: { username: name, password: `/etc/huismeester/secrets/${name}/mqtt` } },
      });
    }
  });

  it('has files alone for secrets, which setup.sh makes', () => {
    const files = [...text.matchAll(/^[^#\n]*?\{ file: (\S+) \}/gm)].map(([, path]) => path);
    expect(files).toHaveLength(2 + 2 * serviceNames.length);
    expect(JSON.stringify(parse(text))).not.toMatch(/"(secret|password)":"/);
  });
});
