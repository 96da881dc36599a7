import { groupsLdif, peopleLdif, skipWithout } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { startMeter } from './meter.ts';
import { directoryAt, forever, readersAccess, type World, world } from './set-up.ts';

const people = 1203;

/** Without paging slapd gives 500 entries and error 4; by pages, as many as `size.prtotal` says. */
const limits = [
  'olcLimits: dn.exact="cn=few,ou=readers,SUFFIX" size.soft=5 size.hard=5 size.prtotal=5',
  'olcLimits: dn.exact="cn=some,ou=readers,SUFFIX" size=500 size.prtotal=1000',
  'olcLimits: * size.soft=500 size.hard=unlimited size.prtotal=unlimited',
];

describe.skipIf(skipWithout('slapd'))('a limit of the server', () => {
  let one: World;

  beforeAll(async () => {
    one = await world({
      entries: (suffix) =>
        peopleLdif(suffix, people) +
        groupsLdif(suffix, { groups: 5, members: 100, people }) +
        readersAccess.entries(suffix),
      access: readersAccess.rules,
      database: limits,
    });
  });

  const read = (reader?: string) => {
    const { suffix } = one.at;
    const bind = reader === undefined ? undefined : readersAccess.reader(reader);
    const groups = { team: `cn=team,ou=groups,${suffix}` };
    return one.read({ groups, ...(bind && { ...bind, bindDn: `${bind.bindDn},${suffix}` }) });
  };

  it('of a page is no matter: everybody is read', async () => {
    const { people: found, groups } = await read();
    expect(new Set(found.map(({ id }) => id)).size).toBe(people);
    expect(groups.team).toMatchObject({ state: 'known', dangling: [] });
    expect(groups.team.state === 'known' && groups.team.members.size).toBe(500);
  });

  it.each(['few', 'some'])('makes a read void, and leaves nobody out: %s', async (reader) => {
    await expect(read(reader)).rejects.toMatchObject({
      reason: 'size-limit',
      message: expect.stringContaining('olcLimits'),
    });
  });

  it.each(['stall', 'reset'] as const)('is no matter, but a page that does not come is: %s', async (fate) => {
    // An entry has more than 100 bytes: one page passes, and a part of the second.
    const meter = await startMeter(one.at.port, 130_000, fate);
    try {
      const { suffix } = one.at;
      const limits = { connectMs: 5000, answerMs: 500 };
      const read = directoryAt({ port: meter.port, suffix }, {}, limits).read(forever);
      await expect(read).rejects.toMatchObject({ reason: 'no-answer' });
      expect(meter.passed()).toBe(130_000);
    } finally {
      await meter.close();
    }
  });
});
