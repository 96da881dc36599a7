import { expect, it } from 'vitest';
import { WaitTimeoutError, waitFor } from './wait-for.ts';

it('returns the first value that is not false, null or undefined', async () => {
  const answers = [false, null, undefined, 0];
  expect(await waitFor('a number', () => answers.shift(), { everyMs: 1 })).toBe(0);
});

it('tries again after an error', async () => {
  let tries = 0;
  const value = await waitFor(
    'the third try',
    () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return 'there';
    },
    { everyMs: 1 },
  );
  expect(value).toBe('there');
});

it('names what did not happen and why', async () => {
  const failure = new Error('connection refused');
  const waiting = waitFor('upsd answers', () => Promise.reject(failure), { timeoutMs: 5, everyMs: 1 });
  await expect(waiting).rejects.toThrow(WaitTimeoutError);
  await expect(waiting).rejects.toMatchObject({
    code: 'wait-timeout',
    message: 'did not happen within 5 ms: upsd answers',
    cause: failure,
  });
});
