import type {
  AccessListEntity,
  AccessSourceEntity,
  AccountEntity,
  ApplicationEntity,
  GrantEntity,
  KnownAccountEntity,
  MemberEntity,
} from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AccessListEvent,
  type AccessListFact,
  accessListFrom,
  evolveAccessList,
} from './access-list.ts';
import { type AccessSourceEvent, accessSourceFrom, evolveAccessSource } from './access-source.ts';
import { type AccountEvent, accountFrom, evolveAccount } from './account.ts';
import {
  type ApplicationEvent,
  type ApplicationFact,
  applicationFrom,
  evolveApplication,
} from './application.ts';
import { evolveGrant, type GrantEvent, grantFrom } from './grant.ts';
import { evolveKnownAccount, type KnownAccountEvent, knownAccountFrom } from './known-account.ts';
import { evolveMember, type MemberEvent, memberFrom } from './member.ts';

/* fold(events) = from the snapshot, which is modelled as membership keeps it. Whatever the order: what cannot follow upon another is folded too. */

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const voter = fc.constantFrom('voter-a', 'voter-b', 'voter-c');
const when = fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms).toISOString());
const trialOrFull = fc.constantFrom('trial' as const, 'full' as const);
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const ofMember = fc.record({
  type: fc.constantFrom(
    'member.proposed' as const,
    'member.proposal-withdrawn' as const,
    'member.confirmed' as const,
    'member.extended' as const,
    'member.suspended' as const,
    'member.reinstated' as const,
    'member.left' as const,
    'member.joined' as const,
  ),
  time: when,
  until: when,
  state: trialOrFull,
  act: fc.constantFrom('confirm' as const, 'end' as const),
});
type MemberHappened = typeof ofMember extends fc.Arbitrary<infer Each> ? Each : never;

function memberAfter(entity: MemberEntity, { type, time, until, state, act }: MemberHappened): MemberEntity {
  const { proposal, ...unproposed } = entity;
  switch (type) {
    case 'member.joined':
      return { person, state, since: time, until };
    case 'member.reinstated':
      return { person, state, since: time, until, ...(proposal?.act === 'end' && { proposal }) };
    case 'member.proposed':
      return { ...entity, proposal: { act, by: person, at: time } };
    case 'member.proposal-withdrawn':
      return unproposed;
    case 'member.confirmed':
      return { person, state: 'full', since: time };
    case 'member.extended':
      return { ...unproposed, until };
    case 'member.left':
      return { person, state: 'former', since: time };
    case 'member.suspended': {
      const before = entity.before ?? {
        state: entity.state,
        ...(entity.until !== undefined && { until: entity.until }),
      };
      return { person, state: 'suspended', since: time, until, before };
    }
  }
}

test('a member is the same from the snapshot as from their events', () => {
  fc.assert(
    fc.property(when, trialOrFull, fc.array(ofMember, { maxLength: 10 }), (time, state, all) => {
      const imported = { type: 'member.imported', time, data: { person, state } };
      let fact = evolveMember(undefined, imported as unknown as MemberEvent);
      let entity: MemberEntity = { person, state, since: time };
      for (const each of all) {
        const { type, time: at, until, act } = each;
        const data = { person, until, state: each.state, act, by: person };
        fact = evolveMember(fact, { type, time: at, data } as unknown as MemberEvent);
        entity = memberAfter(entity, each);
        expect(fact).toEqual(memberFrom(entity));
      }
    }),
  );
});

test('of a member an older membership says less', () => {
  expect(memberFrom({ person, state: 'full' })).toEqual({ person, state: 'full' });
});

const application = '0193a5c2-7b1e-7c3a-9f00-5d1f6a2b3c4f';
const ofApplication = fc.record({
  type: fc.constantFrom(
    'application.opened' as const,
    'application.trial-set' as const,
    'application.vote-cast' as const,
    'application.minutes-recorded' as const,
    'application.minutes-withdrawn' as const,
    'application.approved' as const,
    'application.put-to-board' as const,
    'application.without-board' as const,
    'application.withdrawn' as const,
    'application.vetoed' as const,
    'application.rejected' as const,
    'application.lapsed' as const,
    'application.carried-out' as const,
  ),
  time: when,
  until: when,
  by: voter,
  backer: optional(voter),
  trial_days: fc.nat(365),
  vote: optional(fc.constant(false)),
});
type ApplicationHappened = typeof ofApplication extends fc.Arbitrary<infer Each> ? Each : never;

function applicationAfter(entity: ApplicationEntity, each: ApplicationHappened): ApplicationEntity {
  const { type, time, until, by, backer, trial_days, vote } = each;
  switch (type) {
    case 'application.opened':
      return {
        application,
        person,
        since: entity.since,
        ...given({ backer }),
        state: 'open',
        ends: until,
        trial_days,
        voted: backer === undefined ? [] : [backer],
      };
    case 'application.trial-set':
      return { ...entity, trial_days };
    case 'application.vote-cast':
      return vote === false ? entity : { ...entity, voted: [by, ...entity.voted] };
    case 'application.minutes-recorded':
      return { ...entity, minutes: { by, at: time } };
    case 'application.minutes-withdrawn': {
      const { minutes: _, ...without } = entity;
      return without;
    }
    case 'application.approved':
      return { ...entity, state: 'awaiting-board', approved: { at: time, how: 'votes' } };
    case 'application.put-to-board':
      return { ...entity, board_until: until };
    case 'application.without-board': {
      const { board_until: _, ...without } = entity;
      return without;
    }
    default: {
      const state = type.replace('application.', '') as ApplicationEntity['state'];
      return { ...entity, state, ended: { at: time } };
    }
  }
}

