import type { HostPort } from '../../init/places.ts';
import { command } from '../../init/steps.ts';
import { commentedOut, commentText, indented, yamlKey, yamlText } from '../../init/yaml-text.ts';
import type { FoundPort, FoundSwitch } from '../ask-switch.ts';
import { likelyRole } from './likely-role.ts';

/** What the settings of the network are made of. */
export interface FoundNetwork {
  readonly switches: readonly PlannedSwitch[];
  /** Of this machine. */
  readonly gateway: string | undefined;
  readonly website: string | undefined;
}

export interface PlannedSwitch extends HostPort {
  readonly id: string;
  /** Absent when it was not asked, for want of a community. */
  readonly found?: FoundSwitch;
}

export const communityVariable = 'HUISMEESTER_SNMP_COMMUNITY';

/** Switches and probes as commented YAML. It holds no secret: the community is a reference. */
export function networkYaml({ switches, gateway, website }: FoundNetwork): string[] {
  return [
    '# Switches, read through SNMP. Failures of a port with a role are incidents; those of uplink, hypervisor and core count for CORE-1.',
    '# Role ignore: no events and no incidents.',
    ...(switches.length > 0 ? ['switches:', ...switches.flatMap(switchLines)] : noSwitches),
    '# Traps and informs show at once what is otherwise seen within seconds. Port 162 needs CAP_NET_BIND_SERVICE.',
    '# traps: {}',
    '',
    '# Services that are probed. CORE-3 names five core services: the hypervisor is watched already, each of the others needs a probe with its',
    '# role: uplink, website, directory, spacenet. What a service needs to work: dependsOn: [vm/104, switch/sw1].',
    'probes:',
    ...indented(2, [
      ...gatewayLines(gateway),
      ...uplinkLines(gateway),
      ...websiteLines(website),
      ...commentedOut([directory, spacenet]),
    ]),
  ];
}

const noSwitches = [
  'switches: []',
  `# - { id: sw1, host: 10.0.0.3, snmp: { version: "2c", community: "\${${communityVariable}}" } } # or ${command} init --switch 10.0.0.3`,
];
const directory =
  '- { id: directory, kind: ldap, role: directory, url: ldaps://ldap.space, base: "ou=people,dc=space" }';
const spacenet = `- { id: spacenet, kind: radius, role: spacenet, host: 10.0.0.4, secret: "\${RADIUS_SECRET}", password: "\${RADIUS_PASSWORD}" }`;

function switchLines({ id, host, port, found }: PlannedSwitch): string[] {
  return [
    ...(found?.description === undefined ? [] : [`  # ${commentText(found.description)}`]),
    `  - id: ${yamlText(id)}`,
    ...indented(4, [
      `host: ${yamlText(host)}`,
      ...(port === 161 ? [] : [`port: ${port}`]),
      `snmp: { version: "2c", community: "\${${communityVariable}}" }`,
      ...portLines(found?.ports.filter(({ ethernet }) => ethernet) ?? []),
    ]),
  ];
}

function portLines(ports: readonly FoundPort[]): string[] {
  if (ports.length === 0) return [];
  return commentedOut(['ports: # those that matter', ...ports.map((port) => `  ${portLine(port)}`)]);
}

/** Every port stands there, as a comment: which one leads where is for a person to say. */
function portLine(port: FoundPort): string {
  const { names, alias, up } = port;
  const facts = [up ? 'up' : 'down', ...(alias === undefined ? [] : [JSON.stringify(commentText(alias))])];
  const name = commentText(names[0] ?? '');
  return `${yamlKey(name)}: { role: ${likelyRole(port) ?? '…'} } # ${facts.join(', ')}`;
}

function gatewayLines(gateway: string | undefined): string[] {
  const line = (host: string) => `- { id: gateway, kind: ping, role: gateway, host: ${yamlText(host)} }`;
  return gateway === undefined
    ? commentedOut([line('10.0.0.1')])
    : [`${line(gateway)} # the default route of the machine that looked`];
}

/** Addresses that anybody may ask, of three operators, so that the fault of one is not ours. */
const targets = [
  ['1.1.1.1', 'Cloudflare'],
  ['9.9.9.9', 'Quad9'],
  ['8.8.8.8', 'Google'],
] as const;

function uplinkLines(gateway: string | undefined): string[] {
  return [
    '- id: uplink',
    ...indented(2, [
      'kind: uplink',
      'role: uplink',
      ...(gateway === undefined ? [] : ['dependsOn: [probe/gateway]']),
      'targets:',
      ...targets.map(([host, operator]) => `  - { host: ${yamlText(host)}, operator: ${operator} }`),
    ]),
  ];
}

function websiteLines(website: string | undefined): string[] {
  const line = (url: string) => `- { id: website, kind: http, role: website, url: ${yamlText(url)} }`;
  return website === undefined ? commentedOut([line('https://www.example.org/')]) : [line(website)];
}
