import type { ServiceName } from '@huismeester/contracts';
import { type ProbeClient, type ProbeLogin, probeClient } from './client.ts';
import { type BrokerFinding, quickness, type Server, send, size } from './measure.ts';
import { access, type Entered, graf, nobodys, saidBy, strangers } from './strangers.ts';

export interface BrokerCheck {
  readonly urls: readonly string[];
  readonly ca?: string | undefined;
  readonly root: string;
  /** As whom each service logs in. */
  readonly logins: readonly (ProbeLogin & { readonly service: ServiceName })[];
}

/**
 * Tries what a broker does with our logins and with nobody's, at each of its servers: on `<root>/v1/probe/…`, which is
 * nobody's, and on the pivot `probe` of each service, which shows nothing. Nothing is retained.
 */
export async function checkBroker(check: BrokerCheck): Promise<BrokerFinding[]> {
  const { urls, root } = check;
  if (urls.length > 1) await awaken(check);
  const atEach = urls.map((url, index) => {
    const name = urls.length > 1 ? `broker ${url}` : 'broker';
    return atOne(check, url, { name, root, mark: '\t'.repeat(index) });
  });
  return [...inTheClear(check), ...(await Promise.all(atEach)).flat()];
}

/**
 * The first client of a cluster of NATS has it make what MQTT needs; who comes to another server meanwhile is hung up on.
 * So one comes before all others.
 */
async function awaken({ urls, ca, logins: [first] }: BrokerCheck): Promise<void> {
  const { service: _, ...login } = first ?? { service: undefined };
  for (const url of urls) {
    // Why it is not let in is reported when each server is tried.
    const client = await probeClient({ url, ca }, login, []).catch(() => {});
    await client?.close();
    if (client) return;
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

async function atOne(check: BrokerCheck, url: string, server: Server): Promise<BrokerFinding[]> {
  const { root, ca, logins } = check;
  const filters = [`${root}/v1/probe/#`, `${root}/v1/+/graf/probe`];
  const opened: ProbeClient[] = [];
  const enter = async (login: ProbeLogin) => {
    const client = await probeClient({ url, ca }, login, filters);
    opened.push(client);
    return client;
  };
  try {
    const tried = await Promise.all(
      logins.map(async ({ service, ...login }) => {
        const what = `broker ${url}: it lets ${service} in`;
        return await enter(login).then(
          (client) => ({ finding: { what }, entered: [{ service, client }] }),
          (error: unknown) => ({ finding: { what, problem: saidBy(error) }, entered: [] }),
        );
      }),
    );
    const entered: readonly Entered[] = tried.flatMap((each) => each.entered);
    const names = logins.flatMap(({ username }) => username ?? []);
    return [
      ...tried.map(({ finding }) => finding),
      ...(await ours(server, entered)),
      ...(await strangers({ server, enter, names: new Set(names), witness: entered[0] })),
      ...(await measured(server, entered[0])),
    ];
  } finally {
    await Promise.all(opened.map((client) => client.close()));
  }
}

/** What each of our logins may. */
async function ours(server: Server, entered: readonly Entered[]): Promise<BrokerFinding[]> {
  const [witness] = entered;
  if (!witness) return [];
  const findings: BrokerFinding[] = [];
  for (const { service, client } of entered) {
    const what = `${server.name}: ${service} may publish its own, and read it`;
    const denied = 'what it published was acknowledged at best, and did not come back';
    const came = await send(client, witness.client, graf(server, service), `${server.mark}{}`, 1);
    findings.push(came ? { what } : { what, problem: denied, remedy: access });
    findings.push(await nobodys(server, `the login of ${service}`, client, witness));
  }
  return findings;
}

async function measured(server: Server, first: Entered | undefined): Promise<BrokerFinding[]> {
  if (!first) return [];
  const topic = graf(server, first.service);
  return [await quickness(server, first.client, topic), await size(server, first.client, topic)];
}
