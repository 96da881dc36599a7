import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SpaceSettings, serviceNames, states } from '@huismeester/contracts';
import { parseSettings } from '@huismeester/service';
import { parseProxmoxState } from '@huismeester/simulators';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { codeBlocks, markdownFiles } from './markdown.ts';
import { differences, keysOf, uncommented } from './settings-example.ts';

const root = new URL('../../', import.meta.url);
const files = markdownFiles(fileURLToPath(root));

/** What the examples take from the environment and from files. */
const env = {
  GRAFANA_MQTT_PASSWORD: 'x',
  HUISMEESTER_DATABASE_URL: 'postgres://huismeester@localhost/huismeester',
  PVE_OPERATE_SECRET: 'x',
  PVE_CREATE_SECRET: 'x',
  PVE_PROMOTE_SECRET: 'x',
  PVE_REVIEW_SECRET: 'x',
  UPSD_PASSWORD: 'x',
  BROKER_PASSWORD: 'x',
  RECORDER_PASSWORD: 'x',
  POLICY_SECRET: 'x'.repeat(16),
  SNMP_COMMUNITY: 'x',
  SNMP_AUTH_PASSWORD: 'x'.repeat(8),
  SNMP_PRIV_PASSWORD: 'x'.repeat(8),
  LDAP_PASSWORD: 'x',
  MAIL_PASSWORD: 'x',
  NTFY_TOKEN: 'x',
  WEBHOOK_SECRET: 'x',
  WIKI_PASSWORD: 'w'.repeat(32),
  RADIUS_SECRET: 'x',
  RADIUS_PASSWORD: 'x',
  PVE_FINGERPRINT: Array.from({ length: 32 }, () => 'AA').join(':'),
};

/** A README shows the part of the settings that it is about; the rest is made up for it. */
const minimum = { site: { id: 'x', name: 'X' }, broker: { embedded: {} }, database: { url: 'postgres://x' } };

function completed(text: string): string {
  const given: object = parse(text);
  const missing = Object.entries(minimum).filter(([key]) => !(key in given));
  return `${text}\n${missing.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join('\n')}\n`;
}

const fileText = (path: string) => {
  if (path.endsWith('.key')) return '-----BEGIN PRIVATE KEY-----';
  // As Special:BotPasswords makes them.
  if (path.endsWith('/wiki')) return 'w'.repeat(32);
  // A secret is at least 32 characters long.
  return /\.(pem|crt)$/.test(path) ? '-----BEGIN CERTIFICATE-----' : `what is in ${path}`.padEnd(32);
};

const check = (text: string, file: string) => parseSettings(text, { file, env, readFile: fileText });

