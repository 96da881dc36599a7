import { login, reader, root, type TestBroker } from './brokers.ts';
import { rawClient } from './raw-client.ts';

/** Clears what is retained, so that the next test begins anew: to start a cluster for each would take minutes. */
export async function forget({ url, ca }: TestBroker): Promise<void> {
  const watcher = await rawClient(url, { ...login(reader), ca, qos: 0, filters: [`${root}/v1/#`] });
  const policy = await rawClient(url, { ...login('policy'), ca });
  const mark = `${root}/v1/policy/evt/mark/it/is`;
  await policy.mqtt.publishAsync(mark, 'mark', { qos: 1 });
  await watcher.sees('all that is retained', ({ topic }) => topic === mark);
  const kept = watcher.received.filter(({ retain }) => retain).map(({ topic }) => topic);
  const owners = Map.groupBy(kept, (topic) => topic.slice(`${root}/v1/`.length).split('/')[0] ?? '');
  for (const [owner, topics] of owners) {
    const { mqtt, close } = await rawClient(url, { ...login(owner), ca });
    for (const topic of topics) await mqtt.publishAsync(topic, '', { qos: 1, retain: true });
    await close();
  }
  await Promise.all([watcher.close(), policy.close()]);
}
