import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { lookOnce, withoutIpv6 } from './look-once.ts';

const run = promisify(execFile);
const root = process.getuid?.() === 0;

/** Looks in a process of another user, with these capabilities at most. */
async function lookAs(...privileges: string[]): Promise<unknown> {
  const program = `
    import { createProbe } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
    import { systemClock } from '@huismeester/clock';
    const probe = createProbe({ kind: 'ping', host: '127.0.0.1', deadline: '5s' }, { clock: systemClock });
    console.log(JSON.stringify(await probe(new AbortController().signal)));`;
  const args = [...privileges, '--', process.execPath, '--input-type=module', '-e', program];
  const { stdout } = await run('/usr/bin/setpriv', args, { cwd: import.meta.dirname });
  return JSON.parse(stdout);
}

describe.skipIf(skipWithout('ping'))('a ping', () => {
  it('is up where a host answers', async () => {
    expect(await lookOnce('ping', { host: '127.0.0.1' })).toEqual({
      outcome: 'up',
      latencyMs: expect.any(Number),
      answered: false,
    });
  });

  it.skipIf(withoutIpv6)('is up with IPv6', async () => {
    expect(await lookOnce('ping', { host: '::1' })).toMatchObject({ outcome: 'up' });
  });

  it('is down in silence', async () => {
    const look = await lookOnce('ping', { host: '192.0.2.234', deadline: '300ms' });
    expect(look).toMatchObject({ outcome: 'down', reason: 'no-answer', answered: false });
  });

  it('does not take a name for an option', async () => {
    const look = await lookOnce('ping', { host: '-V' });
    expect(look).toMatchObject({ outcome: 'down', reason: 'no-answer' });
  });

  it.skipIf(!root).concurrent('is possible for an ordinary user', async ({ expect }) => {
    expect(await lookAs('--reuid', 'nobody', '--clear-groups')).toMatchObject({ outcome: 'up' });
  });

  it.skipIf(!root).concurrent('is unknown where the program may not be executed', async ({ expect }) => {
    expect(await lookAs('--reuid', 'nobody', '--clear-groups', '--bounding-set', '-all')).toEqual({
      outcome: 'unknown',
      reason: 'not-allowed-here',
      detail: 'EPERM',
      answered: false,
    });
  });
});
