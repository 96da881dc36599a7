import type { CableFields, ItemFields, ItemLink } from '@huismeester/contracts';

/** An item of the demo; whose it is may name a person by uid. */
export interface DemoItem extends Omit<ItemFields, 'tenure'> {
  readonly id: string;
  readonly links?: readonly ItemLink[];
  readonly tenure?: {
    readonly kind: 'owned' | 'rented' | 'loaned' | 'private';
    readonly name?: string;
    /** By uid. */
    readonly person?: string;
    /** So many days from now. */
    readonly days?: number;
  };
}

const inUse = { life: 'in-use', core: 'no', space_wide: false } as const;
const owned = { kind: 'owned' } as const;

/** What is registered; what else is there, or is named by the policy, is proposed. */
export const items: readonly DemoItem[] = [
  {
    ...inUse,
    id: 'rack-ups',
    name: 'UPS of the rack',
    kind: 'ups',
    layer: 'supporting',
    core: 'availability',
    place: 'rack, bottom',
    tenure: owned,
    stands_for: 'ups/rack',
  },
  {
    ...inUse,
    id: 'sw1',
    name: 'Switch of the rack',
    kind: 'switch',
    layer: '2',
    core: 'availability',
    place: 'rack, unit 12',
    tenure: owned,
    stands_for: 'switch/sw1',
  },
  {
    ...inUse,
    id: 'pve1',
    name: 'First Proxmox node',
    kind: 'server',
    layer: '1',
    core: 'availability',
    place: 'rack, unit 7',
    tenure: owned,
    stands_for: 'node/pve-pve1',
    note: 'Serial number 4711',
  },
  // Lent: no core VM may run on it (CORE-6). None does, as long as nobody moves one.
  {
    ...inUse,
    id: 'pve2',
    name: 'Second Proxmox node',
    kind: 'server',
    layer: '1',
    place: 'rack, unit 8',
    tenure: { kind: 'loaned', person: 'teun', days: 200 },
    stands_for: 'node/pve-pve2',
  },
  {
    ...inUse,
    id: 'website',
    name: 'Website',
    kind: 'server-software',
    layer: '7',
    tenure: owned,
    stands_for: 'vm/102',
  },
  {
    ...inUse,
    id: 'bar-pc',
    name: 'Bar PC',
    kind: 'bar-pc',
    layer: '7',
    space_wide: true,
    place: 'bar',
    tenure: owned,
    links: [{ kind: 'depends-on', to: 'switch/sw1' }],
  },
  {
    ...inUse,
    id: 'projector',
    name: 'Projector',
    kind: 'other',
    layer: 'supporting',
    space_wide: true,
    place: 'lounge',
    tenure: { kind: 'rented', name: 'Demo Rental', days: 45 },
    links: [{ kind: 'depends-on', to: 'item/bar-pc' }],
  },
  // Somebody's own and not directly supporting: kept, and counted nowhere (INFRA-1).
  {
    ...inUse,
    id: 'bar-laptop',
    name: 'Laptop behind the bar',
    kind: 'laptop',
    layer: '7',
    tenure: { kind: 'private', person: 'daan' },
  },
];

/** Cables; the last one is only planned, and has a free end. */
export const cables: readonly (CableFields & { readonly id: string })[] = [
  {
    id: 'c1',
    state: 'laid',
    a: { item: 'sw1', port: 'gi1/0/1' },
    b: { item: 'pve1', port: 'eno1' },
    note: 'Cat 6, grey, 1 m',
  },
  { id: 'c2', state: 'laid', a: { item: 'sw1', port: 'gi1/0/2' }, b: { item: 'pve2', port: 'eno1' } },
  {
    id: 'c3',
    state: 'laid',
    a: { item: 'sw1', port: 'gi1/0/4' },
    b: { item: 'bar-pc', port: 'eth0' },
    note: 'Cat 5e, 25 m',
  },
  { id: 'c4', state: 'planned', a: { item: 'sw1', port: 'gi1/0/5' } },
];

/** Who learns what, and who then says that they can (TEAM-2). The website has one steward alone. */
export const stewards: readonly {
  readonly item: string;
  readonly person: string;
  readonly promotedBy?: string;
}[] = [
  { item: 'sw1', person: 'mira', promotedBy: 'teun' },
  { item: 'sw1', person: 'teun', promotedBy: 'mira' },
  { item: 'sw1', person: 'noor' },
  { item: 'pve1', person: 'mira', promotedBy: 'saar' },
  { item: 'pve1', person: 'teun', promotedBy: 'mira' },
  { item: 'rack-ups', person: 'teun', promotedBy: 'saar' },
  { item: 'rack-ups', person: 'saar', promotedBy: 'teun' },
  { item: 'website', person: 'mira', promotedBy: 'teun' },
  { item: 'bar-pc', person: 'lisa', promotedBy: 'mira' },
  { item: 'bar-pc', person: 'daan' },
];

/** Design decisions: one with its page, one whose page is moved, one whose page is blank, and one whose page nobody wrote yet. */
export const designDecisions = [
  {
    id: 'vlans',
    title: 'Guests have a VLAN of their own',
    status: 'accepted',
    item: 'sw1',
    page: 'Network plan',
  },
  {
    id: 'two-nodes',
    title: 'Two nodes without shared storage',
    status: 'accepted',
    item: 'pve1',
    page: 'Two nodes',
  },
  { id: 'music', title: 'Music comes from a container', status: 'proposed', page: 'Music' },
  { id: 'backups', title: 'Where backups go', status: 'proposed', page: 'Backups' },
] as const;

/** It stands in the report to the board, which is in Dutch. */
export const advice = {
  title: 'Een tweede internetverbinding',
  text: 'Neem een tweede verbinding van een andere aanbieder: zonder internet kan niemand inloggen.',
};
