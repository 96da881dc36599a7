import { systemClock } from '@huismeester/clock';
import { identifyPorts, type ListedPort } from '@huismeester/contracts';
import { createSnmpClient, type SnmpCredentials, type SnmpValue, textOf } from '@huismeester/snmp';

/** A switch as its SNMP agent shows it. */
export interface FoundSwitch {
  /** sysName and sysDescr. */
  readonly name?: string;
  readonly description?: string;
  readonly ports: readonly FoundPort[];
  /** The ids that netwatch gives those it watches, at first sight. */
  readonly ids: readonly string[];
}

export interface FoundPort {
  /** By which names settings can name it: ifName, ifDescr, ifIndex; the first one is how people call it. */
  readonly names: readonly string[];
  /** ifAlias: what people wrote. */
  readonly alias?: string;
  readonly up: boolean;
  /** Ethernet and aggregations of it (ifType 6, 117, 161): what is watched without being named. */
  readonly ethernet: boolean;
}

export interface SwitchAccess {
  readonly host: string;
  readonly port: number;
  readonly credentials: SnmpCredentials;
  /** The names of settings: what they name is watched, whatever it is. */
  readonly named?: readonly string[];
}

/** SNMPv2-MIB's sysName and sysDescr; RFC 2863's ifDescr, ifType, ifOperStatus, ifName and ifAlias. */
const scalars = ['1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.1.0'];
const columns = [
  '1.3.6.1.2.1.2.2.1.2',
  '1.3.6.1.2.1.2.2.1.3',
  '1.3.6.1.2.1.2.2.1.8',
  '1.3.6.1.2.1.31.1.1.1.1',
  '1.3.6.1.2.1.31.1.1.1.18',
];
const ethernetTypes: ReadonlySet<SnmpValue | undefined> = new Set([6, 117, 161]);

/** Asks a switch once. Throws an SnmpError, or a RangeError for credentials that no agent takes. */
export async function askSwitch({ host, port, credentials, named = [] }: SwitchAccess): Promise<FoundSwitch> {
  const client = createSnmpClient({ host, port, credentials, clock: systemClock });
  try {
    const read = await client.columns(columns, { scalars });
    const [name, description] = read.scalars.map(textOf);
    const ports = [...read.rows].map(([index, [descr, type, oper, ifName, ifAlias]]): FoundPort => {
      const alias = textOf(ifAlias);
      const names = [textOf(ifName), textOf(descr), index].filter((each) => each !== undefined);
      return {
        names: [...new Set(names)],
        up: oper === 1,
        ethernet: ethernetTypes.has(type),
        ...(alias !== undefined && { alias }),
      };
    });
    const listed = [...read.rows].map(
      ([index, [descr, type, , ifName]]): ListedPort => ({
        ifIndex: Number(index),
        ...(typeof type === 'number' && { type }),
        name: textOf(ifName) ?? '',
        descr: textOf(descr) ?? '',
      }),
    );
    const ids = identifyPorts(listed, [], new Set(named)).ports.map(({ id }) => id);
    return {
      ports,
      ids,
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
    };
  } finally {
    client.close();
  }
}
