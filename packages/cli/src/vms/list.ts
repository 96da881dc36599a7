import { Creation, Lease, Quota, Vm } from '@huismeester/contracts';
import type { Command } from 'commander';
import { type Language, languageOf, languageOption } from '../language.ts';
import type { Style } from '../output.ts';
import { answerOf } from '../served.ts';
import { type Connected, connected, type Shell } from '../shell.ts';
import { type Column, table } from '../table.ts';
import { civilTime } from '../time.ts';
import { diskText, memoryText } from './amounts.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words-en.ts';

/** One's own VM, one that is being made, or one that is offered. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly style: Style;
  readonly cores?: number;
  readonly memory_mib?: number;
  readonly disk_gib?: number;
  /** When its lease has it shut down. */
  readonly goesOff?: string;
  readonly note?: string;
}

/** `vm list`: one's own VMs, those that are being made, and those that are offered. */
export function addList(vm: Command, shell: Shell): void {
  vm.command('list', { isDefault: true })
    .description('list your own VMs, those that are being made, and those that are offered to you')
    .addOption(languageOption())
    .action(({ lang }: { lang?: Language }, command: Command) =>
      connected(command, shell, async (with_) => {
        const words = wordsIn[languageOf(lang, shell.env)];
        const found = await readOwn(with_);
        const { output } = with_;
        output.answer(found, ...table(rowsOf(found, words), columns(words), output, words.list.nothing));
      }),
    );
}

interface Own {
  readonly vms: readonly Vm[];
  readonly creations: readonly Creation[];
  readonly leases: readonly Lease[];
  readonly quota: Quota | undefined;
}

async function readOwn({ api }: Connected): Promise<Own> {
  const [vms, creations, leases, quota] = await Promise.all([
    api.list('/api/v1/vms', Vm),
    api.list('/api/v1/creations', Creation),
    answerOf(api.list('/api/v1/leases', Lease)),
    answerOf(api.get('/api/v1/quota', Quota)),
  ]);
  const own = vms.filter(({ mine, offered }) => mine || offered);
  const ids = new Set(own.map(({ id }) => id));
  const person = 'value' in quota ? quota.value.person : undefined;
  return {
    vms: own,
    creations: creations.filter(
      ({ owner, step, ready }) => owner === person && (!ready || step === 'failed'),
    ),
    leases: 'value' in leases ? leases.value.filter((lease) => ids.has(lease.vm)) : [],
    quota: 'value' in quota ? quota.value : undefined,
  };
}

function rowsOf({ vms, creations, leases, quota }: Own, { list }: Words): Row[] {
  const sizes = new Map(quota?.vms.map((each) => [each.vm, each]));
  const stops = new Map(leases.map((lease) => [lease.vm, lease]));
  const made = vms.map(({ id, name, status, mine, act }): Row => {
    const size = sizes.get(id);
    const lease = stops.get(id);
    const isRunning = status === 'running';
    return {
      id,
      name,
      status: mine ? (isRunning ? list.running : status === 'stopped' ? list.stopped : status) : list.offered,
      style: mine ? (isRunning ? 'green' : 'red') : 'yellow',
      ...(size && { cores: size.cores, memory_mib: size.memory_mib, disk_gib: size.disk_gib }),
      ...(isRunning && lease && { goesOff: lease.plannedStop }),
      ...(mine ? act !== undefined && { note: act } : { note: list.offer(name) }),
    };
  });
  // One that is listed in Proxmox already is shown as that, with what is being done to it.
  const making = creations.map((each): Row => {
    const { id, vm, name, step, error, cores, memory_mib, disk_gib } = each;
    const failed = step === 'failed';
    return {
      id: vm,
      name,
      status: failed ? list.failed : list.creating,
      style: failed ? 'red' : 'yellow',
      cores,
      memory_mib,
      disk_gib,
      note: [...(error === undefined ? [] : [error]), list.making(id)].join('; '),
    };
  });
  const ids = new Set(making.map(({ id }) => id));
  return [...made.filter(({ id }) => !ids.has(id)), ...making];
}

function columns({ list: { heads } }: Words): readonly Column<Row>[] {
  return [
    { head: heads.id, of: ({ id }) => id },
    { head: heads.name, of: ({ name }) => name },
    { head: heads.status, of: ({ status }) => status, style: ({ style }) => style },
    { head: heads.cores, of: ({ cores }) => cores },
    { head: heads.memory, of: ({ memory_mib }) => memory_mib && memoryText(memory_mib) },
    { head: heads.disk, of: ({ disk_gib }) => disk_gib && diskText(disk_gib) },
    { head: heads.goesOff, of: ({ goesOff }) => goesOff && civilTime(goesOff) },
    { head: heads.note, of: ({ note }) => note },
  ];
}
