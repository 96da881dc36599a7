import type { SpaceSettings } from '@huismeester/contracts';
import { printable } from '../printable.ts';
import type { Login, ProxmoxRemoval } from './logins.ts';
import type { InTheWay, Leaving, VmCommand } from './read.ts';
import type { Words } from './words-en.ts';

interface Removals {
  readonly proxmox: readonly ProxmoxRemoval[];
  /** Missing where no settings were read. */
  readonly logins: readonly Login[] | undefined;
  readonly settings: Pick<SpaceSettings, 'hypervisors'> | undefined;
}

/** What leaving takes, for people: in the order in which it is done. */
export function leavingLines(found: Leaving, removals: Removals, words: Words): string[] {
  return [
    words.title,
    '',
    ...wayLines(found, words),
    '',
    words.stays,
    ...staysLines(found, removals, words),
    '',
    ...givenBackLines(found, words),
    '',
    ...exportLines(found, words),
    '',
    words.thenRemove,
    ...removalLines(removals, words),
    ...('value' in found.programs && found.programs.value.length > 0
      ? ['', words.programs(found.programs.value.join(', '))]
      : []),
    '',
    words.page,
  ].map(printable);
}

function wayLines({ inTheWay }: Leaving, words: Words): string[] {
  if (inTheWay.length === 0) return [words.nothingInTheWay];
  return [words.notNow, ...inTheWay.map((each) => `  ${wayText(each, words)}`)];
}

function wayText(each: InTheWay, words: Words): string {
  switch (each.what) {
    case 'power':
      return words.power(each.stage);
    case 'act':
      return words.act(each.about, each.act);
    case 'creation':
      return words.creation(each.about);
  }
}

function staysLines({ vms, toStart, nodesOff }: Leaving, { settings }: Removals, words: Words): string[] {
  const alone = (settings?.hypervisors ?? []).flatMap(({ id, nodes }) =>
    Object.entries(nodes).flatMap(([node, { nodeShutdown }]) =>
      nodeShutdown === 'huismeester' ? [`${id}/${node}`] : [],
    ),
  );
  return [
    ...('value' in vms
      ? [words.vms(vms.value.core, vms.value['space-wide'], vms.value.participant)]
      : [`VMs: ${vms.missing}`]
    ).map((line) => `  ${line}`),
    `  ${words.rest}`,
    words.ends,
    ...(alone.length > 0 ? [`  ${words.upsmon(alone.join(', '))}`] : []),
    ...(toStart.length > 0 ? [words.toStart, ...toStart.map(commandLine)] : []),
    ...(nodesOff.length > 0 ? [words.nodesOff(nodesOff.join(', '))] : []),
  ];
}

function givenBackLines({ onboot }: Leaving, words: Words): string[] {
  if ('missing' in onboot) return [words.unknownOnboot(onboot.missing)];
  if (onboot.value.length === 0) return [words.nothingToGive];
  return [words.givenBack, ...onboot.value.map(commandLine)];
}

function commandLine({ node, name, command }: VmCommand): string {
  return `  ${node}: ${command}   # ${name}`;
}

function exportLines({ export: registers }: Leaving, words: Words): string[] {
  if ('missing' in registers) return [words.noExport(registers.missing)];
  const counts = Object.entries(registers.value);
  const full = counts.filter(([, count]) => count > 0);
  const empty = counts.filter(([, count]) => count === 0).map(([register]) => register);
  return [
    words.export,
    `  ${full.map(([register, count]) => `${register} ${count}`).join(', ')}`,
    ...(empty.length > 0 ? [`  ${words.empty(empty.join(', '))}`] : []),
  ];
}

function removalLines({ proxmox, logins }: Removals, words: Words): string[] {
  return [
    ...proxmox.flatMap(({ hypervisor, commands }) => [
      `  ${hypervisor === undefined ? words.proxmoxProposed : words.proxmox(hypervisor)}`,
      ...commands.map((command) => `    ${command}`),
    ]),
    ...(proxmox.length > 0 ? [`    ${words.onlyOurs}`] : []),
    ...(logins === undefined
      ? [`  ${words.loginsUnknown}`]
      : logins.length === 0
        ? []
        : [
            `  ${words.logins}`,
            ...logins.map(({ setting, at, login }) => `    ${setting}: ${login}, ${at}`),
          ]),
    `  ${words.database}`,
    `  ${words.program}`,
  ];
}
