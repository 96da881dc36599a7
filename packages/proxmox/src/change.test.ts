import { expect, test } from 'vitest';
import { encodeSshKeys } from './change.ts';

test('keys are encoded so that Proxmox takes them: a blank is %20, a line break %0A', () => {
  const encoded = encodeSshKeys(['ssh-ed25519 AAAA+b/c= jan@home', 'ssh-rsa BBBB (old)']);
  expect(encoded).toBe('ssh-ed25519%20AAAA%2Bb%2Fc%3D%20jan%40home%0Assh-rsa%20BBBB%20(old)');
  // PVE::JSONSchema's format `urlencoded`.
  expect(encoded).toMatch(/^[-%a-zA-Z0-9_.!~*'()]*$/);
});
