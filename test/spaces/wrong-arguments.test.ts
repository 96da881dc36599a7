import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = (main: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [
    fileURLToPath(new URL(`../../${main}/main.ts`, import.meta.url)),
    ...args,
  ]);

it.concurrent.each([
  ['test/chaos', ['--minutes', 'x'], '--minutes: found "x", allowed: a number, 0 or more'],
  ['deploy/standalone/src/api-docs', ['--', '--out', '/nowhere'], "Unexpected argument '--out'"],
])('%s ends with one line and 64 when it is told %j', async (main, args, message) => {
  await expect(run(main, ...args)).rejects.toMatchObject({
    code: 64,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]+\n$/),
    message: expect.stringContaining(message),
  });
});
