import { expect, it } from 'vitest';
import { logPart } from './log-part.ts';

const read = {
  reader: 'ups-monitor',
  source: 'ups-monitor',
  epoch: 'e',
  position: 7,
  head: 7,
  lag: 0,
  deadLetters: 0,
};
const name = 'policy: log of ups-monitor';

it.each([
  ['read to its head', read, { name, ready: true }],
  ['behind', { ...read, lag: 2 }, { name, ready: false }],
  ['with dead letters', { ...read, deadLetters: 2 }, { name, ready: true, detail: '2 dead letter(s)' }],
  ['out of reach', { ...read, lastError: 'why' }, { name, ready: false, detail: 'why' }],
])('a log %s', (_, status, part) => {
  expect(logPart('policy', status, { upToDate: true })).toEqual(part);
});

it('a log that the service works without keeps nobody from being ready, whatever is the matter with it', () => {
  const away = { ...read, lastError: 'why' };
  expect(logPart('policy', away, { optional: true })).toEqual({
    name,
    ready: false,
    essential: false,
    detail: 'why',
  });
});

it('a log that was never read is not ready, be it as short as it may', () => {
  const { epoch: _, ...unread } = read;
  expect(logPart('policy', unread, { upToDate: false })).toEqual({
    name,
    ready: false,
    detail: 'not read yet',
  });
});

it('a log that may be behind is ready when it is', () => {
  expect(logPart('policy', { ...read, lag: 2 }, { upToDate: false })).toEqual({ name, ready: true });
});
