import { type Static, Type } from 'typebox';
import { serviceNames } from '../topics.ts';
import { Id, VmClass } from '../words.ts';
import { Broker } from './broker.ts';
import { Duration } from './duration.ts';
import { closed, Host, Pem, Secret, Url } from './values.ts';

const Site = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1 }),
    timezone: Type.String({ default: 'Europe/Amsterdam', description: 'an IANA time zone' }),
    language: Type.Enum(['nl', 'en'] as const, { default: 'nl', description: 'of what people read' }),
  },
  closed,
);

const Http = Type.Object(
  {
    host: Type.String({ default: '127.0.0.1' }),
    port: Type.Integer({ minimum: 0, maximum: 65535, default: 8080, description: '0 takes any free one' }),
    publicUrl: Type.Optional(Url('https?', 'where people reach it')),
    socket: Type.String({
      default: './var/huismeester.sock',
      description: 'the local way in, for whoever may write to this file: an administrator',
    }),
  },
  { ...closed, default: {} },
);

const Database = Type.Union([
  Type.Object(
    { url: Url('postgres(ql)?', 'a PostgreSQL, such as postgres://user@host/huismeester') },
    closed,
  ),
  Type.Object(
    {
      embedded: Type.Object({ dir: Type.String({ minLength: 1 }) }, closed),
      acceptPowerLossRisk: Type.Boolean({
        default: false,
        description: 'the embedded database never calls fsync: a power cut can lose or break it',
      }),
    },
    closed,
  ),
]);

const UpsSettings = Type.Object(
  {
    id: Id,
    upsd: Type.Object(
      {
        host: Host,
        port: Type.Integer({ minimum: 1, maximum: 65535, default: 3493 }),
        name: Type.String({
          minLength: 1,
          description: 'the name of the UPS at upsd, as `upsc -l` lists it',
        }),
        username: Type.Optional(Type.String({ minLength: 1 })),
        password: Type.Optional(Secret),
        tls: Type.Enum(['off', 'required'] as const, { default: 'off' }),
        ca: Type.Optional(Pem),
      },
      closed,
    ),
    poll: Type.Object(
      {
        status: Type.String({ ...Duration, default: '500ms' }),
        variables: Type.String({ ...Duration, default: '5s' }),
      },
      { ...closed, default: {} },
    ),
  },
  closed,
);
export type UpsSettings = Static<typeof UpsSettings>;

const NodeSettings = Type.Object(
  {
    poweredBy: Type.Array(Id, {
      default: [],
      description: 'ids of the UPSes that feed it; none: never shed',
    }),
    address: Type.Optional({
      ...Host,
      description: 'the address from which its upsmon logs in at upsd; left out: the one that Proxmox tells',
    } as typeof Host),
    nodeShutdown: Type.Enum(['upsmon', 'huismeester'] as const, {
      default: 'upsmon',
      description: 'who shuts the node itself down; `huismeester` needs a way back: wake',
    }),
    ownShutdown: Type.String({
      ...Duration,
      default: '2m',
      description:
        'what the node needs for its own shutdown, with the guests that are not ours (the board’s) and those that Huismeester itself needs',
    }),
    wake: Type.Optional(
      Type.Enum(['wol', 'ups-cycle', 'manual'] as const, {
        description:
          'how it comes back: a magic packet that we send, the UPS that switches its outlets off and on, or a person',
      }),
    ),
    mac: Type.Optional(
      Type.String({
        pattern: '^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$',
        description: 'of the network card that listens for the magic packet, AA:BB:…',
      }),
    ),
    wakeAddress: Type.String({
      default: '255.255.255.255:9',
      pattern: '^[^:]+:[0-9]{1,5}$',
      description: 'where the magic packet is sent to: address and UDP port',
    }),
  },
  closed,
);

const HypervisorSettings = Type.Object(
  {
    id: Id,
    url: Url('https', 'a Proxmox VE API, such as https://10.0.0.2:8006'),
    prefix: Type.String({
      default: '',
      pattern: '^([a-z0-9]+-)?$',
      description: 'stands before the vmid in a VM id, such as b-; of several hypervisors one may do without',
    }),
    ca: Type.Optional(Pem),
    fingerprints: Type.Optional(
      Type.Array(
        Type.String({ pattern: '^([0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2}$', description: 'SHA-256, AA:BB:…' }),
        {
          minItems: 1,
        },
      ),
    ),
    tokens: Type.Object(
      {
        operate: Type.Object(
          {
            id: Type.String({ pattern: '^[^@!]+@[^@!]+![^@!]+$', description: 'user@realm!token' }),
            secret: Secret,
          },
          closed,
        ),
      },
      closed,
    ),
    pools: Type.Object(
      {
        core: Type.Optional(Type.String({ minLength: 1 })),
        'space-wide': Type.Optional(Type.String({ minLength: 1 })),
        participant: Type.Optional(Type.String({ minLength: 1 })),
      },
      {
        ...closed,
        description: 'the pool of each class; any other pool, and no pool, is hands-off (PRIV-2)',
      },
    ),
    nodes: Type.Record(Type.String(), NodeSettings, { default: {} }),
    poll: Type.String({ ...Duration, default: '2s' }),
    shutdownTimeout: Type.String({
      ...Duration,
      default: '3m',
      description: 'how long a guest gets to shut down cleanly',
    }),
    forceStop: Type.Array(VmClass, {
      default: [],
      description:
        'the classes whose guests are killed when they do not shut down in that time; none by default',
    }),
    parallelPerNode: Type.Integer({
      minimum: 1,
      default: 4,
      description: 'how many guests of a node shut down or start at once',
    }),
  },
  closed,
);
export type HypervisorSettings = Static<typeof HypervisorSettings>;

