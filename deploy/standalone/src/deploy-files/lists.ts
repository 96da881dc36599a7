import { lagKey, type ServiceName, serviceNames } from '@huismeester/contracts';

/** The part of a file of `deploy/` that names every service, and what stands there. */
interface List {
  /** From the folder `deploy`. */
  readonly file: string;
  readonly part: RegExp;
  readonly text: string;
}

const linesOf = (line: (name: ServiceName) => string) =>
  serviceNames.map((name) => `${line(name)}\n`).join('');

/**
 * netwatch pings, and takes traps; nobody else needs any right. Docker hands capabilities to root alone: for its user the
 * settings of the container's own network say who may ping, and from which port on everybody may listen.
 */
const rights: { readonly [name in ServiceName]?: string } = {
  netwatch: `    cap_add: [NET_RAW, NET_BIND_SERVICE]
    sysctls: { net.ipv4.ping_group_range: "1000 1000", net.ipv4.ip_unprivileged_port_start: "162" }
`,
};

/** Every list of services in `deploy/`. */
export const lists: readonly List[] = [
  { file: 'compose/compose.yaml', part: /(?<=^services:\n).*?(?= {2}db:$)/ms, text: linesOf(container) },
  { file: 'compose/setup.sh', part: /(?<=^services=')[^']*/m, text: serviceNames.join(' ') },
  {
    file: 'compose/space.example.yaml',
    part: /(?<=^ {2}credentials:\n)(?: {4}.*\n)*/m,
    text: linesOf((name) => `    ${name}: { username: ${name}, password: { file: secrets/${name}/mqtt } }`),
  },
  {
    file: 'compose/space.example.yaml',
    part: /(?<=^services:\n)(?: {2}.*\n)*/m,
    text: linesOf(
      (name) => `  ${name}: { url: "http://${name}:8080", secret: { file: secrets/shared/service-${name} } }`,
    ),
  },
  {
    file: 'systemd/huismeester.service',
    part: /(?<=^Conflicts=).*/m,
    text: serviceNames.map((name) => `huismeester@${name}.service`).join(' '),
  },
  {
    file: 'systemd/README.md',
    part: /(?<=^systemctl enable --now )huismeester@.*/m,
    text: serviceNames.map((name) => `huismeester@${name}`).join(' '),
  },
  {
    file: 'systemd/README.md',
    part: /(?<=^services:\n)(?: {2}.*\n)*/m,
    text: serviceNames.map(process).join(''),
  },
  {
    file: 'grafana/dashboards/services.json',
    part: /(?<="name": "service",\n.*\n.*\n +"query": ")[^"]*/,
    text: serviceNames.join(','),
  },
  {
    file: 'grafana/dashboards/services.json',
    part: /(?<="\/\^\(flow_n\|publish_lag\|).*(?=\|dead_letters)/,
    text: serviceNames.map(lagKey).join('|'),
  },
  {
    file: 'grafana/dashboards/services.json',
    part: /^(?:(?:.*\n){3} +"options": "lag_(?:.*\n){9})+/m,
    text: serviceNames.map(lagOverride).join(''),
  },
];

function container(name: ServiceName): string {
  return `  ${name}:
    <<: *service
${rights[name] ?? ''}    volumes:
      - ./space/space.yaml:/etc/huismeester/space.yaml:ro
      - ./space/secrets/shared:/etc/huismeester/secrets/shared:ro
      - ./space/secrets/${name}:/etc/huismeester/secrets/${name}:ro
    command: ["node", "services/${name}/src/main.ts", "--config", "/etc/huismeester/space.yaml"]
`;
}

/** A service of its own process on the machine of all: its port is the next one from 8081. */
function process(name: ServiceName, index: number): string {
  const port = 8081 + index;
  return `  ${name}:
    url: "http://127.0.0.1:${port}"
    secret: { file: secrets/${name} }
    listen: { port: ${port}, socket: /run/huismeester-${name}/huismeester.sock }
`;
}

/** How the panel of a service calls the field that counts what it has not yet applied of another's log. */
function lagOverride(name: ServiceName): string {
  const override = {
    matcher: { id: 'byName', options: lagKey(name) },
    properties: [{ id: 'displayName', value: `Behind ${name}` }],
  };
  return `${JSON.stringify(override, null, 2).replaceAll(/^/gm, ' '.repeat(10))},\n`;
}
