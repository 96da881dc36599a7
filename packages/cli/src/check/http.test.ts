import { parseSettings } from '@huismeester/service';
import { sign } from '@huismeester/testkit';
import { expect, test } from 'vitest';
import { checkHttp } from './http.ts';

const key = `secrets: { key: ${'k'.repeat(32)} }`;

function findingsOf(http: string, { directory = 'directory: { file: people.yaml }', services = '' } = {}) {
  const text = `site: { id: a, name: A }
http: { ${http} }
services: { ${services} }
broker: { embedded: {} }
database: { url: postgres://h/h }
${key}
${directory}
`;
  return checkHttp(parseSettings(text, { file: '/space.yaml', env: {}, readFile: () => '' }));
}

const peer = 'policy: { url: "http://h", secret: 0123456789abcdef, listen: { host: 10.0.0.7 } }';

test.each([
  ['refused where there is no HTTPS', 'host: 0.0.0.0', {}, { problem: expect.stringContaining('refused') }],
  ['refused on a name', 'host: h.space', {}, { problem: expect.stringContaining('plain-password') }],
  [
    'refused by a process of its own',
    '',
    { services: peer },
    {
      problem: expect.stringContaining('refused'),
      remedy: expect.stringContaining('http.publicUrl: https://'),
    },
  ],
  ['fine behind a proxy', 'host: 0.0.0.0, publicUrl: "https://h"', {}, {}],
  [
    'not behind one without HTTPS',
    'host: 0.0.0.0, publicUrl: "http://h"',
    {},
    { problem: expect.anything() },
  ],
  [
    'said where they are accepted',
    'host: 0.0.0.0, publicUrl: "https://h", acceptPlainPasswords: true',
    {},
    { warning: expect.stringContaining('anybody on the way can read them') },
  ],
])('passwords of other machines are %s', (_, http, more, said) => {
  expect(findingsOf(http, more)).toEqual([
    {
      what: 'http: passwords of people on other machines',
      ...(Object.keys(said).length > 0 && { remedy: expect.anything() }),
      ...said,
    },
  ]);
});

test.each([
  ['this machine alone', 'host: 127.0.0.2', {}],
  ['IPv6 of this machine', 'host: "::1"', {}],
  ['the name of this machine', 'host: localhost', {}],
  ['a space without a directory', 'host: 0.0.0.0', { directory: '' }],
])('nothing is said of them for %s', (_, http, more) => expect(findingsOf(http, more)).toEqual([]));

test.each([
  ['loopback where others come', 'host: 0.0.0.0, publicUrl: "https://127.0.0.1:8443"', true],
  ['IPv6 of this machine where others come', 'host: "::", publicUrl: "https://[::1]"', true],
  ['the name of this machine where others come', 'host: h.space, publicUrl: "http://localhost:8080"', true],
  ['loopback where nobody else comes', 'publicUrl: "http://localhost:8080"', false],
  ['a name that others know', 'host: 0.0.0.0, publicUrl: "https://h.space"', false],
  ['not there', 'host: 0.0.0.0', false],
])('an address for people that is %s', (_, http, isSaid) => {
  const said = {
    what: 'http.publicUrl: where people reach it',
    warning: expect.stringContaining('leads nowhere from other machines'),
    remedy: expect.stringMatching(/publicUrl: https?:\/\/…/),
  };
  expect(findingsOf(http, { directory: '' })).toEqual(isSaid ? [said] : []);
});

test('a certificate is looked at before it keeps the process from starting', async () => {
  const [one, other] = await Promise.all([sign({ name: 'one' }), sign({ name: 'other' })]);
  const tls = (pair: { cert: string; key: string }) => `host: 0.0.0.0, tls: ${JSON.stringify(pair)}`;
  expect(findingsOf(tls({ cert: one.cert, key: one.key }))).toEqual([
    { what: 'http.tls: cert and key fit together' },
    { what: 'http: passwords of people on other machines' },
  ]);
  expect(findingsOf(tls({ cert: one.cert, key: other.key }))[0]).toMatchObject({
    problem: expect.stringContaining('key is not that of cert'),
  });
});
