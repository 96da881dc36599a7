import { type Draft, gibibytes, type Misfit, mebibytes } from '../define.ts';
import type { HypervisorSettings, QuotaSettings, SizesSettings, TemplateSettings } from './settings.ts';

type Given = Draft<{ hypervisors: HypervisorSettings[]; sizes: SizesSettings; quota: QuotaSettings }>;
type Hypervisor = Draft<HypervisorSettings>;
type Template = Draft<TemplateSettings>;
type At = (...rest: (string | number)[]) => (string | number)[];

/** What of the settings for making VMs does not fit together. */
export function misfits({ hypervisors = [], sizes, quota }: Given): Misfit[] {
  return [
    ...hypervisors.flatMap((each, index) => {
      const at: At = (...rest) => ['hypervisors', index, ...rest];
      return each ? [...withoutToken(each, at), ...whatItTakes(each, at), ...ofTemplates(each, at)] : [];
    }),
    ...sameTemplate(hypervisors),
    ...tooLarge(sizes, quota),
  ];
}

/** What only the create token makes use of. */
function withoutToken({ tokens, vmids, templates = [] }: Hypervisor, at: At): Misfit[] {
  if (tokens === undefined) return [];
  if ('create' in tokens) {
    const { create, operate } = tokens;
    if (create?.id === undefined || create.id !== operate?.id) return [];
    const allowed = 'a token of its own, with other rights (docs/rights.md)';
    return [{ path: at('tokens', 'create', 'id'), found: 'the same as operate', allowed }];
  }
  const needing = [
    ...(vmids === undefined ? [] : ['vmids']),
    ...(templates.length === 0 ? [] : ['templates']),
  ];
  const allowed = 'the token that makes VMs: id and secret';
  return needing.map((key) => ({ path: at('tokens', 'create'), found: `nothing, with ${key}`, allowed }));
}

/** What making a VM needs beside the token. */
function whatItTakes({ tokens, pools, templates = [], ...given }: Hypervisor, at: At): Misfit[] {
  if (tokens === undefined || !('create' in tokens)) return [];
  const found = 'nothing, with tokens.create';
  const hasContainers = templates.some((each) => each?.kind === 'lxc');
  const needed = [
    ['vmids', 'a range of numbers that nobody else uses: { from: 900, to: 999 }', !('vmids' in given)],
    ['storage', 'the storage for disks of new VMs', !('storage' in given)],
    ['bridge', 'the network of new containers, such as vmbr0', hasContainers && !('bridge' in given)],
  ] as const;
  const pool = pools !== undefined && !('participant' in pools);
  return [
    ...needed.flatMap(([key, allowed, lacks]) => (lacks ? [{ path: at(key), found, allowed }] : [])),
    ...(pool ? [{ path: at('pools', 'participant'), found, allowed: 'the pool that new VMs go into' }] : []),
  ];
}

function ofTemplates({ vmids, templates = [] }: Hypervisor, at: At): Misfit[] {
  const { from, to } = vmids ?? {};
  const turned: Misfit[] =
    from !== undefined && to !== undefined && from > to
      ? [{ path: at('vmids', 'to'), found: String(to), allowed: `${from} (from) or more` }]
      : [];
  const each = templates.flatMap((template, index): Misfit[] => {
    if (template === undefined) return [];
    const { vmid } = template;
    const another = vmid !== undefined && templates.findIndex((other) => other?.vmid === vmid) < index;
    const within = vmid !== undefined && from !== undefined && to !== undefined && vmid >= from && vmid <= to;
    const path = at('templates', index, 'vmid');
    const allowed = `a number outside of vmids (${from} to ${to}), where only VMs of participants stand`;
    return [
      ...ofKind(template, (...rest) => at('templates', index, ...rest)),
      ...(another ? [{ path, found: `${vmid}, as in another`, allowed: 'a value that no other has' }] : []),
      ...(within ? [{ path, found: String(vmid), allowed }] : []),
    ];
  });
  return [...turned, ...each];
}

/** A VM is cloned by its vmid, a container is made from a file. */
function ofKind(template: Template, at: At): Misfit[] {
  if (template.kind === undefined) return [];
  const [needs, other] =
    template.kind === 'qemu' ? (['vmid', 'ostemplate'] as const) : (['ostemplate', 'vmid'] as const);
  const with_ = `with kind: ${template.kind}`;
  return [
    ...(needs in template
      ? []
      : [{ path: at(needs), found: `nothing, ${with_}`, allowed: `${needs}, of what it is made` }]),
    ...(other in template ? [{ path: at(other), found: `a value, ${with_}`, allowed: 'nothing' }] : []),
    ...('node' in template && template.kind === 'qemu'
      ? [
          {
            path: at('node'),
            found: `a value, ${with_}`,
            allowed: 'nothing: the template itself is on a node',
          },
        ]
      : []),
  ];
}

/** Participants choose a template by its id alone, whichever hypervisor has it. */
function sameTemplate(hypervisors: NonNullable<Given['hypervisors']>): Misfit[] {
  const all = hypervisors.flatMap((each, index) =>
    (each?.templates ?? []).map((template, place) => ({
      path: ['hypervisors', index, 'templates', place, 'id'],
      id: template?.id,
    })),
  );
  return all.flatMap(({ path, id }, index) =>
    id !== undefined && all.findIndex((other) => other.id === id) < index
      ? [{ path, found: `"${id}", as in another`, allowed: 'a value that no other has' }]
      : [],
  );
}

/** A size that nobody's quota has room for could never be chosen. */
function tooLarge(sizes: Given['sizes'], quota: Given['quota']): Misfit[] {
  return (['s', 'm', 'l'] as const).flatMap((key): Misfit[] => {
    const { cores, memory, disk } = sizes?.[key] ?? {};
    const wrong = (field: string, found: string, most: string) => ({
      path: ['sizes', key, field],
      found,
      allowed: `${most} (quota.${field}) or less`,
    });
    return [
      ...(cores !== undefined && quota?.cores !== undefined && cores > quota.cores
        ? [wrong('cores', String(cores), String(quota.cores))]
        : []),
      ...(memory !== undefined && quota?.memory !== undefined && mebibytes(memory) > mebibytes(quota.memory)
        ? [wrong('memory', memory, quota.memory)]
        : []),
      ...(disk !== undefined && quota?.disk !== undefined && gibibytes(disk) > gibibytes(quota.disk)
        ? [wrong('disk', disk, quota.disk)]
        : []),
    ];
  });
}
