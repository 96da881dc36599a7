import { InvalidArgumentError } from 'commander';
import { expect, it, test } from 'vitest';
import { holidayOf, preferenceLines } from './preferences.ts';
import { wordsIn } from './words.ts';

it('takes a holiday by its first and last day', () => {
  expect(holidayOf('2026-12-20..2027-01-03')).toEqual({ from: '2026-12-20', until: '2027-01-03' });
  expect(holidayOf('2026-12-20..2026-12-20')).toEqual({ from: '2026-12-20', until: '2026-12-20' });
  expect(holidayOf('none')).toBe('none');
});

test.each(['2026-12-20', '2026-02-30..2026-03-01', '2027-01-03..2026-12-20', '20-12-2026..03-01-2027', ''])(
  '"%s" is no holiday',
  (text) => expect(() => holidayOf(text)).toThrow(InvalidArgumentError),
);

it('says of what was not chosen that it is as for everybody', () => {
  expect(
    preferenceLines(
      { holiday: { from: '2026-12-20', until: '2027-01-03' }, sshKeys: ['ssh-ed25519 AAAA'] },
      wordsIn.en,
    ),
  ).toEqual([
    'language  as for the space',
    'holiday   2026-12-20 until 2027-01-03, both included',
    'notices   as for the space',
    'SSH keys  1',
    '  ssh-ed25519 AAAA',
  ]);
});

it('is said in Dutch, too', () => {
  expect(preferenceLines({ notices: 'digest' }, wordsIn.nl)).toEqual([
    'taal          zoals voor de hele space',
    'vakantie      geen',
    'berichten     één mail per dag',
    'SSH-sleutels  geen',
  ]);
});