describe('every configuration example in the docs', () => {
  // The YAML of recipes is other programs'; recipes.test.ts reads it.
  const ours = files.filter((file) => !file.includes('/docs/recipes/'));
  const examples = ours.flatMap((file) =>
    codeBlocks(file, 'yaml').map(({ text, line }) => ({ where: `${file}:${line}`, text })),
  );

  it('is found', () => {
    expect(files.length).toBeGreaterThan(15);
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('$where is a valid space.yaml', ({ text, where }) => {
    expect(check(completed(text), where).site.id).not.toBe('');
  });
});

describe('docs/space.example.yaml', () => {
  const text = readFileSync(new URL('docs/space.example.yaml', root), 'utf8');
  const settings = (given: string) => check(given, 'docs/space.example.yaml');

  it('is valid as it stands', () => {
    expect(settings(text).site.id).toBe('hackalot');
  });

  it('is valid, and the default, where it is commented out; but for these examples', () => {
    const all = settings(uncommented(text, 'first'));
    expect(differences(settings(text), all)).toEqual([
      'http.tls',
      'http.publicUrl',
      'broker.embedded.tls',
      'directory.ldap.ca',
      'directory.ldap.groups.participants',
      'directory.ldap.groups.admins',
      'access.realms',
      'mail.ca',
      'mail.requireTls',
      'board',
      'notices',
      'ups.0.upsd.username',
      'ups.0.upsd.password',
      'ups.0.upsd.tls',
      'ups.0.upsd.ca',
      'hypervisors.0.ca',
      'hypervisors.0.tokens.create',
      'hypervisors.0.tokens.promote',
      'hypervisors.0.tokens.review',
      'hypervisors.0.nodes.pve1.address',
      'hypervisors.0.nodes.pve1.wake',
      'hypervisors.0.nodes.pve1.mac',
      'hypervisors.0.dependsOn',
      'hypervisors.0.prefix',
      'hypervisors.0.vmids',
      'hypervisors.0.storage',
      'hypervisors.0.bridge',
      'hypervisors.0.templates',
      'switches.0.core',
      'switches.0.poweredBy',
      'switches.0.dependsOn',
      'switches.0.ports',
      'traps',
      'probes.2.contains',
      'probes.2.ca',
      'probes.2.certificate',
      'probes.2.poweredBy',
      'probes.2.dependsOn',
      'probes.2.every',
      'probes.2.down.of',
      'probes.2.slowAbove',
      'probes.3.bindDn',
      'probes.3.password',
      ...[4, 5, 6, 7, 8, 9].map((index) => `probes.${index}`),
      'wiki',
      'self.dependsOn',
      'policy.text',
      'services',
      'testing.clockOffsetFile',
      'testing.acceptFalseClock',
    ]);
  });

  it('is valid with what may stand instead', () => {
    const { broker, database } = settings(uncommented(text, 'second'));
    expect(broker).toMatchObject({ url: 'mqtts://broker.space:8883', username: 'huismeester' });
    expect(database).toMatchObject({ embedded: { dir: './var/db' }, acceptPowerLossRisk: true });
  });

  it('names every setting that there is', () => {
    const named = new Set([...text.matchAll(/([\w-]+):(?=\s|$)/gm)].map((match) => match[1]));
    const unnamed = keysOf(SpaceSettings).filter((key) => !named.has(key));
    expect(unnamed).toEqual(serviceNames.filter((name) => !named.has(name)));
  });
});

describe('examples of commands', () => {
  const textOf = (file: string) => readFileSync(new URL(file, root), 'utf8');
  const inDemo = new Set(
    [...textOf('deploy/standalone/src/demo/guests.ts').matchAll(/guest\((\d+),/g)].map((match) => match[1]),
  );
  const help = globSync('packages/cli/src/{program.ts,commands/*.ts}', { cwd: root });

  it.each(['README.md', 'packages/cli/README.md', ...help.filter((file) => !file.endsWith('.test.ts'))])(
    'in %s are about VMs that the demo has',
    (file) => {
      const named = [...textOf(file).matchAll(/(?:vm\/|why |by its id \()(\d+)/g)].map((match) => match[1]);
      expect(named.filter((id) => !inDemo.has(id))).toEqual([]);
    },
  );
});

describe('docs/mqtt.md', () => {
  it('shows a summary that is one', () => {
    const [example] = codeBlocks(fileURLToPath(new URL('docs/mqtt.md', root)), 'json');
    expect(Check(states.policy.space, JSON.parse(example?.text ?? '{}'))).toBe(true);
  });
});

describe('packages/simulators/README.md', () => {
  const readme = fileURLToPath(new URL('packages/simulators/README.md', root));

  it.each(codeBlocks(readme, 'json'))('shows a state that the simulator takes, on line $line', ({ text }) => {
    expect(parseProxmoxState(JSON.parse(text)).nodes).not.toEqual([]);
  });
});

describe('links between the docs', () => {
  it.each(files)('%s leads nowhere that is not there', (file) => {
    const text = readFileSync(file, 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    const missing = targets.filter((target) => !exists(new URL(target, `file://${file}`)));
    expect(missing).toEqual([]);
  });
});

function exists(url: URL): boolean {
  try {
    readFileSync(url);
    return true;
  } catch (error) {
    // A folder is a fine target of a link.
    return error instanceof Error && 'code' in error && error.code === 'EISDIR';
  }
}
