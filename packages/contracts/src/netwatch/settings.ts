import { type Static, type TProperties, Type } from 'typebox';
import { closedObject, duration, durationOr, Host, Pem, Secret, secret, section, Url } from '../define.ts';
import { DependsOn, Id } from '../words.ts';

const Port = (port: number) => Type.Integer({ minimum: 1, maximum: 65535, default: port });

const PoweredBy = Type.Array(Id, { default: [], description: 'ids of the UPSes that feed it' });

const Credentials = Type.Union(
  [
    closedObject({ version: Type.Enum([1, '1', '2c'] as const), community: Secret }),
    closedObject({
      version: Type.Enum([3, '3'] as const),
      user: Type.String({ minLength: 1 }),
      auth: Type.Optional(
        closedObject({
          protocol: Type.Enum(['sha', 'sha224', 'sha256', 'sha384', 'sha512'] as const, {
            default: 'sha256',
            description: 'no MD5: it is broken, and switches that have it have SHA, too',
          }),
          password: secret({ minLength: 8, description: 'of 8 characters or more (RFC 3414)' }),
        }),
      ),
      priv: Type.Optional(
        closedObject({
          protocol: Type.Enum(['aes', 'aes256b', 'aes256r'] as const, {
            default: 'aes',
            description:
              'aes (128 bits), aes256b (256 bits, Blumenthal: net-snmp) or aes256r (256 bits, Reeder: Cisco); no DES: its keys can be found by trying all',
          }),
          password: secret({ minLength: 8, description: 'of 8 characters or more (RFC 3414)' }),
        }),
      ),
    }),
  ],
  { description: 'a mapping with version and community, or with version: 3, user, auth, priv' },
);

const PortRole = Type.Enum(['uplink', 'hypervisor', 'access-point', 'core', 'ignore'] as const, {
  description:
    'with a role its failures are incidents, and uplink, hypervisor and core are core; ignore: nothing is said of it',
});
export type PortRole = Static<typeof PortRole>;

const SwitchSettings = closedObject({
  id: Id,
  host: Host,
  port: Port(161),
  snmp: Credentials,
  core: Type.Boolean({ default: false, description: 'core for availability (CORE-1)' }),
  poweredBy: PoweredBy,
  dependsOn: DependsOn,
  ports: Type.Record(Type.String(), closedObject({ role: PortRole }), {
    default: {},
    description: 'by the name that the switch gives them (ifName, else ifDescr, else ifIndex)',
  }),
  poll: durationOr('5s', 'how often the state of its ports is read'),
  counters: durationOr('10s', 'how often their counters are read'),
});
export type SwitchSettings = Static<typeof SwitchSettings>;

const TrapSettings = closedObject(
  {
    host: Type.String({ default: '0.0.0.0', minLength: 1 }),
    port: Type.Integer({ minimum: 0, maximum: 65535, default: 162 }),
  },
  'where traps and informs of the switches come in; a port below 1024 needs CAP_NET_BIND_SERVICE',
);

const ProbeRole = Type.Enum(['gateway', 'uplink', 'website', 'directory', 'spacenet'] as const, {
  description:
    'what it stands for: the way out of this network, or one of the five of CORE-3, which are core',
});
export type ProbeRole = Static<typeof ProbeRole>;

/** What every kind of probe has. */
const common = {
  id: Id,
  core: Type.Boolean({ default: false, description: 'core for availability (CORE-1)' }),
  role: Type.Optional(ProbeRole),
  poweredBy: PoweredBy,
  dependsOn: DependsOn,
  every: Type.Optional(duration('from one look to the next; left out: 30s, and 10s for core')),
  deadline: durationOr('5s', 'for one look'),
  down: section(
    {
      failed: Type.Integer({ minimum: 1, maximum: 20, default: 3 }),
      of: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    },
    'down after so many failed looks, of so many in a row: { failed: 3, of: 3 }',
  ),
  up: section(
    { good: Type.Integer({ minimum: 1, maximum: 20, default: 2 }) },
    'up after so many good looks in a row',
  ),
  slowAbove: Type.Optional(duration('a slower answer is degraded; left out: half the deadline')),
};

