import type { Command } from 'commander';
import { renewing } from '../leases/renew.ts';
import type { Shell } from '../shell.ts';
import { addActs } from './acts.ts';
import { addCreate } from './create.ts';
import { addList } from './list.ts';
import { addUnclaimed } from './lists.ts';
import { addOwner } from './owner.ts';

/** `vm`: what one does with one's own VMs, and the team with those of others. */
export function addVm(program: Command, shell: Shell): void {
  const vm = program.command('vm').description('your own VMs: make, start, stop, renew, hand over, delete');
  addList(vm, shell);
  addCreate(vm, shell);
  addActs(vm, shell);
  renewing(vm, shell);
  addOwner(vm, shell);
  addUnclaimed(vm, shell);
}
