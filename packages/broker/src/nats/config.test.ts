import { serviceNames } from '@huismeester/contracts';
import { describe, expect, it } from 'vitest';
import { natsConfig } from './config.ts';
import { historyStream, subjectsOf } from './subjects.ts';

const place = { root: 'space', name: 'one', port: 1883, dir: '/etc/nats' };
const lines = (options: Partial<Parameters<typeof natsConfig>[0]> = {}) =>
  natsConfig({ ...place, ...options })
    .conf.split('\n')
    .map((line) => line.trim());

describe('natsConfig', () => {
  it('is closed if nothing else is asked: loopback, no anonymous, no reader, no history', () => {
    const conf = lines();
    expect(conf).toContain('listen: "127.0.0.1:1883"');
    expect(conf).toContain('listen: "127.0.0.1:4222"');
    expect(conf.join('\n')).not.toMatch(/no_auth_user|history|replay|cluster/);
    const variableOf = (name: string) => `SERVICE_${name.toUpperCase().replaceAll('-', '_')}`;
    expect(natsConfig(place).passwordsNeeded).toEqual(
      serviceNames.map((user) => ({ user, variable: variableOf(user) })),
    );
  });

  it('lets a reader publish nothing: an empty list would mean everything', () => {
    const conf = lines({ readers: ['bar-light'] });
    const at = conf.indexOf(
      '{ user: "bar-light", password: $READER_BAR_LIGHT, allowed_connection_types: [MQTT],',
    );
    expect(conf[at + 1]).toBe('permissions: { publish: { deny: [">"] },');
    expect(conf[at + 2]).toBe('subscribe: { allow: ["space.v1", "space.v1.>", "$MQTT.sub.>"] } } }');
  });

  it('asks for what is safe, and leaves out what an older version would refuse', () => {
    for (const version of [undefined, '2.10', '2.12.3', '3.0']) {
      expect(lines(version === undefined ? {} : { version })).toContain('sync_interval: always');
    }
    for (const version of ['2.9.10', '2.9', '1.4'])
      expect(lines({ version })).not.toContain('sync_interval: always');
  });

  it('keeps three copies in a cluster, whose members show certificates to each other', () => {
    const routes = ['a', 'b', 'c'].map((host) => ({ host, port: 6222 }));
    const conf = lines({ tls: true, cluster: { port: 6222, routes } });
    expect(conf).toContain('stream_replicas: 3');
    expect(conf.filter((line) => line.endsWith('verify: true }'))).toHaveLength(1);
    expect(lines({ cluster: { port: 6222, routes } }).join('\n')).toContain('keep others from it');
  });

  it.each([
    [{ readers: ['policy'] }, 'is the name of a service'],
    [{ history: { recorder: 'policy' } }, 'is there twice'],
    [{ history: { recorder: 'a', readers: ['a'] } }, 'is there twice'],
    [{ history: { recorder: 'a", password: "' } }, 'is not of a-z'],
    [{ user: 'two\nlines' }, 'is not of printable ASCII'],
  ])('refuses %j', (options, message) => expect(() => lines(options)).toThrow(message));
});

describe('subjectsOf', () => {
  it.each([
    ['a/b', ['a.b']],
    ['a/#', ['a', 'a.>']],
    ['a/+/c', ['a.*.c']],
    ['#', ['>']],
  ])('%s: %j', (filter, subjects) => expect(subjectsOf(filter)).toEqual(subjects));
});

it('a stream is named after the root, without what its name cannot have', () => {
  expect(historyStream('nl/space')).toBe('nl-space-v1-events');
});
