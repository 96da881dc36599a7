import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { skipWithout, startMosquitto, startNats, type TempDir, tempDir } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let dir: TempDir;
const opened: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  dir = await tempDir('check-broker');
});
afterAll(async () => {
  for (const each of opened) await each.close();
  await dir.remove();
});

async function check(broker: string) {
  const text = `site: { id: test, name: Test }\ndatabase: { url: postgres://x }\nbroker: ${broker}\n`;
  await writeFile(join(dir.path, 'space.yaml'), text);
  return await runCli(['check-config', '--connect'], { cwd: dir.path });
}

describe('check-config --connect', () => {
  it.skipIf(skipWithout('mosquitto'))('says what to do about a Mosquitto that is open to all', async () => {
    const mosquitto = await startMosquitto({ open: true });
    opened.push(mosquitto);
    const { code, stdout, stderr } = await check(`{ url: "${mosquitto.url}" }`);
    expect(code).toBe(1);
    expect(stdout).toContain('ok   broker: policy may publish its own, and read it');
    expect(stdout).toContain(
      'no   broker: anybody without a password may publish nothing else below space/v1: it published space/v1/probe',
    );
    expect(stdout).toContain('To do:\n  give it the access list that `huismeester broker-config mosquitto`');
    expect(stderr).toContain('checks outside failed');
  });

  it.skipIf(skipWithout('nats-server'))('says what NATS and its history lack', async () => {
    const nats = await startNats({ open: true });
    opened.push(nats);
    const { stdout } = await check(
      `{ url: "${nats.url}", username: a, password: very-secret, jetstream: { url: "${nats.clientUrl}" } }`,
    );
    expect(stdout).toContain('ok   history: its stream is made at the first start');
    expect(stdout).toContain(
      'no   history: its server: nats-server 2.9.10 acknowledges before the disk has it',
    );
    expect(stdout).toContain('use nats-server 2.12.3 or newer with jetstream { sync_interval: always }');
    expect(stdout).not.toContain('very-secret');
  });

  it('says which broker is not there', async () => {
    const { stdout } = await check('{ url: "mqtt://127.0.0.1:9", jetstream: { url: "nats://127.0.0.1:9" } }');
    expect(stdout).toMatch(/no {3}broker mqtt:\/\/127\.0\.0\.1:9: it lets policy in: .*ECONNREFUSED/);
    expect(stdout).toMatch(/no {3}history: NATS answers at nats:\/\/127\.0\.0\.1:9: /);
  });
});
