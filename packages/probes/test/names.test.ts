import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { skipWithout, startUnbound, type TempDir, tempDir, type Unbound } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createResolveName, type ResolveName } from '../src/index.ts';
import { lookOnce } from './look-once.ts';

describe.skipIf(skipWithout('unbound'))('a host name', () => {
  let unbound: Unbound;
  let dir: TempDir;
  let resolveName: ResolveName;
  const never = new AbortController().signal;

  beforeAll(async () => {
    [unbound, dir] = await Promise.all([
      startUnbound(['both.test. A 127.0.0.1', 'both.test. AAAA ::1', 'mail.test. MX 10 both.test.']),
      tempDir('names'),
    ]);
    const hostsFile = join(dir.path, 'hosts');
    const resolvFile = join(dir.path, 'resolv.conf');
    await writeFile(hostsFile, '# local\n10.1.2.3\tNAS.lan nas # the big one\n');
    await writeFile(resolvFile, 'nameserver 127.0.0.1\nsearch nowhere.test test\n');
    resolveName = createResolveName({ hostsFile, resolvFile, servers: [`127.0.0.1:${unbound.port}`] });
  });
  afterAll(async () => {
    await unbound.close();
    await dir.remove();
  });

  it('has the addresses of both families', async () => {
    const both = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    expect(await resolveName('both.test', never)).toEqual(both);
    expect(await resolveName('both', never)).toEqual(both);
  });

  it('is looked for in the hosts file first', async () => {
    expect(await resolveName('nas.lan', never)).toEqual([{ address: '10.1.2.3', family: 4 }]);
  });

  it.each([
    ['nowhere.test', 'ENOTFOUND', '5s'],
    ['nowhere', 'ENOTFOUND', '5s'],
    ['mail.test', 'no address', '5s'],
    ['a.servfail', 'name not resolved', '600ms'],
    ['a.silent', 'name not resolved', '600ms'],
  ])('that does not resolve is down: %s', async (host, detail, deadline) => {
    const look = await lookOnce('tcp', { host, port: 9, deadline }, { resolveName });
    expect(look).toEqual({ outcome: 'down', reason: 'no-answer', detail, answered: false });
  });
});