const unreadAfter = (after: string) =>
  Type.String({
    ...Duration,
    default: after,
    description: 'time on battery, where the UPS tells neither runtime nor charge',
  });

const PowerSettings = Type.Object(
  {
    onBatteryHold: Type.String({
      ...Duration,
      default: '30s',
      description: 'nothing is done before, but for LB and FSD',
    }),
    participant: Type.Object(
      { after: Type.String({ ...Duration, default: '3m' }) },
      { ...closed, default: {} },
    ),
    'space-wide': Type.Object(
      {
        runtimeBelow: Type.String({ ...Duration, default: '8m' }),
        chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 35, description: '%' }),
        unreadAfter: unreadAfter('5m'),
      },
      { ...closed, default: {} },
    ),
    core: Type.Object(
      {
        runtimeBelow: Type.String({ ...Duration, default: '5m' }),
        chargeBelow: Type.Number({ minimum: 0, maximum: 100, default: 20, description: '%' }),
        unreadAfter: unreadAfter('7m'),
      },
      { ...closed, default: {} },
    ),
    restoreHold: Type.String({ ...Duration, default: '5m', description: 'how long mains must be stable' }),
    restoreChargeAbove: Type.Number({ minimum: 0, maximum: 100, default: 40, description: '%' }),
    restoreStep: Type.String({
      ...Duration,
      default: '2m',
      description: 'how long the start of one class may hold up the next',
    }),
    expectedShutdown: Type.String({
      ...Duration,
      default: '1m',
      description: 'what a guest is expected to need for its shutdown until it was seen to shut down',
    }),
    reserve: Type.String({
      ...Duration,
      default: '1m',
      description: 'kept back at the end of the battery when stages are counted backwards from it',
    }),
  },
  { ...closed, default: {} },
);
export type PowerSettings = Static<typeof PowerSettings>;

const Policy = Type.Object({ power: PowerSettings }, { ...closed, default: {} });

const Self = Type.Object(
  {
    dependsOn: Type.Array(
      Type.String({
        pattern: '^(vm|node|switch|host)/[a-z0-9]+(-[a-z0-9]+)*$',
        description: 'such as vm/100, node/pve-pve1 (hypervisor-node), switch/sw1 or host/nas',
      }),
      { default: [] },
    ),
  },
  {
    ...closed,
    default: {},
    description:
      'what Huismeester itself needs: its own VM, database, broker, upsd’s host, the switch. It goes last, with its node',
  },
);

const Listen = Type.Object(
  {
    host: Type.Optional(Type.String({ minLength: 1 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    socket: Type.Optional(Type.String({ minLength: 1 })),
  },
  {
    ...closed,
    description: 'where the process that runs this service alone listens; what is left out is as under http',
  },
);

const Testing = Type.Object(
  {
    clockOffsetFile: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a file with the milliseconds by which the civil clock is wrong from now on; read again and again, so that a test can make it jump',
      }),
    ),
    acceptFalseClock: Type.Boolean({
      default: false,
      description: 'a false clock misdates events and misjudges deadlines: never on a real site',
    }),
  },
  { ...closed, default: {}, description: 'for tests of Huismeester itself' },
);

const Peer = Type.Object(
  {
    url: Url('https?', 'where the service answers, without /api/v1'),
    secret: Type.String({
      minLength: 16,
      description: 'of 16 characters or more (openssl rand -hex 24), better from a file than written here',
    }),
    listen: Type.Optional(Listen),
  },
  closed,
);

const Log = Type.Object(
  {
    retention: Type.String({
      ...Duration,
      default: '9600h',
      description:
        'how long events stay in the logs, 24h to 87600h; decisions, and who armed or held what, stay for good',
    }),
  },
  { ...closed, default: {} },
);

/** The whole of `space.yaml`. Every service checks all of it and uses its own parts (its `settings.ts` says which). */
export const SpaceSettings = Type.Object(
  {
    site: Site,
    http: Http,
    broker: Broker,
    database: Database,
    ups: Type.Array(UpsSettings, { default: [] }),
    hypervisors: Type.Array(HypervisorSettings, { default: [] }),
    self: Self,
    policy: Policy,
    log: Log,
    testing: Testing,
    services: Type.Object(
      Object.fromEntries(serviceNames.map((name) => [name, Type.Optional(Peer)])) as Record<
        (typeof serviceNames)[number],
        Type.TOptional<typeof Peer>
      >,
      {
        ...closed,
        default: {},
        description:
          'distributed only: where each service answers, and the secret that services show each other',
      },
    ),
  },
  closed,
);
export type SpaceSettings = Static<typeof SpaceSettings>;
