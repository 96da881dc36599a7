import { describe, expect, test } from 'vitest';
import { SettingsError } from './error.ts';
import { fileOf } from './files.ts';
import { parseSettings } from './parse.ts';
import { everySecret, secretsOfOthers, type Unneeded } from './unread.ts';

const cert = '-----BEGIN CERTIFICATE-----\nMIIB';
const key = '-----BEGIN PRIVATE KEY-----\nMIIB';
const files: Readonly<Record<string, string>> = {
  '/etc/h/tls/full.pem': `${cert}\n`,
  '/run/key.pem': `${key}\n`,
  '/etc/h/people.yaml': 'people: []',
  '/etc/h/secrets/key': 'k'.repeat(32),
};

function parse(more: string, unneeded?: Unneeded) {
  const text = `site: { id: a, name: A }
database: { url: postgres://h/h }
${more}`;
  const env = { PEOPLE: 'people' };
  const readFile = (path: string) => {
    const found = files[path];
    if (found === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    return found;
  };
  return parseSettings(text, { file: '/etc/h/space.yaml', env, readFile, ...(unneeded && { unneeded }) });
}

const problemsOf = (more: string, unneeded?: Unneeded) => {
  try {
    parse(more, unneeded);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.message.replaceAll('/etc/h/', '').split('\n');
    throw error;
  }
};

const embedded = 'broker: { embedded: {} }\n';
const fromFiles = '{ cert: { file: tls/full.pem }, key: { file: /run/key.pem } }';
const secret = 'secrets: { key: { file: secrets/key } }\n';

describe('values from files', () => {
  test('are known by their files, also when what is around them was copied', () => {
    const settings = parse(`http: { tls: ${fromFiles} }\nbroker: { embedded: { tls: ${fromFiles} } }\n`);
    const copied = { ...settings, http: { ...settings.http, port: 1 } };
    const broker = 'embedded' in copied.broker ? copied.broker.embedded : undefined;
    for (const tls of [copied.http.tls, broker?.tls]) {
      if (!tls) throw new Error('there is no tls');
      expect(tls).toEqual({ cert, key });
      expect([fileOf(tls, 'cert'), fileOf(tls, 'key')]).toEqual(['/etc/h/tls/full.pem', '/run/key.pem']);
    }
  });

  test('those that were written in place have none', () => {
    const { http } = parse(`${embedded}http: { tls: ${JSON.stringify({ cert, key })} }\n`);
    expect(http.tls && [fileOf(http.tls, 'cert'), fileOf(http.tls, 'key')]).toEqual([undefined, undefined]);
  });
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a variable is written in YAML
const variable = '"./${PEOPLE}.yaml"';

describe('where a file is the value', () => {
  test.each([
    ['alone in its mapping', '{ file: ./people.yaml }'],
    ['beside others', '{ file: people.yaml, every: 30s }'],
    ['with a variable', `{ file: ${variable} }`],
    ['absolute', '{ file: /etc/h/people.yaml }'],
  ])('it becomes absolute: %s', (_, directory) => {
    const settings = parse(`${embedded}${secret}directory: ${directory}\n`);
    expect(settings.directory).toMatchObject({ file: '/etc/h/people.yaml' });
  });

  test('one that is not there is one problem', () => {
    expect(problemsOf(`${embedded}${secret}directory:\n  file: gone.yaml\n`)).toEqual([
      'space.yaml:6: directory.file: found the file gone.yaml, not readable (ENOENT), allowed: the path of a file that can be read, relative to the space.yaml',
    ]);
  });

  test('its path does not come from a file', () => {
    expect(problemsOf(`${embedded}${secret}directory: { file: { file: people.yaml } }\n`)).toEqual([
      'space.yaml:5: directory.file: found a mapping with file, allowed: the path itself, as text',
    ]);
  });

  test('an empty one is none', () => {
    expect(problemsOf(`${embedded}${secret}directory: { file: "" }\n`)).toHaveLength(1);
  });

  test.each([
    ['where configuration is only printed', everySecret],
    ['for another service', secretsOfOthers('policy')],
  ])('it need not be there %s', (_, unneeded) => {
    const settings = parse(`${embedded}${secret}directory: { file: gone.yaml }\n`, unneeded);
    expect(settings.directory).toMatchObject({ file: '/etc/h/gone.yaml' });
  });
});

describe('who needs which secrets of people', () => {
  const text = `${embedded}secrets: { key: { file: no-key } }
http: { tls: { cert: { file: no-cert }, key: { file: no-tls-key } } }
directory: { ldap: { urls: ["ldaps://h"], ca: { file: no-ca }, bindDn: cn=x, bindPassword: { file: no-pw }, base: dc=x } }
`;
  const needed = (unneeded: Unneeded) => problemsOf(text, unneeded).map((line) => line.split(': ')[1]);
  const all = ['secrets.key', 'http.tls.cert', 'http.tls.key'];

  test('the directory is membership’s, the key and the certificate everybody’s', () => {
    expect(needed(secretsOfOthers('policy'))).toEqual(all);
    expect(needed(secretsOfOthers('membership'))).toEqual([
      ...all,
      'directory.ldap.ca',
      'directory.ldap.bindPassword',
    ]);
  });

  test('who only prints configuration needs none, and gets what the schema asks for', () => {
    expect(needed(everySecret)).toEqual([]);
  });
});

describe('between services', () => {
  const peer = (url: string, more = '') =>
    `${embedded}services: { policy: { url: "${url}", secret: 0123456789abcdef${more} } }\n`;
  const tls = `http: { tls: ${fromFiles} }\n`;
  const ca = ', ca: { file: tls/full.pem }';

  test.each([
    ['a ca without TLS', peer('http://h', ca), 'found http:// with a ca, allowed: https://, or no ca'],
    [
      'a secret in the clear, to where only TLS answers',
      `${peer('http://h')}${tls}`,
      'found http:// with http.tls',
    ],
  ])('%s is refused', (_, text, said) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(`services.policy.url: ${said}`)]);
  });

  test.each([
    ['both with TLS', `${peer('https://h', ca)}${tls}`],
    ['a proxy with TLS before one', peer('https://h')],
    ['neither', peer('http://h')],
  ])('%s may be', (_, text) => expect(problemsOf(text)).toEqual([]));
});
