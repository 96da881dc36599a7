import { expect, it } from 'vitest';
import { parseStatus } from './status.ts';

it.each([
  ['OL', ['OL']],
  ['OL CHRG LB', ['OL', 'CHRG', 'LB']],
  ['FSD OL ', ['FSD', 'OL']],
  ['ALARM  OL FSD', ['ALARM', 'OL', 'FSD']],
  ['OL OB', ['OL', 'OB']],
  ['OL HE vendor-word', ['OL', 'HE', 'VENDOR-WORD']],
  ['OL OL', ['OL']],
  ['WAIT', ['WAIT']],
  ['', []],
  ['  ', []],
])('reads %j', (status, tokens) => {
  expect([...parseStatus(status)]).toEqual(tokens);
});
