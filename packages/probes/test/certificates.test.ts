import { X509Certificate } from 'node:crypto';
import { type Nginx, type Signed, sign, skipWithout, startNginx } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookOnce } from './look-once.ts';

const chain = (...certificates: Signed[]) => certificates.map(({ cert }) => cert).join('');
const caIssuers = 'http://127.0.0.1/issuer.der';
const day = 86_400_000;

/** What a space's servers show, good and bad. */
async function certificates() {
  const root = await sign({ name: 'Root', authority: true, days: [-10, 3_000] });
  const oldRoot = await sign({ name: 'Old root', authority: true, days: [-3_000, -5] });
  const strange = await sign({ name: 'Strange root', authority: true });
  const middle = await sign({ name: 'Middle', authority: true, by: root, days: [-10, 300], caIssuers });
  const crossed = await sign({
    name: 'Root',
    authority: true,
    by: oldRoot,
    keys: root.keys,
    days: [-3_000, -5],
  });
  const shortMiddle = await sign({ name: 'Short middle', authority: true, by: root, days: [-10, 20] });
  const deadMiddle = await sign({ name: 'Dead middle', authority: true, by: root, days: [-10, -1] });
  const names = ['elsewhere.test'];
  const shown = {
    direct: await sign({ name: 'direct', by: root }),
    good: await sign({ name: 'good', by: middle, caIssuers }),
    expired: await sign({ name: 'expired', by: root, days: [-90, -1] }),
    early: await sign({ name: 'early', by: root, days: [1, 90] }),
    wrongName: await sign({ name: 'wrong-name', by: root, names }),
    alone: await sign({ name: 'alone' }),
    strange: await sign({ name: 'strange', by: strange }),
    short: await sign({ name: 'short', by: shortMiddle }),
    dead: await sign({ name: 'dead', by: deadMiddle }),
    expiredElsewhere: await sign({ name: 'expired', by: root, days: [-90, -1], names }),
    expiredAlone: await sign({ name: 'alone', days: [-90, -1] }),
    expiredStrange: await sign({ name: 'strange', by: strange, days: [-90, -1] }),
  };
  const server = (leaf: Signed, ...rest: Signed[]) => ({
    certificate: { chain: chain(leaf, ...rest), key: leaf.key },
  });
  const servers = {
    direct: server(shown.direct),
    ofOldRoot: server(await sign({ name: 'of-old', by: oldRoot })),
    withRoot: server(shown.direct, root),
    good: server(shown.good, middle),
    crossed: server(shown.good, middle, crossed, oldRoot),
    lacking: server(shown.good),
    short: server(shown.short, shortMiddle),
    dead: server(shown.dead, deadMiddle),
    expired: server(shown.expired),
    early: server(shown.early),
    wrongName: server(shown.wrongName),
    alone: server(shown.alone),
    strange: server(shown.strange),
    strangeWithRoot: server(shown.strange, strange),
    expiredElsewhere: server(shown.expiredElsewhere),
    expiredAlone: server(shown.expiredAlone),
    expiredStrange: server(shown.expiredStrange, strange),
    expiredLacking: server(await sign({ name: 'x', by: middle, days: [-90, -1], caIssuers })),
  };
  return { root, oldRoot, shown, shortMiddle, servers };
}

type Made = Awaited<ReturnType<typeof certificates>>;
type Name = keyof Made['servers'];

describe.skipIf(skipWithout('nginx'))('a certificate', () => {
  let made: Made;
  let nginx: Nginx<Name>;

  beforeAll(async () => {
    made = await certificates();
    nginx = await startNginx<Name>(made.servers);
  });
  afterAll(() => nginx.close());

  const get = (name: Name, rest: { certificate?: 'fail' | 'warn'; ca?: string } = {}) =>
    lookOnce('http', {
      url: `https://127.0.0.1:${nginx.ports[name]}/`,
      status: [200],
      certificate: 'fail',
      ca: made.root.cert,
      ...rest,
    });

  it.each<[Name]>([['direct'], ['withRoot'], ['good'], ['crossed'], ['short']])(
    'verifies: %s',
    async (name) => {
      const look = await get(name);
      expect(look).toMatchObject({ outcome: 'up', detail: '200' });
      expect(look.certificate).not.toHaveProperty('fault');
      expect(Date.parse(look.certificate?.notAfter ?? '')).toBeGreaterThan(Date.now());
    },
  );

  it.each<[Name, string]>([
    ['lacking', 'intermediate-missing'],
    ['dead', 'expired'],
    ['expired', 'expired'],
    ['early', 'not-yet-valid'],
    ['wrongName', 'wrong-name'],
    ['alone', 'self-signed'],
    ['strange', 'issuer-unknown'],
    ['strangeWithRoot', 'issuer-unknown'],
    // Several: the one that is to be mended first.
    ['expiredElsewhere', 'wrong-name'],
    ['expiredAlone', 'self-signed'],
    ['expiredStrange', 'expired'],
    ['expiredLacking', 'expired'],
  ])('does not: %s is %s', async (name, fault) => {
    const look = await get(name);
    expect(look).toMatchObject({ outcome: 'down', reason: 'certificate', certificate: { fault } });
    expect(look.detail).toMatch(new RegExp(`^${fault}`));
  });

  it('of a root that has expired is expired, and the root is named', async () => {
    const look = await get('ofOldRoot', { ca: made.oldRoot.cert });
    expect(look).toMatchObject({ reason: 'certificate', detail: 'expired (its root)' });
  });

  it('that does not verify is a defect only, where settings say so', async () => {
    expect(await get('expired', { certificate: 'warn' })).toMatchObject({
      outcome: 'degraded',
      defect: 'certificate',
      detail: 'expired',
      certificate: { fault: 'expired' },
    });
  });

  it('has the fingerprint and the dates of the server', async () => {
    const leaf = new X509Certificate(made.shown.good.cert);
    expect((await get('good')).certificate).toEqual({
      fingerprint: leaf.fingerprint256,
      notBefore: leaf.validFromDate.toISOString(),
      notAfter: leaf.validToDate.toISOString(),
    });
  });

  it('ends with an intermediate that ends first', async () => {
    const middle = new X509Certificate(made.shortMiddle.cert);
    const { certificate } = await get('short');
    expect(certificate?.notAfter).toBe(middle.validToDate.toISOString());
    expect(Date.parse(certificate?.notAfter ?? '')).toBeLessThan(Date.now() + 21 * day);
    expect(certificate?.fingerprint).toBe(new X509Certificate(made.shown.short.cert).fingerprint256);
  });

  it('of an authority of one’s own is not trusted unless settings name it', async () => {
    const url = `https://127.0.0.1:${nginx.ports.good}/`;
    const look = await lookOnce('http', { url, status: [200], certificate: 'fail' });
    expect(look).toMatchObject({ reason: 'certificate', certificate: { fault: 'intermediate-missing' } });
  });

  it('is judged in each look, after one for another name was good', async () => {
    expect(await get('direct')).toMatchObject({ outcome: 'up' });
    const resolveName = async () => [{ address: '127.0.0.1', family: 4 as const }];
    const url = `https://elsewhere.test:${nginx.ports.direct}/`;
    const other = await lookOnce(
      'http',
      { url, status: [200], certificate: 'fail', ca: made.root.cert },
      { resolveName },
    );
    expect(other).toMatchObject({ reason: 'certificate', detail: 'wrong-name' });
  });
});
