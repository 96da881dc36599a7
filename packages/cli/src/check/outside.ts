import type { SpaceSettings } from '@huismeester/contracts';
import { features } from '../features.ts';
import { addressesOf } from './address.ts';
import { checkBroker } from './broker.ts';
import { checkDatabase } from './database.ts';
import { checkFeeds } from './feeds.ts';
import { type Finding, look } from './finding.ts';
import { checkHttp } from './http.ts';
import { checkHypervisor } from './hypervisor.ts';
import { checkUps } from './ups.ts';
import { type LeftToUpsmon, type Logins, leftToUpsmon, upsmonFindings } from './upsmon.ts';

/**
 * Asks each upsd, each Proxmox VE, the broker and the database whether what settings say of it is so, and has features check what is
 * theirs: netwatch looks at services and switches, and tries the port for traps. Changes nothing.
 */
export async function checkOutside(settings: SpaceSettings): Promise<Finding[]> {
  const [upses, hypervisors, broker, database, ...more] = await Promise.all([
    Promise.all(settings.ups.map(checkUps)),
    Promise.all(settings.hypervisors.map(checkHypervisor)),
    checkBroker(settings.broker),
    checkDatabase(settings.database),
    ...features.map(({ check }) => check?.(settings) ?? []),
  ]);
  const logins = new Map(upses.flatMap(({ id, logins }) => (logins === undefined ? [] : [[id, logins]])));
  const addressOf = (hypervisor: string, node: string) =>
    hypervisors.find(({ id }) => id === hypervisor)?.addresses.get(node);
  const nodes = leftToUpsmon(settings).map((left) => {
    const written = settings.hypervisors.find(({ id }) => id === left.hypervisor)?.nodes[left.node]?.address;
    return checkUpsmon(left, written ?? addressOf(left.hypervisor, left.node), logins);
  });
  return [
    ...[...upses, ...hypervisors].flatMap(({ findings }) => findings),
    ...checkFeeds(settings),
    ...(await Promise.all(nodes)).flat(),
    ...checkHttp(settings),
    ...broker,
    ...database,
    ...more.flat(),
  ];
}

async function checkUpsmon(
  left: LeftToUpsmon,
  host: string | undefined,
  logins: ReadonlyMap<string, Logins>,
): Promise<Finding[]> {
  const what = `hypervisor ${left.hypervisor}: node ${left.node} has an address`;
  const { value, finding } = await look(what, async () => (host === undefined ? [] : addressesOf(host)));
  return value === undefined ? [finding] : upsmonFindings(left, value, logins);
}
