import { type Static, Type } from 'typebox';
import {
  closedObject,
  Duration,
  described,
  durationOr,
  Host,
  Pem,
  Secret,
  section,
  sizeOr,
  Url,
} from '../define.ts';
import { DependsOn, Id, VmClass } from '../words.ts';

const NodeSettings = closedObject({
  poweredBy: Type.Array(Id, {
    default: [],
    description: 'ids of the UPSes that feed it; none: never shed',
  }),
  address: Type.Optional(
    described(
      Host,
      'the address from which its upsmon logs in at upsd; left out: the one that Proxmox reports',
    ),
  ),
  nodeShutdown: Type.Enum(['upsmon', 'huismeester'] as const, {
    default: 'upsmon',
    description: 'who shuts the node itself down; `huismeester` needs a way back: wake',
  }),
  ownShutdown: durationOr(
    '2m',
    'what the node needs for its own shutdown, with the guests that are not ours (the board’s) and those that Huismeester itself needs',
  ),
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
});

const Token = (description: string) =>
  closedObject(
    {
      id: Type.String({ pattern: '^[^@!]+@[^@!]+![^@!]+$', description: 'user@realm!token' }),
      secret: Secret,
    },
    description,
  );

const Vmid = (description: string) => Type.Integer({ minimum: 100, maximum: 999_999_999, description });

const TemplateSettings = closedObject({
  id: described(Id, 'what participants choose it by: a-z, 0-9 and single dashes'),
  name: Type.Optional(Type.String({ minLength: 1, description: 'what people read; left out: its id' })),
  kind: Type.Enum(['qemu', 'lxc'] as const, {
    default: 'qemu',
    description: '`qemu`: a VM template that is cloned; `lxc`: a container from an ostemplate',
  }),
  vmid: Type.Optional(Vmid('of the VM template, for kind: qemu')),
  ostemplate: Type.Optional(
    Type.String({
      pattern: '^[^:/]+:vztmpl/[^/]+$',
      description: 'for kind: lxc, such as local:vztmpl/debian-13-standard_13.1-1_amd64.tar.zst',
    }),
  ),
  node: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'kind: lxc: the node whose storage has the ostemplate; left out: any node that has it',
    }),
  ),
  user: Type.Optional(
    Type.String({
      pattern: '^[a-z_][a-z0-9_-]{0,31}$',
      description: 'who logs in, as in `ssh debian@…`; left out: debian, in a container root',
    }),
  ),
  minDisk: sizeOr('4GiB', 'the least disk that its system fits on'),
});
export type TemplateSettings = Static<typeof TemplateSettings>;

const HypervisorSettings = closedObject({
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
  tokens: closedObject({
    operate: Token('sees the VMs of the pools, starts them and shuts them down'),
    create: Type.Optional(Token('makes VMs in the participants’ pool; without it nobody can make one here')),
    promote: Type.Optional(
      Token('moves a VM to the pool of another class; without it the commands for that are printed'),
    ),
    review: Type.Optional(
      Token(
        'asks Proxmox who has admin rights (CORE-4): Sys.Audit on /access; without it nobody is reviewed here',
      ),
    ),
  }),
  pools: closedObject(
    {
      core: Type.Optional(Type.String({ minLength: 1 })),
      'space-wide': Type.Optional(Type.String({ minLength: 1 })),
      participant: Type.Optional(Type.String({ minLength: 1 })),
    },
    'the pool of each class; any other pool, and no pool, is hands-off (PRIV-2)',
  ),
  nodes: Type.Record(Type.String(), NodeSettings, { default: {} }),
  /** Read by netwatch: behind a switch that failed nobody knows whether it works. */
  dependsOn: DependsOn,
  poll: durationOr('2s'),
  shutdownTimeout: durationOr('3m', 'how long a guest gets to shut down cleanly'),
  forceStop: Type.Array(described(VmClass, 'of the pool that a guest is in'), {
    default: [],
    description:
      'the classes whose guests are killed when they do not shut down in that time; none by default',
  }),
  parallelPerNode: Type.Integer({
    minimum: 1,
    default: 4,
    description: 'how many guests of a node shut down or start at once',
  }),
  vmids: Type.Optional(
    closedObject(
      { from: Vmid('the first'), to: Vmid('the last') },
      'the range of numbers for VMs that participants make; ours alone',
    ),
  ),
  templates: Type.Array(TemplateSettings, {
    default: [],
    description: 'what participants make their VMs of',
  }),
  storage: Type.Optional(Type.String({ minLength: 1, description: 'where the disks of new VMs go' })),
  bridge: Type.Optional(
    Type.String({ minLength: 1, description: 'the network that new containers are on, such as vmbr0' }),
  ),
});
export type HypervisorSettings = Static<typeof HypervisorSettings>;

const Cores = (otherwise: number) => Type.Integer({ minimum: 1, maximum: 128, default: otherwise });
const sized = (cores: number, memory: string, disk: string, description: string) =>
  section({ cores: Cores(cores), memory: sizeOr(memory), disk: sizeOr(disk) }, description);
const Share = (otherwise: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 100, default: otherwise, description });

const adoption = section(
  {
    deadline: Type.Union([Type.Literal('never'), Duration], {
      default: 'never',
      description: 'how long a VM may be without an owner before that is a violation: never, or such as 720h',
    }),
  },
  'VMs of the participants’ pool that have no owner yet',
);

/** What one person may have, all their VMs together. */
const quota = section(
  {
    vms: Type.Integer({ minimum: 0, default: 3 }),
    cores: Type.Integer({ minimum: 0, default: 4, description: 'of VMs that run, or are being made' }),
    memory: sizeOr('8GiB', 'of VMs that run, or are being made'),
    disk: sizeOr('80GiB', 'of all VMs, those that are off too'),
  },
  'what one person may have, all their VMs together',
);
export type QuotaSettings = Static<typeof quota>;

const sizes = section(
  {
    s: sized(1, '1GiB', '10GiB', 'small'),
    m: sized(2, '2GiB', '20GiB', 'middle'),
    l: sized(4, '4GiB', '40GiB', 'large'),
  },
  'the sizes that participants choose from',
);
export type SizesSettings = Static<typeof sizes>;

const reserve = section(
  {
    memory: Share(85, '% of a node’s memory'),
    storage: Share(90, '% of a storage'),
  },
  'nothing is made, started or enlarged where more than this would be in use',
);
export type ReserveSettings = Static<typeof reserve>;

export const settings = {
  hypervisors: Type.Array(HypervisorSettings, { default: [] }),
  sizes,
  quota,
  reserve,
  adoption,
};
