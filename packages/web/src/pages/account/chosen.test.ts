import { expect, test } from 'vitest';
import { formOf, preferencesOf } from './chosen.ts';

test.each([
  {},
  { language: 'nl' },
  { notices: 'urgent', holiday: { from: '2026-12-24', until: '2027-01-02' } },
  { sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE6'] },
] as const)('what is chosen stays so through the form: %j', (chosen) => {
  expect(
    preferencesOf(formOf({ ...chosen, sshKeys: [...('sshKeys' in chosen ? chosen.sshKeys : [])] })),
  ).toEqual(chosen);
});

test('empty lines are no keys, and one day of a holiday is left for the server to refuse', () => {
  const form = { ...formOf({}), keys: '\n  ssh-ed25519 AAAA  \n\n', from: '2026-12-24' };
  expect(preferencesOf(form)).toEqual({
    sshKeys: ['ssh-ed25519 AAAA'],
    holiday: { from: '2026-12-24', until: '' },
  });
});
