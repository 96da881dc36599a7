import type { EventData } from '@huismeester/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DirectoryEvent, type DirectoryFact, directoryFrom, evolveDirectory } from './directory.ts';
import { evolvePerson, type PersonEvent, type PersonFact, personFrom } from './person.ts';

/* fold(events) = from the snapshot, whatever the directory does: membership's snapshot is modelled as it is agreed upon. */

const person = '5f0c1d2e-7a3b-4c4d-9e5f-0a1b2c3d4e5f';
const other = fc.constantFrom('11111111-7a3b-4c4d-9e5f-0a1b2c3d4e5f', '22222222-7a3b-4c4d-9e5f-0a1b2c3d4e5f');
const subset = <const T>(...all: T[]) => fc.subarray(all);
const since = fc.constantFrom('2026-11-30T12:00:00.000Z', '2026-11-30T12:01:00.000Z');

type Said = EventData<'person.changed'>;
const changed: fc.Arbitrary<Said> = fc
  .record(
    {
      enabled: fc.boolean(),
      groups: subset('participants', 'team', 'trial', 'board'),
      roles: subset('participant', 'trial', 'infrateam', 'board'),
      took_uid_of: other,
    },
    { requiredKeys: ['enabled', 'groups', 'roles'] },
  )
  .map((said) => ({ person, ...said }));

const ofPerson = fc.oneof(
  changed.map((data) => ({ type: 'person.changed' as const, data })),
  fc.constant({ type: 'person.gone' as const, data: { person } }),
  other.map((took_uid_of) => ({ type: 'person.confirmed' as const, data: { person, took_uid_of } })),
);

test('a person is the same from the snapshot as from their events', () => {
  fc.assert(
    fc.property(fc.array(ofPerson, { maxLength: 12 }), (events) => {
      let folded: PersonFact | undefined;
      let entity: Said | undefined;
      for (const event of events) {
        folded = evolvePerson(folded, event as PersonEvent);
        if (event.type === 'person.changed') entity = event.data;
        else if (event.type === 'person.gone') entity = undefined;
        else if (entity?.took_uid_of === event.data.took_uid_of) {
          const { took_uid_of: _, ...confirmed } = entity ?? {};
          entity = confirmed.person === undefined ? undefined : (confirmed as Said);
        }
        expect(folded).toEqual(entity && personFrom(entity));
      }
    }),
  );
});

const ofDirectory = fc.oneof(
  since.map((at) => ({ type: 'directory.known' as const, data: { since: at, people: 3 } })),
  since.map((at) => ({
    type: 'directory.unknown' as const,
    data: { since: at, reason: 'no-answer' as const },
  })),
  fc.integer({ min: 3, max: 30 }).map((people) => ({
    type: 'directory.renumbered' as const,
    data: { people },
  })),
  fc.constant({ type: 'directory.confirmed' as const, data: {} }),
);

test('so is the directory, before it was read too', () => {
  fc.assert(
    fc.property(fc.array(ofDirectory, { minLength: 1, maxLength: 12 }), (events) => {
      let folded: DirectoryFact | undefined;
      let entity: Parameters<typeof directoryFrom>[0] = { state: 'unknown' };
      for (const event of events) {
        folded = evolveDirectory(folded, event as DirectoryEvent);
        const { renumbered, ...state } = entity;
        const kept = renumbered === undefined ? {} : { renumbered };
        switch (event.type) {
          case 'directory.known':
            entity = { state: 'known', since: event.data.since, ...kept };
            break;
          case 'directory.unknown':
            entity = { state: 'unknown', ...event.data, ...kept };
            break;
          case 'directory.renumbered':
            entity = { ...state, renumbered: event.data.people };
            break;
          case 'directory.confirmed':
            entity = state;
        }
        expect(folded).toEqual(directoryFrom(entity));
      }
    }),
  );
});
