import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '@huismeester/contracts';
import { maxPacketBytes, maxPayloadBytes } from '../limits.ts';
import { type ProbeClient, type ProbeLogin, probeClient } from './client.ts';

export interface BrokerCheck {
  readonly urls: readonly string[];
  readonly ca?: string;
  readonly root: string;
  /** As whom each service logs in. */
  readonly logins: readonly (ProbeLogin & { readonly service: ServiceName })[];
}

/** One thing that was tried at the broker; `problem` says what is wrong, without a secret. */
export interface BrokerFinding {
  readonly what: string;
  readonly problem?: string;
  readonly remedy?: string;
}

/** How long a message may take that is expected; and after another that came later, in ms. */
const expectedMs = 3_000;
const afterwardsMs = 100;
/** How much longer a hop with QoS 1 takes where the broker waits for TCP's acknowledgement: 40 ms. */
const naglingMs = 25;

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

/** Publishes as one, and listens as the other: whether it came. */
async function send(
  from: ProbeClient,
  to: ProbeClient,
  topic: string,
  payload: string,
  qos: 0 | 1,
): Promise<boolean> {
  const heard = to.hears(topic, payload, expectedMs);
  const [came] = await Promise.all([heard, Promise.race([from.publish(topic, payload, qos), heard])]);
  return came;
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

/**
 * A client that hears what it says gets a message and an acknowledgement: the second comes at once, unless the broker
 * waits for TCP's acknowledgement of the first.
 */
async function quickness(client: ProbeClient, topic: string): Promise<BrokerFinding> {
  const typical = async (qos: 0 | 1) => {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const begin = performance.now();
      const payload = `{${' '.repeat(round + 2)}}`;
      const heard = client.hears(topic, payload, expectedMs);
      await Promise.all([client.publish(topic, payload, qos), heard]);
      times.push(performance.now() - begin);
    }
    return times.toSorted((one, other) => one - other)[4] ?? 0;
  };
  const [plain, acknowledged] = [await typical(0), await typical(1)];
  const what = 'broker: a message with QoS 1 is as quick as one without';
  if (acknowledged - plain < naglingMs || plain >= expectedMs) return { what };
  const problem = `it takes ${Math.round(acknowledged)} ms, without QoS 1 ${Math.round(plain)} ms`;
  return { what, problem, remedy: 'set_tcp_nodelay true in mosquitto.conf' };
}

async function size(client: ProbeClient, topic: string): Promise<BrokerFinding> {
  const what = `broker: it takes a message of ${maxPayloadBytes} bytes`;
  const payload = `{${' '.repeat(maxPayloadBytes - 2)}}`;
  if (await send(client, client, topic, payload, 1)) return { what };
  const remedy = `message_size_limit ${maxPayloadBytes} in mosquitto.conf; max_payload: ${maxPacketBytes} in nats-server.conf`;
  return { what, problem: 'it did not arrive', remedy };
}
