import { type Static, Type } from 'typebox';
import { closedObject, described, durationOr, Host, Pem, Secret, Url } from '../define.ts';
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
});
export type HypervisorSettings = Static<typeof HypervisorSettings>;

export const settings = { hypervisors: Type.Array(HypervisorSettings, { default: [] }) };
