import { describe, expect, it } from 'vitest';
import { faults } from '../check.ts';
import { asyncApi } from './asyncapi.ts';
import { channels } from './channels.ts';
import { events } from './events.ts';
import { examplePayload } from './example.ts';
import type { ServiceName } from './names.ts';
import { states } from './states.ts';
import { topics } from './topics.ts';

const all = channels();
const ofKind = (kind: string) => all.filter((channel) => channel.kind === kind);

describe('the channels', () => {
  it('are those of every public event and of no other', () => {
    const open = Object.entries(events).filter(([, { audience }]) => audience === 'public');
    expect(ofKind('event').map(({ title }) => title)).toEqual(open.map(([type]) => type));
  });

  it('are those of every state', () => {
    const kinds = Object.entries(states).flatMap(([service, of]) =>
      Object.keys(of).map((kind) => `${service}.state.${kind}`),
    );
    expect(ofKind('state').map(({ id }) => id)).toEqual(kinds);
  });

  it('have the topics that the program publishes to', () => {
    const of = (id: string) => `space/v1/${all.find((channel) => channel.id === id)?.topic}`;
    const { event, state, status, graf } = topics('space');
    const cut = { subject: 'ups/{ups}', type: 'ups.on-battery' };
    expect(of('ups-monitor.ups.on-battery').replace('{ups}', 'rack')).toBe(
      event('ups-monitor', { ...cut, subject: 'ups/rack' }),
    );
    expect(of('policy.state.space')).toBe(state('policy', 'space', 'main'));
    expect(of('policy.state.service')).toBe(state('policy', 'service', 'policy'));
    expect(of('policy.status')).toBe(status('policy'));
    expect(of('ups-monitor.graf.charge-pct')).toBe(graf('ups-monitor', 'charge_pct'));
  });

  it('name each level that differs', () => {
    for (const { topic, parameters } of all) {
      expect(topic.match(/(?<=\{)\w+(?=\})/g) ?? []).toEqual(parameters.map(({ name }) => name));
    }
  });
});

describe('the examples', () => {
  it.each(all)('of $id fits', (channel) => {
    expect(faults(channel.payload, examplePayload(channel))).toEqual([]);
  });

  it('has every key of an event', () => {
    const [cut] = all.filter(({ title }) => title === 'ups.on-battery');
    expect(cut && examplePayload(cut)).toMatchObject({
      source: '/hackalot/ups-monitor',
      type: 'ups.on-battery',
      subject: 'ups/rack',
      data: { ups: 'rack', since: expect.any(String), charge_pct: 98, runtime_s: 2340 },
    });
  });
});

it('the document says where the broker is, and how each topic is sent', () => {
  const document = asyncApi({ version: '1', root: 'hack/space', brokerUrls: ['mqtts://broker.space:8883'] });
  expect(document.servers['broker-1']).toMatchObject({ host: 'broker.space:8883', protocol: 'mqtts' });
  const id = 'ups-monitor.ups.on-battery' satisfies `${ServiceName}.${string}`;
  expect(document.channels[id]).toMatchObject({
    address: 'hack/space/v1/ups-monitor/evt/ups/{ups}/on-battery',
  });
  expect(document.operations[`send.${id}`]?.bindings.mqtt).toMatchObject({ qos: 1, retain: false });
  expect(document.operations['send.policy.status']?.bindings.mqtt).toMatchObject({ qos: 1, retain: true });
});
