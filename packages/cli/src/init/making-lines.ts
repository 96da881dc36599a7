import { pveumForToken } from '../check/pveum.ts';
import { printable } from '../printable.ts';
import type { FoundForMaking, FoundTemplate } from './found.ts';
import { uniqueIds } from './plan.ts';
import { commentedOut, commentText, yamlText } from './yaml-text.ts';

const gib = 1024 ** 3;
const nothingSeen: FoundForMaking = { templates: [], storages: [], ostemplates: [] };

/** The token that makes VMs, below `tokens`, to be chosen. */
export function createTokenLines(operate: string): string[] {
  const [user = ''] = operate.split('!');
  return [
    '  # So that participants make VMs themselves, with a token that may nothing outside of their pool:',
    `  # create: { id: ${yamlText(`${user}!create`)}, secret: "\${PVE_CREATE_SECRET}" }`,
  ];
}

/** The token that asks who has admin rights, below `tokens`, to be chosen, with the commands that make it. */
export function reviewTokenLines(operate: string): string[] {
  const [user = ''] = operate.split('!');
  const token = `${user}!review`;
  const commands = pveumForToken('review', { token, settings: { pools: {}, nodes: {} } });
  return [
    '  # So that it is known who has admin rights on core (CORE-4), with a token that may change nothing; as root on a node:',
    ...commands.map((line) => `  # ${printable(line)}`),
    `  # review: { id: ${yamlText(token)}, secret: "\${PVE_REVIEW_SECRET}" }`,
  ];
}

/** What VMs of participants are made of and where they go, to be chosen: of a hypervisor's settings. */
export function makingLines(found: FoundForMaking = nothingSeen): string[] {
  const { storages, ostemplates, templates } = found;
  const [storage] = storages.toSorted((a, b) => (b.freeBytes ?? 0) - (a.freeBytes ?? 0));
  const others = storages.filter((each) => each !== storage).map(({ name }) => name);
  return [
    '# What participants make VMs of; each line is a proposal, and none counts before `tokens.create` is there.',
    ...commentedOut([
      vmidsLine(found),
      'templates:',
      ...templateLines(templates, ostemplates),
      `storage: ${yamlText(storage?.name ?? 'local-lvm')}${storageComment(storage, others)}`,
      'bridge: vmbr0 # the network of new containers; a VM has that of its template',
    ]),
  ];
}

function vmidsLine({ highestVmid }: FoundForMaking): string {
  const from = (Math.floor((highestVmid ?? 100) / 1000) + 1) * 1000;
  const why =
    highestVmid === undefined
      ? 'numbers that nobody else uses'
      : `above ${highestVmid}, the highest that the token sees`;
  return `vmids: { from: ${from}, to: ${from + 999} } # ${why}; ours alone`;
}

function templateLines(
  templates: readonly FoundTemplate[],
  ostemplates: FoundForMaking['ostemplates'],
): string[] {
  if (templates.length + ostemplates.length === 0) {
    return [
      '  # Not seen: `qm list` and `pveam list local` on a node show what there is; docs/setting-up.md says how to make one.',
      '  - { id: debian-13, vmid: 9000 }',
    ];
  }
  const files = ostemplates.map(({ volid }) =>
    volid.replace(/^.*\//, '').replace(/[_-]?\d[\d.]*-\d+_.*$/, ''),
  );
  const ids = uniqueIds([...templates.map(({ name }) => name), ...files], 'template');
  return [
    ...templates.map(
      (each, index) =>
        `  - { id: ${yamlText(ids[index] ?? '')}, vmid: ${each.vmid} } # ${templateComment(each)}`,
    ),
    ...ostemplates.map(
      ({ volid, node }, index) =>
        `  - { id: ${yamlText(ids[templates.length + index] ?? '')}, kind: lxc, ostemplate: ${JSON.stringify(volid.replaceAll('${', () => '$${'))} } # on ${commentText(node)}`,
    ),
  ];
}

/** What a template lacks that a VM made of it needs: keys get in by cloud-init, the address comes out by the agent. */
function templateComment({ vmid, name, node, cloudInit, agent }: FoundTemplate): string {
  const lacks = [
    ...(cloudInit ? [] : [`no cloud-init drive: qm set ${vmid} --ide2 STORAGE:cloudinit`]),
    ...(agent ? [] : [`no guest agent: qm set ${vmid} --agent 1, and qemu-guest-agent in it`]),
  ];
  return commentText(
    `${name} on ${node}: ${lacks.length === 0 ? 'has a cloud-init drive and the agent' : lacks.join('; ')}`,
  );
}

function storageComment(
  storage: FoundForMaking['storages'][number] | undefined,
  others: readonly string[],
): string {
  if (storage === undefined) return ' # not seen: `pvesm status` shows them';
  const { freeBytes, shared } = storage;
  const facts = [
    ...(freeBytes === undefined ? [] : [`${Math.floor(freeBytes / gib)} GiB free`]),
    ...(shared ? ['shared, so that VMs go to any node'] : []),
    ...(others.length === 0 ? [] : [`also: ${others.join(', ')}`]),
  ];
  return ` # ${commentText(facts.join('; ') || 'what it has is not shown')}`;
}

/** Sizes and what one person may have, after the smallest node: settings of the whole space, to be chosen. */
export function sizeLines({ leastMemory }: Pick<FoundForMaking, 'leastMemory'> = {}): string[] {
  const node = leastMemory === undefined ? undefined : Math.round(leastMemory / gib);
  // An eighth of a small node is what one may run at once; on a large one 8 GiB.
  const most = node === undefined ? 8 : Math.min(8, Math.max(2, 2 ** Math.floor(Math.log2(node / 8))));
  const memory = (share: number) => `${Math.max(512, (most * 1024) / share)}MiB`;
  return [
    `# What participants choose from, and what one person may have${node === undefined ? '' : ` (the smallest node has ${node} GiB of memory)`}:`,
    ...commentedOut([
      'sizes:',
      `  s: { cores: 1, memory: ${memory(8)}, disk: 10GiB }`,
      `  m: { cores: 2, memory: ${memory(4)}, disk: 20GiB }`,
      `  l: { cores: 4, memory: ${memory(2)}, disk: 40GiB }`,
      `quota: { vms: 3, cores: 4, memory: ${most}GiB, disk: 80GiB }`,
    ]),
  ];
}

/** The mail server that leases need, to be chosen. */
export const mailLines: readonly string[] = [
  '# A mail server: without it nobody can be warned, so no lease ends. Try it: `huismeester mail test UID`.',
  ...commentedOut(['mail: { url: "smtp://localhost", from: "Huismeester <huismeester@example.org>" }']),
];
