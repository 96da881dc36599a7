import { expect, test } from 'vitest';
import { lackingRight } from './rights.ts';

test('the right that Proxmox names is the one that lacks', () => {
  expect(lackingRight('clone', 'Permission check failed (/vms/9000, VM.Clone)')).toBe(
    'the create token lacks a right: VM.Clone on /vms/9000',
  );
  expect(lackingRight('clone', 'Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)')).toContain(
    'SDN.Use on /sdn/zones/localnetwork/vmbr0',
  );
  expect(lackingRight('power', 'Permission check failed (/vms/904, VM.PowerMgmt)')).toContain(
    'operate token',
  );
});

test('where it names none, all that the call takes are named', () => {
  expect(lackingRight('resize', 'Permission check failed')).toBe(
    'the create token lacks a right: VM.Config.Disk on the pool; Datastore.AllocateSpace on the storage',
  );
});