test('an application is the same from the snapshot as from its events', () => {
  fc.assert(
    fc.property(when, voter, fc.array(ofApplication, { maxLength: 10 }), (since, backer, all) => {
      const data = { application, person, by: backer, trial_days: 60 };
      const proposed = { type: 'application.proposed', time: since, data };
      let fact: ApplicationFact | undefined = evolveApplication(
        undefined,
        proposed as unknown as ApplicationEvent,
      );
      let entity: ApplicationEntity = {
        application,
        person,
        state: 'proposed',
        since,
        backer,
        trial_days: 60,
        voted: [],
      };
      let isOver = false;
      for (const each of all) {
        // Nothing follows once it is over.
        if (isOver) break;
        // Minutes are of an application that is not decided yet.
        if (each.type.includes('minutes') && entity.approved) continue;
        const { type, time, until, by, trial_days } = each;
        const said = {
          application,
          person,
          until,
          ends: until,
          by,
          trial_days,
          ...given({ backer: each.backer, vote: each.vote }),
        };
        fact = evolveApplication(fact, { type, time, data: said } as unknown as ApplicationEvent);
        entity = applicationAfter(entity, each);
        isOver = entity.ended !== undefined;
        expect(fact).toEqual(applicationFrom(entity));
      }
    }),
  );
});

test('so is one that was opened without being proposed', () => {
  const data = { application, person, ends: '2026-12-01T00:00:00.000Z', trial_days: 0 };
  const opened = { type: 'application.opened', time: '2026-11-17T00:00:00.000Z', data };
  expect(evolveApplication(undefined, opened as unknown as ApplicationEvent)).toEqual(
    applicationFrom({ ...data, state: 'open', since: opened.time, voted: [] }),
  );
});

const list = 'router-admins';
const people = fc.uniqueArray(voter);
const ofList = fc.record({
  type: fc.constantFrom('access-list.recorded' as const, 'access-list.confirmed' as const),
  time: when,
  people,
  core: fc.boolean(),
});

test('a list is the same from the snapshot as from its events', () => {
  fc.assert(
    fc.property(when, fc.array(ofList, { maxLength: 6 }), (begun, all) => {
      const fields = { list, title: 'Admin login of the router', kind: 'access' as const };
      let fact: AccessListFact | undefined;
      let entity: AccessListEntity | undefined;
      const first = { type: 'access-list.recorded' as const, time: begun, people: [], core: true };
      for (const { type, time, people: of, core } of [first, ...all]) {
        const data = { ...fields, people: of, core, by: person };
        fact = evolveAccessList(fact, { type, time, data } as unknown as AccessListEvent);
        if (type === 'access-list.recorded') entity = { ...fields, people: of, core, since: time };
        else if (entity) entity = { ...entity, confirmed_at: time };
        expect(fact).toEqual(entity && accessListFrom(entity));
      }
      const ended = { type: 'access-list.ended', time: begun, data: { list } };
      expect(evolveAccessList(fact, ended as unknown as AccessListEvent)).toBeUndefined();
    }),
  );
});

const account = 'pve-3f2a9c01d4e5';

test('so are an account, whose it is, and where it was found', () => {
  const found: AccountEntity = {
    account,
    source: 'pve',
    kind: 'user',
    person,
    built_in: 'own-user',
    asleep: false,
    rights: [{ on: '/vms', privileges: ['VM.Allocate'], by: ['user: Administrator on /'] }],
  };
  const fold = (type: string, data: object) => evolveAccount({ type, data } as unknown as AccountEvent);
  expect(fold('account.found', found)).toEqual(accountFrom(found));
  expect(fold('account.gone', { account, source: 'pve' })).toBeUndefined();

  const know = (type: string, data: object) =>
    evolveKnownAccount({ type, data } as unknown as KnownAccountEvent);
  const assigned: KnownAccountEntity = { account, person };
  const registered: KnownAccountEntity = {
    account,
    purpose: 'Backups',
    steward: person,
    review: '2027-11-22',
  };
  expect(know('known-account.assigned', assigned)).toEqual(knownAccountFrom(assigned));
  expect(know('known-account.registered', registered)).toEqual(knownAccountFrom(registered));
  expect(know('known-account.forgotten', { account })).toBeUndefined();

  const since = '2026-12-01T00:00:00.000Z';
  const look = (type: string, data: object) =>
    evolveAccessSource({ type, data } as unknown as AccessSourceEvent);
  const unknown: AccessSourceEntity = {
    source: 'pve',
    state: 'unknown',
    since,
    lacks: 'Sys.Audit on /access',
  };
  expect(look('access-source.known', { source: 'pve', since, accounts: 3 })).toEqual(
    accessSourceFrom({ source: 'pve', state: 'known', since }),
  );
  expect(look('access-source.unknown', unknown)).toEqual(accessSourceFrom(unknown));
  expect(look('access-source.ended', { source: 'pve' })).toBeUndefined();
});

test('so is a grant', () => {
  const entity: GrantEntity = {
    grant: application,
    person,
    on: 'class/core',
    core: true,
    until: '2026-12-01T00:00:00.000Z',
    by: person,
  };
  expect(evolveGrant({ type: 'grant.given', data: entity } as unknown as GrantEvent)).toEqual(
    grantFrom(entity),
  );
  const ended = { type: 'grant.ended', data: { grant: application, person, how: 'expired' } };
  expect(evolveGrant(ended as unknown as GrantEvent)).toBeUndefined();
});
