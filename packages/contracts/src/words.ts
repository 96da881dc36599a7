import { type Static, Type } from 'typebox';
import { described } from './define.ts';

/** A VM's class, from the pool it is in (policy TEAM-4). A VM of no class is not managed, and not named, at all. */
export const VmClass = Type.Enum(['core', 'space-wide', 'participant'] as const, {
  description: 'By pool',
  examples: ['participant'],
});

/** How a power cut stands for one UPS, mildest first; `recovering` is mains back but not yet trusted. */
export const Stage = Type.Enum(
  ['mains', 'recovering', 'hold', 'participant', 'space-wide', 'core'] as const,
  {
    description: 'How far a power cut has come; stages from `participant` on are being shut down',
    examples: ['hold'],
  },
);

/** What policy wants of a VM; `hands-off` is: nothing, leave it as it is. */
export const PowerState = Type.Enum(['running', 'stopped', 'hands-off'] as const, { examples: ['stopped'] });

/** `dry-run` decides, shows and logs; `enforce` also acts. */
export const Mode = Type.Enum(['dry-run', 'enforce'] as const);

/** What people of the space read. */
export const Language = Type.Enum(['nl', 'en'] as const);

/** Our line to a UPS: NUT's four ways of not knowing are four different things (RFC 9271). */
export const Contact = Type.Enum(
  ['unknown', 'ok', 'waiting', 'stale', 'driver-gone', 'unreachable', 'refused'] as const,
  {
    description:
      '`waiting`: the driver says WAIT; `stale`: DATA-STALE; `driver-gone`: DRIVER-NOT-CONNECTED; `unreachable`: no upsd; `refused`: upsd will not answer us',
    examples: ['ok'],
  },
);

/** What made a guest start or stop, as far as Proxmox shows it. */
export const PowerCause = Type.Enum(['huismeester', 'person', 'node', 'ha', 'guest', 'unknown'] as const, {
  description:
    '`node`: the node booted or went down; `guest`: no task did it, so it came from inside the guest',
});

/** Who shuts a node itself down. */
export const NodeShutdown = Type.Enum(['upsmon', 'huismeester'] as const);

/** How a node comes back: a magic packet that we send, the UPS that switches its outlets off and on, or a person. */
export const Wake = Type.Enum(['wol', 'ups-cycle', 'manual'] as const);

/** What we ask of a guest: `stop` pulls its plug, where settings allow that. */
export const GuestAct = Type.Enum(['shutdown', 'start', 'stop'] as const);

/** What we ask about a node. */
export const NodeAct = Type.Enum(['shutdown', 'wake'] as const);

/** Whoever reads what is open in the space: every role but `display`. */
export const everyRole = ['administrator', 'infrateam', 'board', 'trial', 'participant', 'service'] as const;

/**
 * Who may do what at the REST API; `administrator` is the local break-glass role, `service` is for our services, `display` for a
 * screen on a wall, which reads how the space is and nothing else.
 */
export const Role = Type.Enum([...everyRole, 'display'] as const);

const idPattern = '^[a-z0-9]+(-[a-z0-9]+)*$';
/** An id in settings, topics and URLs: NATS maps `/` to `.` and refuses spaces. */
export const Id = Type.String({
  pattern: idPattern,
  description: 'a-z, 0-9 and single dashes',
});

export const UpsId = Type.String({
  pattern: idPattern,
  description: 'Id of a UPS, as in the settings',
  examples: ['rack'],
});
export const VmId = Type.String({ pattern: idPattern, description: 'Id of a VM', examples: ['104'] });
export const HypervisorId = Type.String({
  pattern: idPattern,
  description: 'Id of a hypervisor, as in the settings',
  examples: ['pve'],
});
export const NodeId = Type.String({
  pattern: idPattern,
  description:
    '`<hypervisor>-<node>`, in lower case, and `-2` after it for the second node that would have the same',
  examples: ['pve-pve1'],
});
export const NodeName = Type.String({ examples: ['pve1'] });

/**
 * The id of a node by its name, which is unique within its hypervisor and may have capitals; ids and topics have none. Two
 * nodes may come to the same id (`n1` of `pve-b` and `b-n1` of `pve`): vm-lifecycle gives the second one another, so that
 * an event's or a resource's `id` is what counts, and this is only where to begin.
 */
export function nodeId(hypervisor: string, node: string): string {
  return `${hypervisor}-${node.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

export const Timestamp = Type.String({
  format: 'date-time',
  description: 'ISO 8601 in UTC',
  examples: ['2026-11-22T17:31:20.306Z'],
});
export const Percent = Type.Number({ minimum: 0, description: '%', examples: [98] });
export const Seconds = Type.Number({ minimum: 0, description: 's', examples: [95] });
/** What is left of a battery, s. */
export const Runtime = Type.Number({ minimum: 0, description: 's', examples: [2340] });

/** Whatever can fail, or explain a failure: `probe/website`, `switch/sw1`, `port/sw1/gi1-0-3`, `vm/104`, `mains/rack`, `vantage/main`. */
export const ThingId = Type.String({
  pattern: '^(probe|switch|port|vm|node|hypervisor|ups|mains|vantage)/[a-z0-9-]+(/[a-z0-9-]+)?$',
  description:
    'A probe, switch, port, vm, node, hypervisor, ups, mains or the vantage itself, by its subject',
  examples: ['switch/sw1'],
});

/** How something to depend on is written in settings. */
export const needForm = 'KIND/ID, such as switch/sw1 or vm/104';
const Need = described(ThingId, needForm);

/** What something needs to be reached: of anything that netwatch looks at, itself or through another log. */
export const DependsOn = Type.Array(
  Type.Union([Need, Type.Array(Need, { minItems: 2, description: 'any one of these is enough' })]),
  {
    default: [],
    description: 'what must work for it to be reached: all of these, and of a list in the list any one',
  },
);
export type DependsOn = Static<typeof DependsOn>;

/**
 * A person: the id that the directory gave when the person was first seen there (entryUUID, RFC 4530), which is the same under
 * another uid or DN, and is kept when the directory gives everybody a new id.
 */
export const PersonId = Type.String({
  format: 'uuid',
  description: 'A person, by the id in the directory; never a uid or a DN',
  examples: ['5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f'],
});
export type PersonId = Static<typeof PersonId>;

/**
 * Which guest it is that a vmid names now, since vmids are reused at once: the uuid of `smbios1` (QEMU; kept by restore, rollback
 * and migration), else the MAC address of net0. Unique within its hypervisor and vmid.
 */
export const Incarnation = Type.String({
  pattern: '^(uuid|mac)-[0-9a-f-]+$',
  description: 'The guest itself, whatever its vmid: `uuid-…` of smbios1, else `mac-…` of net0',
  examples: ['uuid-7c1f0a52-9d0e-4c39-a6a5-3c1f1d2b7e10'],
});

/** Of an incarnation that belongs to somebody: the VM's id and a digest of the incarnation. */
export const OwnershipId = Type.String({
  pattern: idPattern,
  description: '`<vm>-<8 hex digits>`: one incarnation of a VM',
  examples: ['104-1f3c9a2b'],
});

/** A project, by an id that is made when it begins. */
export const ProjectId = Type.String({
  pattern: idPattern,
  description: 'Id of a project',
  examples: ['p-7k2m9'],
});
