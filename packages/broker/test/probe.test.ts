import { serviceNames } from '@huismeester/contracts';
import { skipWithout, startMosquitto, startNats } from '@huismeester/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type BrokerCheck, checkBroker, mosquittoConfig } from '../src/index.ts';
import { brokers, login, natsOptions, passwordOf, root } from './brokers.ts';

const logins = serviceNames.map((service) => ({ service, ...login(service) }));

describe('a broker is tried by check-config', () => {
  const opened: { close(): Promise<void> }[] = [];
  const kept = <T extends { close(): Promise<void> }>(broker: T): T => {
    opened.push(broker);
    return broker;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });
  const problems = async (check: Omit<BrokerCheck, 'root' | 'logins'> & Partial<BrokerCheck>) =>
    (await checkBroker({ root, logins, ...check })).filter(({ problem }) => problem !== undefined);
  const mosquitto = async (change: (conf: string, acl: string) => { conf: string; acl: string }) => {
    const { passwordsNeeded } = mosquittoConfig({ root, port: 1, dir: '/' });
    return kept(
      await startMosquitto({
        configure: (place) => {
          const { conf, acl } = mosquittoConfig({ ...place, root });
          return change(conf, acl);
        },
        passwords: Object.fromEntries(passwordsNeeded.map((user) => [user, passwordOf(user)])),
      }),
    );
  };
  const said = (...parts: string[]) =>
    expect.objectContaining({
      what: expect.stringContaining(parts[0] ?? ''),
      problem: expect.stringContaining(parts[1] ?? ''),
      remedy: expect.stringContaining(parts[2] ?? ''),
    });

  for (const { name, open, skip } of brokers) {
    it.skipIf(skip)(`${name}, as we configure it, is fine`, async () => {
      const { urls, ca } = kept(await open({ anonymousRead: true }));
      expect(await problems({ urls, ca })).toEqual([]);
    });
  }

  it.skipIf(skipWithout('mosquitto'))('a Mosquitto that is open to all is not', async () => {
    const { url } = kept(await startMosquitto({ open: true }));
    expect(await problems({ urls: [url] })).toEqual([
      ...serviceNames.map((name) =>
        said(`the login of ${name}`, 'in the name of every service', 'broker-config'),
      ),
      said('anybody without a password', 'in the name of every service', 'broker-config'),
    ]);
  });

  it.skipIf(skipWithout('nats-server'))('nor is such a NATS', async () => {
    const { url } = kept(await startNats({ open: true }));
    expect(await problems({ urls: [url], logins: logins.slice(0, 1) })).toContainEqual(
      said('anybody without a password', 'in the name of every service', 'broker-config'),
    );
  });

  it.skipIf(skipWithout('mosquitto'))(
    'one where a login may not publish, is slow, or takes little',
    async () => {
      const slow = await mosquitto((conf, acl) => ({ conf: conf.replace('set_tcp_nodelay true', ''), acl }));
      expect(await problems({ urls: [slow.url] })).toEqual([
        said('as quick', 'without QoS 1', 'set_tcp_nodelay true'),
      ]);
      const small = await mosquitto((conf, acl) => ({
        conf: conf.replace(/message_size_limit .*/, 'message_size_limit 1000'),
        acl: acl.replace('topic write space/v1/policy/graf/#', ''),
      }));
      expect(await problems({ urls: [small.url] })).toEqual([
        said('policy may publish its own', 'did not come back', 'broker-config'),
        said('262144 bytes', 'did not arrive', 'message_size_limit 262144'),
      ]);
    },
  );

  it.skipIf(skipWithout('mosquitto'))(
    'each server is tried, and one that is not there proves nothing',
    async () => {
      const asItIs = (conf: string, acl: string) => ({ conf, acl });
      const [safe, open] = await Promise.all([mosquitto(asItIs), startMosquitto({ open: true }).then(kept)]);
      const away = 'mqtt://127.0.0.1:9';
      const refused = expect.stringMatching(/^this could not be tried: .*ECONNREFUSED/);
      expect(await problems({ urls: [away, safe.url, open.url] })).toEqual([
        ...serviceNames.map((name) => ({
          what: `broker ${away}: it lets ${name} in`,
          problem: expect.stringContaining('ECONNREFUSED'),
        })),
        { what: `broker ${away}: nobody comes in without a password`, problem: refused },
        {
          what: `broker ${away}: nobody comes in as ${serviceNames.join(', ')} with an empty password`,
          problem: refused,
        },
        ...serviceNames.map((name) =>
          said(`broker ${open.url}: the login of ${name}`, 'in the name of every service', 'broker-config'),
        ),
        said(`broker ${open.url}: anybody without a password`, 'of every service', 'broker-config'),
      ]);
    },
  );

  it.skipIf(skipWithout('nats-server'))('a user of NATS whose password is empty', async () => {
    const configured = natsOptions({ tls: false });
    const passwords = { ...configured.passwords, SERVICE_POLICY: '' };
    const { url } = kept(await startNats({ ...configured, tls: false, passwords }));
    expect(await problems({ urls: [url], logins: logins.slice(0, 1) })).toEqual([]);
    expect(await problems({ urls: [url], logins })).toContainEqual(
      said('with an empty password', 'it lets in policy', 'broker-config'),
    );
  });

  it.skipIf(skipWithout('mosquitto'))('says who is not let in, without the password', async () => {
    const { url } = await mosquitto((conf, acl) => ({ conf, acl }));
    const found = await problems({
      urls: [url],
      logins: [{ service: 'policy', username: 'policy', password: 'very-secret' }],
    });
    expect(found).toEqual([
      { what: `broker ${url}: it lets policy in`, problem: expect.stringContaining('Not authorized') },
    ]);
    expect(JSON.stringify(found)).not.toContain('very-secret');
  });
});
