import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames } from '@huismeester/contracts';
import { tempDir } from '@huismeester/testkit';
import { expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

it('says its version', async () => {
  expect(await runCli(['--version'])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});

it.each([['bogus'], ['bogus', '--help'], ['token', 'bogus', '--help'], ['--json', 'bogus', '-h']])(
  'ends %j %j %j with the code of a wrong command line',
  async (...args) => {
    const { code, stdout, stderr } = await runCli(args.filter((arg) => arg !== undefined));
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain("unknown command 'bogus'");
  },
);

it.each([['--help'], ['help'], ['token', '--help'], ['events', '--help'], ['help', 'events']])(
  'helps with %j %j',
  async (...args) => {
    const { code, stdout } = await runCli(args.filter((arg) => arg !== undefined));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: huismeester /);
  },
);

it('needs none of the secrets to print configuration', async () => {
  const dir = await tempDir('command-line');
  try {
    await mkdir(join(dir.path, 'secrets'));
    const services = serviceNames
      .map((name) => `  ${name}: { url: "http://${name}:8080", secret: { file: secrets/service-${name} } }\n`)
      .join('');
    const settings = `site: { id: test, name: Test }
http: { publicUrl: "https://huismeester.test" }
broker: { url: "mqtts://broker:8883", username: huismeester, password: "$\{BROKER_PASSWORD}", ca: { file: secrets/ca } }
database: { url: { file: secrets/database-url } }
switches: [{ id: sw1, host: sw1, snmp: { version: 2c, community: "$\{SNMP_COMMUNITY}" } }]
services:
${services}`;
    await writeFile(join(dir.path, 'space.yaml'), settings);
    for (const args of [
      ['reverse-proxy', 'caddy'],
      ['broker-config', 'mosquitto'],
      ['broker-config', 'nats'],
    ]) {
      const { code, stderr } = await runCli(args, { cwd: dir.path });
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    }
    // What runs does need them.
    const { stderr } = await runCli(['check-config'], { cwd: dir.path });
    expect(stderr.match(/secrets\/|BROKER_PASSWORD|SNMP_COMMUNITY/g)).toHaveLength(serviceNames.length + 4);
  } finally {
    await dir.remove();
  }
});
