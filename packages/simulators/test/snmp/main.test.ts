import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { skipWithout } from '@huismeester/testkit';
import { describe, expect, it } from 'vitest';
import { ask, ifTable, impatient, logins, systemOid } from './net-snmp.ts';

const main = fileURLToPath(new URL('../../src/snmp/main.ts', import.meta.url));

/** Runs it; `command` writes one and resolves with the next line that is printed. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? '{}');
  return {
    child,
    next,
    command(command: unknown) {
      child.stdin.write(`${typeof command === 'string' ? command : JSON.stringify(command)}\n`);
      return next();
    },
  };
}

describe.skipIf(skipWithout('snmpget'))('many simulated switches in a process of their own', () => {
  it('say where they are, and take commands', async () => {
    const args = '--switches 3 --ports 2 --host 127.7.0.255 --first-port 0 --spread --user newer';
    const { child, next, command } = await start(
      ...args.split(' '),
      ...['--auth-password', 'password-1', '--priv-password', 'password-2'].values(),
    );
    try {
      const { switches } = await next();
      expect(switches.map(({ host }: { host: string }) => host)).toEqual([
        '127.7.0.255',
        '127.7.1.0',
        '127.7.1.1',
      ]);
      const login = logins['v3 with SHA-256 and AES'];
      expect(await ask(switches[2], `${systemOid}.5.0`, { login })).toEqual([
        '.1.3.6.1.2.1.1.5.0 "switch-2"',
      ]);
      const unplug = { switch: 1, unplug: 'gi1/0/2' };
      expect(await command(unplug)).toEqual({ ok: true, command: unplug });
      const operStatus = (at: number) => ask(switches[at], `${ifTable}.8.2`);
      expect(await operStatus(1)).toEqual([expect.stringMatching(/ 2$/)]);
      expect(await operStatus(0)).toEqual([expect.stringMatching(/ 1$/)]);
      expect(await command({ switch: 'all', silent: true })).toMatchObject({ ok: true });
      expect((await ask(switches[0], `${ifTable}.8.2`, impatient))[0]).toMatch(/Timeout/);
      expect(await command({ switch: 0, faults: { silent: null, omit: ['ifName'] } })).toMatchObject({
        ok: true,
      });
      expect(await operStatus(0)).toHaveLength(1);
      const flap = { switch: 0, flap: { port: 'gi1/0/1', everyMs: 1, times: 2 } };
      expect(await command(flap)).toEqual({ ok: true, command: flap });
      expect(await next()).toMatchObject({ done: flap });
      expect(await command('"stats"')).toMatchObject({ ok: true, get: expect.any(Number), traps: 0 });
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    expect(child.exitCode).toBe(0);
  });

  it('take the commands of the README', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const commands = /```jsonl\n(.*?)\n```/s.exec(readme)?.[1]?.split('\n') ?? [];
    expect(commands.length).toBeGreaterThan(3);
    const { child, next, command } = await start(
      ...'--switches 8 --first-port 0 --traps 127.0.0.1:9'.split(' '),
    );
    await next();
    for (const line of commands) expect(await command(line)).toEqual({ ok: true, command: JSON.parse(line) });
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  it('refuse what is no command', async () => {
    const { child, next, command } = await start('--ports', '1', '--first-port', '0');
    await next();
    const refusals: [unknown, RegExp][] = [
      ['{', /JSON/],
      [{ switch: 1, silent: true }, /switches 0 to 0/],
      [{ switch: 0 }, /nothing to do/],
      [{ switch: 0, explode: true }, /no explode; there are unplug/],
      [{ switch: 0, unplug: 'gi9' }, /no port gi9/],
      [{ switch: 0, faults: { malformed: 1 } }, /no fault malformed/],
      [{ switch: 0, trap: { kind: 'linkDown', port: 'gi1/0/1' } }, /no target for traps/],
    ];
    for (const [refused, reason] of refusals)
      expect(await command(refused)).toEqual({
        ok: false,
        command: expect.anything(),
        error: expect.stringMatching(reason),
      });
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('say of a command that fails after it began that it is done, and why', async () => {
    const { child, next, command } = await start('--ports', '1', '--first-port', '0');
    await next();
    const storm = { switch: 0, storm: { perSecond: 100, seconds: 1 } };
    expect(await command(storm)).toEqual({ ok: true, command: storm });
    expect(await next()).toEqual({ done: storm, error: expect.stringMatching(/no target for traps/) });
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('do not start on ports that are taken', async () => {
    const first = await start('--first-port', '0');
    const { switches } = await first.next();
    const second = await start('--switches', '2', '--first-port', String(switches[0].port));
    let said = '';
    second.child.stderr.on('data', (text) => {
      said += text;
    });
    await once(second.child, 'close');
    expect(second.child.exitCode).toBe(1);
    expect(said).toMatch(/EADDRINUSE/);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
  });
});
