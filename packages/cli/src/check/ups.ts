import type { UpsSettings } from '@huismeester/contracts';
import { createNutClient, type NutClient } from '@huismeester/nut';
import { machineOf } from './address.ts';
import { type Finding, look } from './finding.ts';
import type { Logins } from './upsmon.ts';

export interface CheckedUps {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** Absent when upsd did not answer. */
  readonly logins?: Logins;
}

/** upsd answers, knows the UPS, and its driver runs. The password is not tried: only LOGIN would show it is right, and
 * LOGIN says "I draw power from it", which upsd would believe. */
export async function checkUps({ id, upsd }: UpsSettings): Promise<CheckedUps> {
  const { name, ...where } = upsd;
  const client = createNutClient(where);
  try {
    const reached = await look(`ups ${id}: upsd answers at ${where.host}:${where.port}`, () => client.ver());
    if (reached.value === undefined) return { id, findings: [reached.finding] };
    const known = await look(`ups ${id}: upsd knows a UPS called ${name}`, () => find(client, name));
    if (known.value === undefined) return { id, findings: [reached.finding, known.finding] };
    const runs = await look(`ups ${id}: its driver gives a status`, () => client.getVar(name, 'ups.status'));
    const drawers = await look(`ups ${id}: upsd lists who draws power from it`, async () => ({
      upsd,
      clients: await client.listClients(name),
      machine: await machineOf(where.host),
    }));
    const findings = [reached, known, runs, drawers].map(({ finding }) => finding);
    return { id, findings, ...(drawers.value && { logins: drawers.value }) };
  } finally {
    await client.close();
  }
}

async function find(client: NutClient, name: string): Promise<string> {
  const names = (await client.listUps()).map((ups) => ups.name);
  // RFC 9271: names are case-insensitive.
  const found = names.find((each) => each.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new Error(`it knows ${names.join(', ') || 'none'}`);
  return found;
}
