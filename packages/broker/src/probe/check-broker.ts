import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@huismeester/contracts';
import { type ProbeClient, type ProbeLogin, probeClient } from './client.ts';
import { type BrokerFinding, expectedMs, quickness, send, size } from './measure.ts';

export interface BrokerCheck {
  readonly urls: readonly string[];
  readonly ca?: string;
  readonly root: string;
  /** As whom each service logs in. */
  readonly logins: readonly (ProbeLogin & { readonly service: ServiceName })[];
}

/** How long to wait for what is to be denied, after something came that was said later, in ms. */
const afterwardsMs = 100;

const access = 'give it the access list that `huismeester broker-config mosquitto` or `nats` prints';

/**
 * Tries what a broker does with our logins and with nobody's: on `<root>/v1/probe/…`, which is nobody's, and on the pivot
 * `probe` of each service, which shows nothing. Nothing is retained.
 */
export async function checkBroker(check: BrokerCheck): Promise<BrokerFinding[]> {
  const findings = inTheClear(check);
  const clients: { service: ServiceName; client: ProbeClient }[] = [];
  try {
    for (const [index, url] of check.urls.entries()) {
      // Each server lets us in; everything else is tried at the first that does.
      const logins = index === 0 || clients.length === 0 ? check.logins : check.logins.slice(0, 1);
      for (const { service, ...login } of logins) {
        const what = `broker ${url}: it lets ${service} in`;
        const made = await enter(check, url, login);
        findings.push(typeof made === 'string' ? { what, problem: made } : { what });
        if (typeof made !== 'string') clients.push({ service, client: made });
      }
    }
    const [witness] = clients;
    if (witness) findings.push(...(await atOne(check, clients, witness.client)));
    return findings;
  } finally {
    await Promise.all(clients.map(({ client }) => client.close()));
  }
}

function inTheClear({ urls }: BrokerCheck): BrokerFinding[] {
  const clear = urls.filter((url) => url.startsWith('mqtt:') && !isLoopback(new URL(url).hostname));
  return clear.map((url) => ({
    what: `broker ${url}: TLS`,
    problem: 'passwords cross the network in the clear',
    remedy: 'give the broker a certificate, and broker.url mqtts:// with its ca',
  }));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

/** The client, or why there is none. */
async function enter(check: BrokerCheck, url: string, login: ProbeLogin): Promise<ProbeClient | string> {
  const { root, ca } = check;
  const filters = [`${root}/v1/probe/#`, `${root}/v1/+/graf/probe`];
  return await probeClient({ url, ...(ca === undefined ? {} : { ca }) }, login, filters).catch(
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

async function atOne(
  check: BrokerCheck,
  clients: readonly { service: ServiceName; client: ProbeClient }[],
  witness: ProbeClient,
): Promise<BrokerFinding[]> {
  const findings: BrokerFinding[] = [];
  const own = (service: ServiceName) => `${check.root}/v1/${service}/graf/probe`;
  const [first] = clients;
  const after = () => send(witness, witness, own(first?.service ?? 'policy'), '{ }', 1);
  for (const { service, client } of clients.slice(0, check.logins.length)) {
    const what = `broker: ${service} may publish its own, and read it`;
    const denied = 'what it published was acknowledged at best, and did not come back';
    const came = await send(client, witness, own(service), '{}', 1);
    findings.push(came ? { what } : { what, problem: denied, remedy: access });
    findings.push(await nobodys(check, `the login of ${service}`, { client, witness, after }));
  }
  findings.push(await anybody(check, witness, after));
  if (first) {
    findings.push(await quickness(first.client, own(first.service)));
    findings.push(await size(first.client, own(first.service)));
  }
  return findings;
}

interface Trial {
  readonly client: ProbeClient;
  readonly witness: ProbeClient;
  /** Resolves when something that was published afterwards has come. */
  readonly after: () => Promise<unknown>;
}

async function nobodys(
  { root }: BrokerCheck,
  who: string,
  { client, witness, after }: Trial,
): Promise<BrokerFinding> {
  const what = `broker: ${who} may publish nothing else below ${root}/v1`;
  const topic = `${root}/v1/probe/${randomUUID()}`;
  let came = false;
  const heard = witness.hears(topic, 'probe', expectedMs).then((is) => {
    came = is;
  });
  await client.publish(topic, 'probe', 1);
  await Promise.race([heard, after().then(() => sleep(afterwardsMs))]);
  const problem = `it published ${root}/v1/probe: so it may speak in the name of every service`;
  return came ? { what, problem, remedy: access } : { what };
}

async function anybody(
  check: BrokerCheck,
  witness: ProbeClient,
  after: Trial['after'],
): Promise<BrokerFinding> {
  const client = await enter(check, check.urls[0] ?? '', {});
  if (typeof client === 'string') return { what: 'broker: nobody comes in without a password' };
  try {
    return await nobodys(check, 'anybody without a password', { client, witness, after });
  } finally {
    await client.close();
  }
}
