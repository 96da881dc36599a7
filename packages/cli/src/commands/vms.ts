import { Hold, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import type { Style } from '../output.ts';
import { ifAnswered } from '../served.ts';
import { connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';

const styles: { readonly [status in Vm['status']]: Style } = {
  running: 'green',
  stopped: 'red',
  unknown: 'yellow',
};

type HeldVm = Vm & { readonly hold?: Hold };

const columns: readonly Column<HeldVm>[] = [
  { head: 'id', of: ({ id }) => id },
  { head: 'class', of: ({ class: each }) => each },
  { head: 'node', of: ({ hypervisor, node }) => `${hypervisor}/${node}` },
  { head: 'status', of: ({ status }) => status, style: ({ status }) => styles[status] },
  { head: 'wanted', of: ({ desired }) => desired },
  { head: 'name', of: ({ name }) => name },
  { head: 'what is being done', of: done },
];

function done({ act, hold }: HeldVm): string {
  const held = hold && `on hold until ${civilTime(hold.until)}: ${hold.because}`;
  return [held, act].filter((each) => each !== undefined).join('; ');
}

/** `vms`: the VMs that Huismeester manages. */
export function addVms(program: Command, shell: Shell): void {
  program
    .command('vms')
    .description('list the VMs of the pools that settings name')
    .action((_: object, command: Command) =>
      connected(command, shell, async ({ api, output }) => {
        const [listed, holds = []] = await Promise.all([
          api.list('/api/v1/vms', Vm),
          ifAnswered(output, 'holds', api.list('/api/v1/holds', Hold)),
        ]);
        const byVm = new Map(holds.map((hold) => [hold.target, hold]));
        const vms = listed.map((vm): HeldVm => {
          const hold = byVm.get(`vm/${vm.id}`);
          return hold ? { ...vm, hold } : vm;
        });
        output.answer(vms, ...table(vms, columns, output, 'No VM stands in a pool that settings name.'));
      }),
    );
}
