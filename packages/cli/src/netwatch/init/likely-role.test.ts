import { expect, test } from 'vitest';
import { likelyRole } from './likely-role.ts';

test.each([
  ['Uplink KPN', 'uplink'],
  ['naar router', 'uplink'],
  ['pve1 eno1', 'hypervisor'],
  ['AP bar', 'access-point'],
  ['ap-2 werkplaats', 'access-point'],
  ['trunk sw2', 'core'],
  ['napping laptop', undefined],
  ['desk 3', undefined],
  [undefined, undefined],
])('%s: %s', (alias, role) => {
  expect(likelyRole(alias === undefined ? {} : { alias })).toBe(role);
});
