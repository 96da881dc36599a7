import { createNutClient, type NutClient, NutError, parseIdentity, parseReadings } from '@huismeester/nut';
import { machineOf } from '../check/address.ts';
import { NotFine } from '../errors.ts';
import type { FoundUps } from './found.ts';
import type { HostPort } from './places.ts';

/** All UPSes of one upsd. Throws {@link NotFine} with what to do when it does not answer, or has none. */
export async function askUpsd(at: HostPort): Promise<FoundUps[]> {
  const client = createNutClient(at);
  try {
    const machine = await machineOf(at.host);
    const upses = await client.listUps();
    if (upses.length === 0) {
      throw new NotFine(`upsd at ${at.host}:${at.port} knows no UPS\n  Name one in /etc/nut/ups.conf there.`);
    }
    return await Promise.all(upses.map((ups) => askUps(client, { ...ups, at, machine })));
  } catch (error) {
    if (error instanceof NotFine) throw error;
    throw new NotFine(`${reasonOf(at, error)}\n${hints}`, { cause: error });
  } finally {
    await client.close();
  }
}

type Known = Pick<FoundUps, 'at' | 'name' | 'description' | 'machine'>;

async function askUps(client: NutClient, ups: Known): Promise<FoundUps> {
  const clients = await client.listClients(ups.name);
  try {
    const vars = await client.listVars(ups.name);
    const { 'ups.status': status = '' } = vars;
    return {
      ...ups,
      clients,
      now: { status, readings: parseReadings(vars), identity: parseIdentity(vars) },
    };
  } catch (error) {
    // upsd knows it and its driver does not answer: it is there all the same.
    if (error instanceof NutError) return { ...ups, clients };
    throw error;
  }
}

const hints = `  On that machine: MODE=netserver in /etc/nut/nut.conf, LISTEN 0.0.0.0 3493 in /etc/nut/upsd.conf, then
  systemctl restart nut-server; and no firewall between. \`upsc -l HOST\` shows whether it works.`;

function reasonOf({ host, port }: HostPort, error: unknown): string {
  if (!(error instanceof Error)) return `upsd at ${host}:${port}: ${String(error)}`;
  const { cause } = error;
  const why = cause instanceof Error ? ` (${cause.message || cause.name})` : '';
  return `${error.message.includes(host) ? '' : `upsd at ${host}:${port}: `}${error.message}${why}`;
}
