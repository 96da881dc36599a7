import {
  gibibytes,
  type HypervisorSettings,
  mebibytes,
  type SizesSettings,
  type Template,
  type TemplateSettings,
} from '@huismeester/contracts';

/** A template with the hypervisor that has it. */
export interface Offered extends TemplateSettings {
  readonly hypervisor: string;
}

/** Of what VMs can be made here; nothing of a hypervisor that we have no token for that. */
export function offeredTemplates(hypervisors: readonly HypervisorSettings[]): Offered[] {
  return hypervisors.flatMap(({ id: hypervisor, tokens, templates }) =>
    tokens.create === undefined ? [] : templates.map((template) => ({ ...template, hypervisor })),
  );
}

/** Who logs in to what is made of it. */
export function userOf({ user, kind }: TemplateSettings): string {
  return user ?? (kind === 'lxc' ? 'root' : 'debian');
}

/** As REST shows it. */
export function templateResource(template: Offered): Template {
  const { id, name = id, hypervisor, kind, minDisk } = template;
  return { id, name, hypervisor, kind, user: userOf(template), disk_gib: gibibytes(minDisk) };
}

/** What a VM gets. */
export interface Amounts {
  readonly cores: number;
  /** MiB. */
  readonly memoryMib: number;
  /** GiB. */
  readonly diskGib: number;
}

/** A size by its name, or in numbers. */
export type AskedSize =
  | keyof SizesSettings
  | { readonly cores: number; readonly memory: string; readonly disk: string };

/** What is asked for, in numbers. Throws a RangeError on a size that its schema would have refused. */
export function amountsOf(size: AskedSize, sizes: SizesSettings): Amounts {
  const { cores, memory, disk } = typeof size === 'string' ? sizes[size] : size;
  return { cores, memoryMib: mebibytes(memory), diskGib: gibibytes(disk) };
}
