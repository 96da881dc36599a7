import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

function collect(isTTY: boolean) {
  let text = '';
  const write = (chunk: Buffer, _: string, done: () => void) => {
    text += chunk;
    done();
  };
  const destination = Object.assign(new Writable({ write }), { isTTY });
  return { logger: createLogger({ level: 'info', destination }), text: () => text };
}

test.each([false, true])('secrets do not reach the log (terminal: %s)', (isTTY) => {
  const { logger, text } = collect(isTTY);
  const secret = 'hunter2';
  const upsd = { host: '10.0.0.5', password: secret };
  const headers = { authorization: `Bearer ${secret}`, cookie: secret };
  logger.info({ password: secret, settings: { ups: { upsd } }, req: { headers }, headers }, 'looked');
  logger.child({ secret }).warn({ snmp: { community: secret } }, 'again');
  logger.error({ err: Object.assign(new Error('failed'), { token: secret }) }, 'wrong');
  expect(text()).toContain('10.0.0.5');
  expect(text()).toContain('(secret)');
  expect(text()).not.toContain(secret);
});

test('a terminal gets text, everything else JSON', () => {
  const terminal = collect(true);
  terminal.logger.info({ a: 1 }, 'hello');
  expect(terminal.text()).toMatch(/INFO.*hello/);
  const pipe = collect(false);
  pipe.logger.info({ a: 1 }, 'hello');
  expect(JSON.parse(pipe.text())).toMatchObject({ level: 30, msg: 'hello', a: 1 });
});
