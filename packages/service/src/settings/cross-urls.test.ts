import { expect, test } from 'vitest';
import { pathText } from '../schema/describe.ts';
import { urls } from './cross-urls.ts';

const linesOf = (given: Parameters<typeof urls>[0]) =>
  urls(given).map(({ path, found, allowed }) => `${pathText(path)}: found ${found}, allowed: ${allowed}`);

test.each([
  ['a broker', { broker: { url: 'mqtt://127.0.0.1:1883' } }],
  ['a cluster', { broker: { url: ['mqtts://a', 'mqtts://[::1]:8883'], jetstream: { url: ['tls://a'] } } }],
  ['an embedded broker', { broker: { embedded: {} }, database: { embedded: {} } }],
  ['a hypervisor', { hypervisors: [{ url: 'https://pve:8006' }, { url: 'https://pve/' }, undefined] }],
  ['a public address', { http: { publicUrl: 'https://a.space/huismeester' } }],
  ['a database', { database: { url: 'postgres://h:p%40w,%25@db:5432/h?sslmode=require' } }],
  ['a database on a socket', { database: { url: 'postgres:///h?host=/run/postgresql' } }],
  ['a database of several hosts', { database: { url: 'postgresql://h:pw@a:5432,b:5433/h' } }],
  ['what is not there, since it was wrong', { broker: { url: [undefined] }, database: { url: undefined } }],
])('%s may be', (_, given) => expect(linesOf(given)).toEqual([]));

const broker = 'such as mqtts://broker.space:8883; a login goes in username and password, or credentials';
const jetstream = 'such as tls://broker.space:4222; a login goes in username and password';
const pve = 'such as https://10.0.0.2:8006; who we are is in tokens';
const database =
  'database.url: found no URL, allowed: postgres://user:password@host:5432/database, with %40 for an @ and %25 for a % in the password';

test.each([
  [
    'a port that is none',
    { broker: { url: 'mqtt://joe:mqttpw9@127.0.0.1:925201' } },
    `broker.url: found no URL, allowed: ${broker}`,
  ],
  [
    'a login in the address of one of several brokers',
    { broker: { url: ['mqtt://a', 'mqtt://joe:mqttpw9@b'] } },
    `broker.url[1]: found a URL with a name or a password in it, allowed: ${broker}`,
  ],
  ['no host', { broker: { url: 'mqtt://' } }, `broker.url: found no URL, allowed: ${broker}`],
  [
    'a token in the address of JetStream',
    { broker: { url: 'mqtt://a', jetstream: { url: 'nats://mqttpw9@a' } } },
    `broker.jetstream.url: found a URL with a name or a password in it, allowed: ${jetstream}`,
  ],
  [
    'a login in the address of a hypervisor',
    { hypervisors: [{ url: 'https://root:mqttpw9@pve' }] },
    `hypervisors[0].url: found a URL with a name or a password in it, allowed: ${pve}`,
  ],
  [
    'a hypervisor with a path',
    { hypervisors: [{ url: 'https://pve:8006/api2/json' }] },
    `hypervisors[0].url: found a URL with more than host and port, allowed: ${pve}`,
  ],
  [
    'a public address that is none',
    { http: { publicUrl: 'https://a:99999' } },
    'http.publicUrl: found no URL, allowed: such as https://huismeester.space',
  ],
  ['a port of a database that is none', { database: { url: 'postgres://u:mqttpw9@db:99999/h' } }, database],
  ['the second of two', { database: { url: 'postgres://u:mqttpw9@db:5432,e:99999/h' } }, database],
  ['a password with a slash', { database: { url: 'postgres://u:a/mqttpw9@db/h' } }, database],
  ['a password with a bare %', { database: { url: 'postgres://u:mqttpw9%x@db/h' } }, database],
])('%s is refused, without the secret', (_, given, line) => {
  expect(linesOf(given)).toEqual([line]);
  expect(line).not.toContain('mqttpw9');
});
