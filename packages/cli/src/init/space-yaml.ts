import { pveumCommands } from '../check/pveum.ts';
import type { InitSection } from '../feature.ts';
import { printable } from '../printable.ts';
import { createTokenLines, mailLines, makingLines, reviewTokenLines, sizeLines } from './making-lines.ts';
import type { Plan, PlannedHypervisor, PlannedNode, PlannedUps } from './plan.ts';
import { command, commandsForDatabase, fingerprintCommand } from './steps.ts';
import { wikiLines } from './wiki-lines.ts';
import { commentedOut, commentText, indented, yamlKey, yamlText } from './yaml-text.ts';

/** The plan as a commented space.yaml. It holds no secret: each is a reference. */
export function spaceYaml({ site, upses, hypervisor }: Plan, sections: readonly InitSection[] = []): string {
  return [
    '# Made by `huismeester init`. Look it through; docs/space.example.yaml has all settings there are. Then try it:',
    `#   ${command} check-config space.yaml --connect`,
    'site:',
    `  id: ${yamlText(site.id)} # in topics and event sources: a-z, 0-9 and dashes`,
    `  name: ${yamlText(site.name)}`,
    '  # timezone: Europe/Amsterdam',
    '  # language: nl # or en',
    '',
    '# A broker of our own, on loopback. For one that there is already: url, username, password, ca.',
    'broker:',
    '  embedded: {}',
    '',
    '# PostgreSQL, made once, as root on its machine:',
    ...commandsForDatabase.map((line) => `#   ${line}`),
    'database:',
    `  url: "\${HUISMEESTER_DATABASE_URL}" # postgres://huismeester:PASSWORD@localhost/huismeester`,
    '',
    ...upsSection(upses),
    '',
    ...hypervisorSection(hypervisor, upses),
    '',
    ...sizeLines(hypervisor.found?.inventory?.making),
    '',
    ...mailLines,
    '',
    ...sections.flatMap(({ yaml }) => [...yaml, '']),
    ...wikiLines,
    '',
    '# What Huismeester itself needs, and what therefore goes last: its own VM, its database, upsd’s host, the switch.',
    '# self:',
    '#   dependsOn: [vm/100]',
    '',
  ].join('\n');
}

function upsSection(upses: readonly PlannedUps[]): string[] {
  if (upses.length === 0) {
    const example = ['- id: rack', '  upsd: { host: 10.0.0.5, name: rack } # as `upsc -l 10.0.0.5` lists it'];
    return ['ups: []', ...indented(2, commentedOut(example))];
  }
  return [
    'ups:',
    ...upses.flatMap((ups) => [
      `  # ${describe(ups)}`,
      `  - id: ${yamlText(ups.id)}`,
      `    upsd: { host: ${yamlText(ups.at.host)}, port: ${ups.at.port}, name: ${yamlText(ups.name)} }`,
    ]),
  ];
}

function describe({ description, now }: PlannedUps): string {
  if (now === undefined) return `${commentText(description)}: its driver does not answer upsd now`;
  const { charge_pct, runtime_s } = now.readings;
  const what = [now.identity.manufacturer, now.identity.model].filter(Boolean).join(' ') || description;
  const facts = [
    now.status || 'no status',
    ...(charge_pct === undefined ? ['no charge reported'] : [`${charge_pct} %`]),
    ...(runtime_s === undefined
      ? ['no runtime reported']
      : [`${Math.round(runtime_s / 60)} min at the present load`]),
  ];
  return commentText(`${what}: ${facts.join(', ')}`);
}

function hypervisorSection(hypervisor: PlannedHypervisor, upses: readonly PlannedUps[]): string[] {
  const pools = hypervisor.pools.map(({ pool }) => pool);
  const commands = pveumCommands({ token: hypervisor.token, pools, shutdownNodes: [] });
  const entry = [
    'hypervisors:',
    '  - id: pve # a cluster or a single node',
    ...indented(4, [
      ...whereLines(hypervisor),
      'tokens:',
      `  operate: { id: ${yamlText(hypervisor.token)}, secret: ${hypervisor.secret} }`,
      ...createTokenLines(hypervisor.token),
      ...reviewTokenLines(hypervisor.token),
      ...poolLines(hypervisor),
      ...nodeLines(hypervisor, upses),
      ...makingLines(hypervisor.found?.inventory?.making),
    ]),
  ];
  return [
    '# The token: as root on any node of Proxmox, but for what is there already. What each right is for: docs/rights.md',
    ...commands.map((line) => `#   ${printable(line)}`),
    ...(hypervisor.found ? entry : commentedOut(entry)),
  ];
}

function whereLines({ found }: PlannedHypervisor): string[] {
  return [
    `url: ${yamlText(found?.url ?? 'https://10.0.0.2:8006')}`,
    '# SHA-256 of its certificate. On that node this must print the same:',
    `#   ${fingerprintCommand}`,
    found ? `fingerprints: ["${found.fingerprint}"]` : `fingerprints: ["\${PVE_FINGERPRINT}"]`,
  ];
}

function poolLines({ pools, otherPools, found }: PlannedHypervisor): string[] {
  const seen = (vms: number | undefined) => {
    if (found?.inventory === undefined) return '';
    return vms === undefined ? ' # not seen: make it, or give the token its rights on it' : ` # VMs: ${vms}`;
  };
  return [
    '# The pool of each class. VMs in any other pool, or in none, are nobody’s business here.',
    'pools:',
    ...pools.map(({ class: of, pool, vms }) => `  ${of}: ${yamlText(pool)}${seen(vms)}`),
    ...(otherPools.length > 0 ? [`  # seen, and left alone: ${commentText(otherPools.join(', '))}`] : []),
  ];
}

function nodeLines({ nodes }: PlannedHypervisor, upses: readonly PlannedUps[]): string[] {
  const about = '# poweredBy: the UPSes that feed the node. Without any, nothing on it is ever shut down.';
  if (nodes.length === 0) {
    return [
      about,
      'nodes: {}',
      `# nodes: { pve1: { poweredBy: [${upses.map(({ id }) => id).join(', ') || 'rack'}] } }`,
    ];
  }
  return [about, 'nodes:', ...nodes.map((node) => `  ${nodeLine(node, upses)}`)];
}

function nodeLine({ name, address, poweredBy }: PlannedNode, upses: readonly PlannedUps[]): string {
  const line = `${yamlKey(name)}: { poweredBy: [${poweredBy.map(yamlText).join(', ')}] }`;
  if (poweredBy.length > 0)
    return `${line} # its upsmon is logged in there, from ${commentText(address ?? '')}`;
  const choice = upses.map(({ id }) => id).join(', ');
  const why = address === undefined ? 'Proxmox does not know its address' : 'its upsmon is logged in nowhere';
  return `${line} # fill in the UPSes that feed it${choice && `, of ${choice}`}: ${why}`;
}
