import { Socket } from 'node:net';
import type { Logger } from '@huismeester/clock';
import type { AedesOptions, Client } from 'aedes';
import { mayPublish, maySubscribe, type Reader } from './access.ts';
import type { Credentials } from './credentials.ts';
import { firstTime } from './first-time.ts';

type Hooks = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>
>;

/** Where denied messages go: nobody may read it. */
const nowhere = '$SYS/denied';

/** aedes's hooks, from the access list; `who` is who a client logged in as. */
export function accessHooks(options: {
  root: string;
  credentials: Credentials;
  anonymousRead: boolean;
  logger: Logger;
}): { hooks: Hooks; who: (client: Client) => Reader | undefined } {
  const { root, credentials, anonymousRead, logger } = options;
  const known = new WeakMap<Client, Reader>();
  const isNews = firstTime();
  const denied = (act: string, client: Client | null, topic: string) => {
    const details = { client: client?.id, who: client && known.get(client), remote: remoteOf(client), topic };
    if (isNews(`${act} ${client?.id}`)) logger.warn(details, `broker: ${act} denied; said once a client`);
  };
  const hooks: Hooks = {
    preConnect(_client, packet, done) {
      // No lasting sessions: what is kept for a client that is away would fill memory, and news is all there is here.
      packet.clean = true;
      done(null, true);
    },
    authenticate(client, username, password, done) {
      const who = identify(username, password);
      if (who) known.set(client, who);
      else if (isNews(`login ${username} ${remoteOf(client)}`)) {
        // A name that is no account here may be a person's.
        const account = username !== undefined && credentials.has(username) ? username : undefined;
        logger.warn({ account, remote: remoteOf(client) }, 'broker: login denied');
      }
      done(null, who !== undefined);
    },
    authorizePublish(client, packet, done) {
      const who = client && known.get(client);
      if (!who || !mayPublish(root, who, packet.topic)) {
        denied('publish', client, packet.topic);
        // MQTT 3.1.1, 3.3.5 leaves two ways: acknowledge it, or disconnect. As Mosquitto does, it is acknowledged and
        // dropped; a client that is disconnected would send the same again, for ever.
        Object.assign(packet, { topic: nowhere, payload: Buffer.alloc(0), retain: false });
      }
      done(null);
    },
    authorizeSubscribe(client, subscription, done) {
      const who = known.get(client);
      const allowed = who && maySubscribe(root, who, subscription.topic);
      if (!allowed) denied('subscribe', client, subscription.topic);
      done(null, allowed ? subscription : null);
    },
  };
  return { hooks, who: (client) => known.get(client) };

  function identify(username: string | undefined, password: Buffer | undefined): Reader | undefined {
    if (username !== undefined) return credentials.check(username, password ?? Buffer.alloc(0));
    return anonymousRead ? { kind: 'anonymous' } : undefined;
  }
}

function remoteOf(client: Client | null): string | undefined {
  return client?.conn instanceof Socket ? client.conn.remoteAddress : undefined;
}
