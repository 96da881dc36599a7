import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { SnmpError } from '@huismeester/snmp';
import { NotFine } from '../../errors.ts';
import type { InitSection } from '../../feature.ts';
import { allOf } from '../../init/all-of.ts';
import type { HostPort } from '../../init/places.ts';
import { uniqueIds } from '../../init/plan.ts';
import { command } from '../../init/steps.ts';
import { askSwitch, type FoundSwitch } from '../ask-switch.ts';
import { defaultGateway } from './default-route.ts';
import { communityVariable, networkYaml } from './network-yaml.ts';
import { switchName } from './switch-name.ts';

interface Request {
  readonly places: readonly HostPort[];
  readonly website: string | undefined;
  readonly community: string | undefined;
}

/** Asks the switches, if there is a community, and finds the gateway. Throws {@link NotFine} with what to do. */
export async function lookAtNetwork({ places, website, community }: Request): Promise<InitSection> {
  const [found, gateway] = await Promise.all([
    community === undefined ? undefined : allOf(places.map((place) => ask(place, community))),
    readGateway(),
  ]);
  const ids = uniqueIds(
    places.map(({ host }, index) => switchName(found?.[index], host)),
    'switch',
  );
  const switches = places.map((place, index) => {
    const seen = found?.[index];
    return { ...place, id: ids[index] ?? 'switch', ...(seen && { found: seen }) };
  });
  return {
    yaml: networkYaml({ switches, gateway, website }),
    steps: places.length > 0 && community === undefined ? [again(places)] : [],
  };
}

function again(places: readonly HostPort[]): string[] {
  const flags = places.map(({ host, port }) => ` --switch ${host}${port === 161 ? '' : `:${port}`}`);
  return [
    'Run this again with the community of the switches, and it lists their ports:',
    `${communityVariable}=… ${command} init${flags.join('')} …`,
  ];
}

async function ask({ host, port }: HostPort, community: string): Promise<FoundSwitch> {
  try {
    return await askSwitch({ host, port, credentials: { version: '2c', community } });
  } catch (error) {
    if (!(error instanceof SnmpError)) throw error;
    throw new NotFine(`${error.message}\n${hints}`, { cause: error });
  }
}

const hints = `  In the switch: SNMP v2c on, for this machine, to be read only; an agent does not answer a community that is not its own.
  \`snmpwalk -v 2c -c COMMUNITY HOST system\` (Debian: snmp) shows whether it works.`;

/** Undefined where the machine has no default route, or is no Linux. */
async function readGateway(): Promise<string | undefined> {
  const table = await readFile('/proc/net/route', 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return defaultGateway(table, endianness());
}
