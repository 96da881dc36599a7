import { skipWithout, waitFor } from '@huismeester/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { asked, found, guest, openSpace, type Space } from './space.ts';

const vmids = [501, 502, 503];

describe.skipIf(skipWithout('postgres', 'initdb'))('on PostgreSQL', () => {
  let space: Space;

  beforeAll(async () => {
    // Nothing is looked at by itself in all of this test.
    space = await openSpace({ poll: '10m', guests: vmids.map((vmid) => guest(vmid)) });
    for (const vmid of vmids) await found(space, vmid);
  });
  afterAll(() => space.close());

  test.each(vmids)(
    'a decision about %i is carried out when it is committed, not at the next look',
    async (vmid) => {
      await space.home.decide(String(vmid), 'stopped');
      await waitFor('the request', () => asked(space, vmid, 'shutdown').length > 0);
    },
  );
});