const certificate = Type.Enum(['fail', 'warn'] as const, {
  default: 'fail',
  description: 'whether an invalid certificate is down, or only reported',
});

function kind<const K extends string, Fields extends TProperties>(name: K, fields: Fields) {
  return closedObject({ ...common, kind: Type.Enum([name] as const), ...fields });
}

const Ping = kind('ping', { host: Host });
const Tcp = kind('tcp', { host: Host, port: Type.Integer({ minimum: 1, maximum: 65535 }) });
const Http = kind('http', {
  url: Url('https?', 'the address of the page; redirects are not followed'),
  status: Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), {
    default: [200],
    minItems: 1,
    description: 'the statuses that are right',
  }),
  contains: Type.Optional(
    Type.String({ minLength: 1, description: 'text that must be in the first MB of the answer' }),
  ),
  ca: Type.Optional(Pem),
  certificate,
});
const Dns = kind('dns', {
  server: Host,
  port: Port(53),
  name: Type.String({ minLength: 1, description: 'the name that is asked for' }),
  type: Type.Enum(['A', 'AAAA', 'MX', 'TXT', 'CNAME', 'NS', 'SOA', 'SRV', 'PTR'] as const, { default: 'A' }),
  expect: Type.Optional(
    Type.String({ minLength: 1, description: 'one of the answers; left out: any answer' }),
  ),
});
const Ldap = kind('ldap', {
  url: Url('ldaps?', 'such as ldaps://ldap.space'),
  startTls: Type.Boolean({ default: false }),
  ca: Type.Optional(Pem),
  certificate,
  bindDn: Type.Optional(Type.String({ minLength: 1 })),
  password: Type.Optional(Secret),
  base: Type.String({ minLength: 1, description: 'where it is searched, such as ou=people,dc=space' }),
  filter: Type.String({ default: '(objectClass=*)', minLength: 1 }),
});
const Radius = kind('radius', {
  host: Host,
  port: Port(1812),
  secret: Secret,
  user: Type.String({ default: 'huismeester-probe', minLength: 1, maxLength: 253 }),
  password: Secret,
  expect: Type.Enum(['accept', 'reject', 'any'] as const, { default: 'any' }),
});
const Mqtt = kind('mqtt', {
  url: Url('mqtts?', 'a broker, such as mqtts://broker.space:8883'),
  username: Type.Optional(Type.String({ minLength: 1 })),
  password: Type.Optional(Secret),
  ca: Type.Optional(Pem),
  certificate,
  topic: Type.String({
    default: 'probe/huismeester',
    pattern: '^[^#+]+$',
    description: 'where a message is sent and must come back; the login must be allowed both',
  }),
});
const Command = kind('command', {
  command: Type.Array(Type.String(), {
    minItems: 1,
    description: 'a program and its arguments, without a shell; exit 0 up, 1 degraded, 2 down, 3 unknown',
  }),
});
const Uplink = kind('uplink', {
  targets: Type.Array(
    closedObject({
      host: Host,
      port: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 65535, description: 'TCP; left out: it is pinged' }),
      ),
      operator: Type.String({ minLength: 1, description: 'who runs it: at least two different ones' }),
    }),
    { minItems: 3 },
  ),
});

const ProbeSettings = Type.Union([Ping, Tcp, Http, Dns, Ldap, Radius, Mqtt, Command, Uplink]);
export type ProbeSettings = Static<typeof ProbeSettings>;
export type ProbeKind = ProbeSettings['kind'];
/** The settings of one kind of probe. */
export type ProbeOf<K extends ProbeKind> = Extract<ProbeSettings, { kind: K }>;

export const settings = {
  switches: Type.Array(SwitchSettings, { default: [] }),
  traps: Type.Optional(TrapSettings),
  probes: Type.Array(ProbeSettings, { default: [] }),
};

/** A probe of kind uplink has that role, and what the policy names as core is core (CORE-3), whether settings say so or not. */
export function complete({ probes }: { probes: ProbeSettings[] }) {
  return {
    probes: probes.map((each) => {
      const role = each.kind === 'uplink' ? 'uplink' : each.role;
      const isNamed = role !== undefined && role !== 'gateway';
      return { ...each, ...(role && { role }), core: each.core || isNamed };
    }),
  };
}
