import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { skipWithout } from '@huismeester/testkit';
import { describe, it } from 'vitest';

const run = promisify(execFile);
// As root it may be impossible, too, such as in a container.
const possible = spawnSync('unshare', ['--net', '--', 'ip', 'link']).status === 0;

const settings = [
  { kind: 'tcp', host: '198.51.100.7', port: 80 },
  { kind: 'tcp', host: '2001:db8::7', port: 80 },
  { kind: 'ping', host: '198.51.100.7' },
  { kind: 'dns', server: '198.51.100.7', port: 53, name: 'space', type: 'A' },
  { kind: 'dns', server: '2001:db8::7', port: 53, name: 'space', type: 'A' },
  { kind: 'radius', host: '198.51.100.7', port: 1812, secret: 'a', user: 'b', password: 'c', expect: 'any' },
];

const isIPv4 = (each: (typeof settings)[number]) => JSON.stringify(each).includes('198.51.100.7');

/** The looks of a process in a network namespace without an interface but loopback; `setUp` are commands of ip(8) there. */
async function looksWithout(setUp: string): Promise<unknown> {
  const program = `
    import { createProbe } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    import { systemClock } from '@huismeester/clock';
    const looks = ${JSON.stringify(settings)}.map((each) =>
      createProbe({ ...each, deadline: '5s' }, { clock: systemClock })(new AbortController().signal));
    console.log(JSON.stringify(await Promise.all(looks)));`;
  const script = `${setUp} exec "$0" --input-type=module -e "$1"`;
  const args = ['--net', '--', '/bin/sh', '-ec', script, process.execPath, program];
  const { stdout } = await run('unshare', args, { cwd: import.meta.dirname });
  return JSON.parse(stdout);
}

describe.skipIf(!possible || skipWithout('ping'))('a machine without a network', () => {
  it.concurrent('says nothing of services, and hears no answer', async ({ expect }) => {
    const unknown = { outcome: 'unknown', reason: 'not-allowed-here', answered: false };
    expect(await looksWithout('')).toEqual(settings.map(() => expect.objectContaining(unknown)));
  });

  it.concurrent('sees them down, unanswered, where it has an address and no route, and cannot ping', async ({
    expect,
  }) => {
    const down = { outcome: 'down', reason: 'no-answer', answered: false };
    const looks = await looksWithout('ip addr add 10.0.0.1/24 dev lo; ip link set lo up;');
    const ping = { outcome: 'unknown', reason: 'not-allowed-here', answered: false, inVain: true };
    const wanted = settings.map((each) => (each.kind === 'ping' ? ping : isIPv4(each) ? down : {}));
    expect(looks).toEqual(wanted.map((each) => expect.objectContaining(each)));
  });
});
