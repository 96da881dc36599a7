// Reads public events from the very first: out of the JetStream stream of a NATS, or out of a service's log. Prints one
// JSON a line. It needs nothing of Huismeester but, for the stream, the packages @nats-io/transport-node and /jetstream.
//
//   NATS_URL=tls://broker.space:4222 NATS_USER=student NATS_PASSWORD=… NATS_CA=ca.crt node replay.ts stream
//   API_URL=https://huismeester.space API_TOKEN=hm_… node replay.ts log ups-monitor
import { readFileSync } from 'node:fs';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const { env } = process;

/** All that the stream has now, oldest first. It knows no internal events, and may lack one that was announced while a
 * server of the cluster was lost: `position` says so, and the log has it. */
async function* fromStream(root: string): AsyncGenerator<object> {
  const tls = env.NATS_CA === undefined ? {} : { tls: { ca: readFileSync(env.NATS_CA, 'utf8') } };
  const login = { user: env.NATS_USER ?? '', pass: env.NATS_PASSWORD ?? '' };
  const connection = await connect({ servers: (env.NATS_URL ?? '').split(','), ...login, ...tls });
  try {
    const stream = `${root.replaceAll('/', '-')}-v1-events`;
    const js = jetstream(connection);
    // A cluster that has just lost or regained a server may not answer for a while.
    const { state } = await patiently(async () => (await js.jetstreamManager()).streams.info(stream));
    const consumer = await patiently(() => js.consumers.get(stream, { deliver_policy: DeliverPolicy.All }));
    // What the consumer itself says is left may be what a server has that is still catching up with the others.
    const last = state.messages === 0 ? 0 : state.last_seq;
    let inVain = 0;
    for (let read = 0; read < last; ) {
      const before = read;
      for await (const message of await consumer.fetch({ max_messages: 500, expires: 5_000 })) {
        yield message.json<object>();
        read = message.seq;
        if (read >= last) break;
      }
      inVain = read > before ? 0 : inVain + 1;
      if (inVain > 6) throw new Error(`the stream gives nothing after ${read} of ${last}`);
    }
  } finally {
    await connection.close();
  }
}

async function patiently<T>(work: () => Promise<T>, tries = 6): Promise<T> {
  return await work().catch((error: unknown) => {
    if (tries <= 1) throw error;
    return patiently(work, tries - 1);
  });
}

interface Page {
  epoch: string;
  events: { position: number }[];
}

/** All that the log has now, oldest first: internal events too, for whoever may read them. */
async function* fromLog(service: string): AsyncGenerator<object> {
  const headers = { authorization: `Bearer ${env.API_TOKEN}` };
  let after = 0;
  let epoch = '';
  for (;;) {
    const query = `after=${after}&limit=1000${epoch && `&epoch=${epoch}`}`;
    const answer = await fetch(`${env.API_URL}/api/v1/${service}/events?${query}`, { headers });
    // 409: the beginning is no longer kept; go on from /snapshot.
    if (!answer.ok)
      throw new Error(`the log of ${service} answered ${answer.status}: ${await answer.text()}`);
    const page = (await answer.json()) as Page;
    if (page.events.length === 0) return;
    yield* page.events;
    epoch = page.epoch;
    after = page.events.at(-1)?.position ?? after;
  }
}

const [from, name = ''] = process.argv.slice(2);
for await (const event of from === 'log' ? fromLog(name) : fromStream(env.ROOT ?? 'space')) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
