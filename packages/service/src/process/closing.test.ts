import { collectLines } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { createClosing } from './closing.ts';

test('a part that hangs or fails is named, and all others are closed, last opened first', async () => {
  const { stream, lines } = collectLines();
  const closing = createClosing(createLogger({ level: 'info', destination: stream }), 20);
  const closed: string[] = [];
  closing.add('first', () => void closed.push('first'));
  closing.add('hangs', () => new Promise(() => {}));
  closing.add('fails', () => Promise.reject(new Error('no')));
  closing.add('last', async () => void closed.push('last'));
  await expect(closing.close()).rejects.toMatchObject({
    errors: [new Error('no'), new Error('not closed within 20 ms; left open')],
  });
  expect(closed).toEqual(['last', 'first']);
  expect(lines().map(({ part }) => part)).toEqual(['fails', 'hangs']);
});
