import { type ServiceName, serviceNames } from '@huismeester/contracts';

/** A process of Huismeester: a service, or all of them in one. */
export type ProgramName = ServiceName | 'huismeester';
/** What runs as a process of its own and can be killed or paused. */
export type ProcessName = ProgramName | 'witness' | 'broker' | 'postgres';

/** A connection that goes through a link of ours. */
export type LinkName =
  | `${'database' | 'broker' | 'log'} of ${ProgramName}`
  | 'database of witness'
  | 'upsd'
  | 'proxmox';

/** How a space runs. */
export interface Layout {
  readonly programs: readonly ProgramName[];
  readonly processes: readonly ProcessName[];
  readonly links: readonly LinkName[];
  /** More than a program needs for this, by far; a queue that grows without end passes it. */
  readonly mostMiB: number;
}

const hardware = ['database of witness', 'upsd', 'proxmox'] as const;

/** Each service a process, with a broker of its own. */
export const distributed: Layout = {
  programs: serviceNames,
  processes: [...serviceNames, 'witness', 'broker', 'postgres'],
  links: [
    ...serviceNames.flatMap(
      (name) => [`database of ${name}`, `broker of ${name}`, `log of ${name}`] as const,
    ),
    ...hardware,
  ],
  mostMiB: 512,
};

/** All services and the broker in one process: it dies, is paused and comes back as a whole. */
export const standalone: Layout = {
  programs: ['huismeester'],
  processes: ['huismeester', 'witness', 'postgres'],
  links: ['database of huismeester', 'log of huismeester', ...hardware],
  mostMiB: 768,
};

/** Which process of a layout a service runs in. */
export function programOf({ programs }: Layout, service: ServiceName): ProgramName {
  return programs.find((name) => name === service) ?? 'huismeester';
}
