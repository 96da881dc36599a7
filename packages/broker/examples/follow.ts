// Follows one service and misses none of its events: MQTT tells of them, and wherever `position` skips a number, or the
// status tells of a head that was not reached, the log is asked. Prints one JSON a line. It needs the package mqtt.
//
//   MQTT_URL=mqtts://a:8883,mqtts://b:8883 MQTT_USER=light MQTT_PASSWORD=… MQTT_CA=ca.crt \
//   API_URL=https://huismeester.space API_TOKEN=hm_… node follow.ts ups-monitor
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

interface Event {
  epoch: string;
  position: number;
}

const { env } = process;
const [service = ''] = process.argv.slice(2);
const base = `${env.ROOT ?? 'space'}/v1/${service}`;
const headers = { authorization: `Bearer ${env.API_TOKEN}` };

/** Where this reader is. One that goes on where it was keeps this in a file, and starts with it. */
let place = { epoch: '', position: 0 };

function show(event: Event): void {
  place = { epoch: event.epoch, position: event.position };
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Everything after our place, out of the log; the same events as on MQTT, and the internal ones between them. */
async function catchUp(): Promise<void> {
  for (;;) {
    const query = `after=${place.position}&limit=1000${place.epoch && `&epoch=${place.epoch}`}`;
    const answer = await fetch(`${env.API_URL}/api/v1/${service}/events?${query}`, { headers });
    // 409: not the log that we know, or it does not reach back so far; take /snapshot, and go on from its position.
    if (!answer.ok) throw new Error(`the log answered ${answer.status}: ${await answer.text()}`);
    const { events } = (await answer.json()) as { events: Event[] };
    if (events.length === 0) return;
    for (const event of events) show(event);
  }
}

/** What a message says is news only if it is the next of our log; otherwise the log is to be asked. */
async function heard(topic: string, payload: string): Promise<void> {
  const said = JSON.parse(payload) as Event & { head?: number };
  if (topic === `${base}/status`) {
    if (said.epoch !== place.epoch || (said.head ?? 0) > place.position) await catchUp();
  } else if (said.epoch !== place.epoch || said.position > place.position + 1) await catchUp();
  else if (said.position === place.position + 1) show(said);
}

const servers = (env.MQTT_URL ?? '').split(',').map((url) => {
  const { protocol, hostname: host, port } = new URL(url);
  return {
    protocol: protocol === 'mqtts:' ? ('mqtts' as const) : ('mqtt' as const),
    host,
    port: Number(port),
  };
});
const client = mqtt.connect({
  servers,
  protocolVersion: 4,
  // A server that is gone without a word is noticed after one and a half times this, in s.
  keepalive: 5,
  connectTimeout: 2_000,
  reconnectPeriod: 500,
  ...(env.MQTT_USER === undefined ? {} : { username: env.MQTT_USER, password: env.MQTT_PASSWORD ?? '' }),
  ...(env.MQTT_CA === undefined ? {} : { ca: readFileSync(env.MQTT_CA) }),
});

// One after the other: the order of messages is the order of events.
let last: Promise<unknown> = Promise.resolve();
const then = (act: () => Promise<void>) => {
  last = last.then(act).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
};
client.on('message', (topic, payload) => then(() => heard(topic, payload.toString())));
// QoS 0: what is lost is fetched, and on a cluster of NATS a subscription with QoS 1 takes a second or more to begin.
client.on('connect', () => client.subscribe([`${base}/status`, `${base}/evt/#`], { qos: 0 }));
client.on('error', (error) => process.stderr.write(`${error.message}\n`));
// Nothing is late by more than this, even when a cluster chooses new leaders for half a minute.
setInterval(() => then(catchUp), 3_000);
