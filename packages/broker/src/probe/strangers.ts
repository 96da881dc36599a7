import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@huismeester/contracts';
import type { ProbeClient, ProbeLogin } from './client.ts';
import { type BrokerFinding, expectedMs, type Server, send } from './measure.ts';

/** A service that the server let in. */
export interface Entered {
  readonly service: ServiceName;
  readonly client: ProbeClient;
}

export interface Strangers {
  readonly server: Server;
  /** Rejects when the server refuses, or is not there. */
  readonly enter: (login: ProbeLogin) => Promise<ProbeClient>;
  /** Of our users. */
  readonly names: ReadonlySet<string>;
  /** Who listens to what they say; nobody where none of us came in. */
  readonly witness: Entered | undefined;
}

export const access = 'give it the access list that `huismeester broker-config mosquitto` or `nats` prints';

/** How long to wait for what is to be denied, after something came that was said later, in ms. */
const afterwardsMs = 100;

/** What MQTT 3.1.1 answers to a login that it does not take: a bad user name or password, or not authorized. */
const refusals: readonly unknown[] = [4, 5];

/** The topic on which a service may publish what shows nothing. */
export function graf({ root }: Server, service: ServiceName): string {
  return `${root}/v1/${service}/graf/probe`;
}

export function saidBy(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What may be done by who knows no password of ours. */
export async function strangers(all: Strangers): Promise<BrokerFinding[]> {
  const anonymous = await anybody(all);
  // Who is open to all takes any password: that is said once.
  const isOpen = anonymous.remedy !== undefined;
  return isOpen || all.names.size === 0 ? [anonymous] : [anonymous, await emptyPasswords(all)];
}

async function anybody({ server, enter, witness }: Strangers): Promise<BrokerFinding> {
  const what = `${server.name}: nobody comes in without a password`;
  const come = await trying(enter, {});
  if (come.client === undefined) return come.problem === undefined ? { what } : { what, ...come };
  const unheard = 'somebody did; what they may was not tried, since none of our logins came in';
  if (!witness) return { what, problem: unheard };
  return await nobodys(server, 'anybody without a password', come.client, witness);
}

/** A broker whose password is missing may take that as an empty one. */
async function emptyPasswords({ server, enter, names }: Strangers): Promise<BrokerFinding> {
  const what = `${server.name}: nobody comes in as ${[...names].join(', ')} with an empty password`;
  const come = await Promise.all(
    [...names].map(async (username) => {
      const { client, problem } = await trying(enter, { username, password: '' });
      return client ? { let: username } : { problem };
    }),
  );
  const open = come.flatMap((each) => each.let ?? []);
  if (open.length > 0) {
    const remedy =
      'give each of its users a password: `huismeester broker-config mosquitto` or `nats` says how';
    return { what, problem: `it lets in ${open.join(', ')}`, remedy };
  }
  const [problem] = come.flatMap((each) => each.problem ?? []);
  return problem === undefined ? { what } : { what, problem };
}

/** The client; neither it nor a problem where the server refused, which is as it should be. */
async function trying(
  enter: Strangers['enter'],
  login: ProbeLogin,
): Promise<{ client?: ProbeClient; problem?: string }> {
  try {
    return { client: await enter(login) };
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && refusals.includes(error.code);
    return refused ? {} : { problem: `this could not be tried: ${saidBy(error)}` };
  }
}

/** Whether a client may publish what is nobody's. */
export async function nobodys(
  server: Server,
  who: string,
  client: ProbeClient,
  witness: Entered,
): Promise<BrokerFinding> {
  const { name, root, mark } = server;
  const what = `${name}: ${who} may publish nothing else below ${root}/v1`;
  const topic = `${root}/v1/probe/${randomUUID()}`;
  let came = false;
  const heard = witness.client.hears(topic, 'probe', expectedMs).then((is) => {
    came = is;
  });
  await client.publish(topic, 'probe', 1);
  const after = send(witness.client, witness.client, graf(server, witness.service), `${mark}{ }`, 1);
  await Promise.race([heard, after.then(() => sleep(afterwardsMs))]);
  const problem = `it published ${root}/v1/probe: so it may speak in the name of every service`;
  return came ? { what, problem, remedy: access } : { what };
}
