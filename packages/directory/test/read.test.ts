import { skipWithout } from '@huismeester/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, membersIn, somebody, unit, type World, world } from './set-up.ts';

const entries = (suffix: string) =>
  unit(suffix, 'people') +
  somebody(suffix, 'p1', {
    number: 1,
    more: ['mail: p1@example.org', 'mail: one@example.org', 'sshPublicKey: ssh-ed25519 AAAA p1@box'],
  });

describe.skipIf(skipWithout('slapd'))('a read', () => {
  let one: World;

  beforeAll(async () => {
    one = await world({ entries });
  });

  it('has everybody', async () => {
    const { people, groups } = await one.read();
    expect(people).toEqual([
      {
        id: idOf(1),
        uid: 'p1',
        name: 'Name of p1',
        mails: ['p1@example.org', 'one@example.org'],
        enabled: true,
        sshKeys: ['ssh-ed25519 AAAA p1@box'],
      },
    ]);
    expect(membersIn(groups.participants)).toEqual({ 1: '' });
  });
});
