/** A row of ifTable and ifXTable, as a switch lists its interfaces. */
export interface ListedPort {
  readonly ifIndex: number;
  /** ifName; absent where the agent has none. */
  readonly name?: string;
  /** ifDescr. */
  readonly descr?: string;
  /** ifAlias: what people wrote. */
  readonly alias?: string;
  /** ifType (IANAifType-MIB). */
  readonly type?: number;
}

/** How a port is recognized when the switch numbers its interfaces anew. Stored for good. */
export interface PortIdentity {
  readonly id: string;
  readonly by: 'name' | 'descr' | 'index';
  readonly key: string;
}

/** A port that is watched, as the last list had it. */
export interface KnownPort extends ListedPort {
  readonly id: string;
  /** What people call it: ifName, else ifDescr, else ifIndex. */
  readonly label: string;
  /** The name by which settings mean it. */
  readonly setting?: string;
}

/** Interfaces with a plug, or made of such: ethernetCsmacd, gigabitEthernet, ieee8023adLag. */
const portTypes: ReadonlySet<number | undefined> = new Set([6, 117, 161]);

/** The ports of a list by the ids that they have for good, and the identities that are new. */
export function identifyPorts(
  list: readonly ListedPort[],
  known: readonly PortIdentity[],
  named: ReadonlySet<string>,
): { readonly ports: readonly KnownPort[]; readonly added: readonly PortIdentity[] } {
  const unique = { name: valuesOnce(list, 'name'), descr: valuesOnce(list, 'descr') };
  const byKey = new Map(known.map((each) => [keyOf(each), each.id]));
  const taken = new Set(known.map(({ id }) => id));
  const added: PortIdentity[] = [];
  const meant = settingsOf(list, named);
  const ports = list
    .filter((port) => portTypes.has(port.type) || meant.has(port))
    .map((port): KnownPort => {
      const keys = keysOf(port, unique);
      const found = keys.map((each) => byKey.get(keyOf(each))).find((id) => id !== undefined);
      const id = found ?? add(keys[0] ?? indexKey(port));
      const setting = meant.get(port);
      return { ...port, id, label: labelOf(port), ...(setting !== undefined && { setting }) };
    });
  return { ports, added };

  function add(key: Omit<PortIdentity, 'id'>): string {
    const id = freeId(key.key, taken);
    taken.add(id);
    added.push({ ...key, id });
    return id;
  }
}

/** Which name of settings means which port. A name is an ifName first, then an ifDescr, then an ifIndex: `49` is never two of them. */
function settingsOf(list: readonly ListedPort[], named: ReadonlySet<string>): Map<ListedPort, string> {
  const meant = new Map<ListedPort, string>();
  const left = new Set(named);
  left.delete('');
  for (const nameOf of waysToName) {
    const found = new Set<string>();
    for (const port of left.size > 0 ? list : []) {
      const name = nameOf(port);
      if (!left.has(name)) continue;
      found.add(name);
      if (!meant.has(port)) meant.set(port, name);
    }
    for (const name of found) left.delete(name);
  }
  return meant;
}

const waysToName: readonly ((port: ListedPort) => string)[] = [
  ({ name = '' }) => name,
  ({ descr = '' }) => descr,
  ({ ifIndex }) => String(ifIndex),
];

function labelOf({ name, descr, ifIndex }: ListedPort): string {
  return name || descr || String(ifIndex);
}

/** In the order of how well they last: a name over a description over a number. */
function keysOf(
  port: ListedPort,
  unique: { readonly name: ReadonlySet<string>; readonly descr: ReadonlySet<string> },
): Omit<PortIdentity, 'id'>[] {
  const { name, descr } = port;
  return [
    ...(name !== undefined && unique.name.has(name) ? [{ by: 'name', key: name } as const] : []),
    ...(descr !== undefined && unique.descr.has(descr) ? [{ by: 'descr', key: descr } as const] : []),
    indexKey(port),
  ];
}

function indexKey({ ifIndex }: ListedPort): Omit<PortIdentity, 'id'> {
  return { by: 'index', key: String(ifIndex) };
}

function keyOf({ by, key }: Omit<PortIdentity, 'id'>): string {
  return `${by} ${key}`;
}

/** What only one interface of the list has. */
function valuesOnce(list: readonly ListedPort[], field: 'name' | 'descr'): Set<string> {
  const counts = new Map<string, number>();
  for (const { [field]: value } of list) {
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([value, count]) => (count === 1 ? [value] : [])));
}

/** An id of a-z, 0-9 and single dashes: `Gi1/0/3` is `gi1-0-3`, and `gi1-0-3-2` where another has that. */
function freeId(label: string, taken: ReadonlySet<string>): string {
  const made = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-$/, '');
  const base = made === '' ? 'port' : made;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(id)) return id;
  }
}
