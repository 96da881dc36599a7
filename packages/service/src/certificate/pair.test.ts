import { createPrivateKey } from 'node:crypto';
import { type Signed, sign } from '@huismeester/testkit';
import { beforeAll, expect, test } from 'vitest';
import { endOf, pairTrouble } from './pair.ts';

let one: Signed;
let other: Signed;
let chain: string;
beforeAll(async () => {
  const ca = await sign({ name: 'ca', authority: true });
  one = await sign({ name: 'one', by: ca, days: [-1, 20] });
  other = await sign({ name: 'other', by: ca });
  chain = `${one.cert}${ca.cert}`;
});

test('a certificate fits its key, with the chain behind it or without', () => {
  expect(pairTrouble(one)).toBeUndefined();
  expect(pairTrouble({ cert: chain, key: one.key })).toBeUndefined();
  const days = ((endOf(one)?.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(20);
});

test.each<[string, () => { cert: string; key: string }, string]>([
  ['text', () => ({ ...one, cert: 'hello' }), 'cert is no certificate in PEM that is whole'],
  ['half a certificate', () => ({ ...one, cert: one.cert.slice(0, 300) }), 'cert is no certificate in PEM'],
  [
    'half a chain',
    () => ({ key: one.key, cert: chain.slice(0, -100) }),
    'cert and key cannot be used together',
  ],
  ['half a key', () => ({ ...one, key: one.key.slice(0, 80) }), 'key is no private key in PEM that is whole'],
  ['another’s key', () => ({ cert: one.cert, key: other.key }), 'key is not that of cert'],
  [
    'an encrypted key',
    () => ({ ...one, key: encrypted(one.key) }),
    'key is encrypted, and nobody is there to type its password; give it without (openssl pkey',
  ],
])('%s is refused in words that hold nothing of it', (_, pair, said) => {
  const why = pairTrouble(pair());
  expect(why).toContain(said);
  expect(why).not.toMatch(/BEGIN|[A-Za-z0-9+/]{30}/);
});

function encrypted(key: string): string {
  const how = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  return createPrivateKey(key).export(how).toString();
}
