import type { GroupName } from '@huismeester/contracts';
import type { GroupRead } from '@huismeester/directory';
import { expect, test } from 'vitest';
import { assess, type Gone } from './assess.ts';
import type { KnownPerson, Read } from './known.ts';

/** `a` is the person a whose uid is a; `a=x` has the uid x. */
const nameAndUid = (text: string) => {
  const [id = '', uid = id] = text.split('=');
  return { id, uid };
};

type Groups = Partial<Record<GroupName, readonly string[] | 'unknown'>>;

function read(people: readonly string[], groups: Groups = {}, disabled: readonly string[] = []): Read {
  const group = (name: GroupName): GroupRead => {
    const members = groups[name];
    if (members === undefined) return { state: 'not-set-up' };
    if (members === 'unknown') return { state: 'unknown', detail: '' };
    // `a!` is in it by the uid alone.
    const ids = members.map((each) => each.replace('!', ''));
    const byUid = new Set(members.filter((each) => each.endsWith('!')).map((each) => each.replace('!', '')));
    return { state: 'known', members: new Map(ids.map((id) => [id, []])), byUid, dangling: [] };
  };
  return {
    people: people
      .map(nameAndUid)
      .map(({ id, uid }) => ({ id, uidHash: uid, enabled: !disabled.includes(id) })),
    groups: {
      participants: group('participants'),
      team: group('team'),
      trial: group('trial'),
      board: group('board'),
    },
  };
}

const none = { accepts: () => false, newId: () => 'made' };

function take(
  known: readonly KnownPerson[],
  next: Read,
  accepts: (parts: readonly Gone[]) => boolean = none.accepts,
) {
  const found = assess(known, next, { ...none, accepts });
  if (found.verdict === 'complete') return found;
  throw new Error(`too much is gone: ${JSON.stringify(found.parts)}`);
}

const from = (...args: Parameters<typeof read>) => take([], read(...args)).people;
const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const shown = (people: readonly KnownPerson[]) =>
  people.map(({ id, directoryId, gone, tookUidOf }) =>
    [
      id,
      directoryId === id ? '' : `(${directoryId})`,
      gone ? '-' : '',
      tookUidOf ? `<${tookUidOf}` : '',
    ].join(''),
  );
const without = (...gone: string[]) => ten.filter((each) => !gone.includes(each));

test('somebody who is renamed is the same person', () => {
  const { people } = take(from(['a', 'b']), read(['a=a-new', 'b']));
  expect(shown(people)).toEqual(['a', 'b']);
});

test('two who swap their uids are who they were, and each has the uid of another', () => {
  const swapped = take(from(['a', 'b']), read(['a=b', 'b=a'])).people;
  expect(shown(swapped)).toEqual(['a<b', 'b<a']);
});

test('who takes a former uid of one’s own back takes nobody’s', () => {
  const renamed = take(from(['a', 'b']), read(['a=z', 'b'])).people;
  expect(shown(take(renamed, read(['a', 'b'])).people)).toEqual(['a', 'b']);
});

test('the uid that somebody had long ago is still another’s', () => {
  const renamed = take(from(['a', 'b']), read(['a=z', 'b'])).people;
  expect(shown(take(renamed, read(['a=z', 'b', 'c=a'])).people)).toEqual(['a', 'b', 'c<a']);
});

test('a uid that was another’s gives nothing by itself until it is confirmed', () => {
  const known = from(['a', 'b'], { board: ['a!'] });
  const { people } = take(known, read(['b', 'c=a'], { board: ['c!'] }));
  const groupsOf = (all: readonly KnownPerson[]) => all.find(({ id }) => id === 'c')?.groups;
  expect(groupsOf(people)).toEqual([]);
  const confirmed = people.map((each) => ({ ...each, tookUidOf: null }));
  expect(groupsOf(take(confirmed, read(['b', 'c=a'], { board: ['c!'] })).people)).toEqual(['board']);
  // Whom a group names by DN is meant.
  expect(groupsOf(take(known, read(['b', 'c=a'], { board: ['c'] })).people)).toEqual(['board']);
});

test('a uid that several have stands for none of them, and does not make a renumbering', () => {
  const same = ['x1=a', 'x2=a', 'x3=a'];
  const { people, renumbered } = take(from(ten), read([...without('a'), ...same]));
  expect(renumbered).toBe(0);
  expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
});

test('who has no uid that we may read is who they were; a new one is nobody', () => {
  const known = from(['a', 'b']);
  const unread = read(['a', 'b', 'c']);
  const { people } = take(known, {
    ...unread,
    people: unread.people.map((each) => (each.id === 'b' ? each : { ...each, uidHash: undefined })),
  });
  expect(people.map(({ id, uidHash }) => [id, uidHash])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
  ]);
});

test.each([
  ['whose account was made anew', ['a', 'b'], ['a', 'c=b'], ['a', 'c<b', 'b-']],
  ['who took the uid of one who was renamed', ['a', 'b'], ['a=z', 'b', 'c=a'], ['a', 'b', 'c<a']],
  ['who was renamed to the uid of one who left', ['a', 'b'], ['b=a'], ['b<a', 'a-']],
])('the same uid under another id is a new person: %s', (_, before, after, expected) => {
  expect(shown(take(from(before), read(after)).people)).toEqual(expected);
});

test('a new person inherits no group, and the uid of one who left long ago counts too', () => {
  const left = take(from(['a', 'b'], { team: ['b'] }), read(['a'], { team: [] })).people;
  const { people } = take(left, read(['a', 'c=b'], { team: 'unknown' }));
  expect(shown(people)).toEqual(['a', 'c<b', 'b-']);
  expect(people.find(({ id }) => id === 'c')?.groups).toEqual([]);
});

test('a directory that gives people another id at once was renumbered: they are kept by their uid', () => {
  const known = from(ten, { team: ['a', 'b'] });
  const renumbered = ten.map((uid) => `${uid}2=${uid}`);
  const { people, renumbered: count } = take(known, read(renumbered, { team: ['a2', 'b2'] }));
  expect(count).toBe(10);
  expect(shown(people)).toEqual(ten.map((id) => `${id}(${id}2)`));
  expect(people.find(({ id }) => id === 'a')?.groups).toEqual(['team']);
  // And back: the ids of then are those of the people.
  expect(shown(take(people, read(ten)).people)).toEqual(ten);
});

test('two of ten with another id are two new people; three are a renumbering', () => {
  const two = take(from(ten), read(['a2=a', 'b2=b', ...without('a', 'b')]));
  expect(two).toMatchObject({ renumbered: 0 });
  expect(shown(two.people).slice(0, 2)).toEqual(['a2<a', 'b2<b']);
  expect(take(from(ten), read(['a2=a', 'b2=b', 'c2=c', ...without('a', 'b', 'c')]))).toMatchObject({
    renumbered: 3,
  });
});

test('after a renumbering an id that is somebody’s is given to nobody else', () => {
  const moved = take(from(ten), read(ten.map((uid) => `${uid}2=${uid}`))).people;
  const { people } = take(moved, read([...ten.map((uid) => `${uid}2=${uid}`), 'a=new']));
  expect(shown(people).at(-1)).toBe('made(a)');
});

const fifteen = [...ten, 'k', 'l', 'm', 'n', 'o'];

test.each<[string, Parameters<typeof read>, Parameters<typeof read>, string[]]>([
  ['three of ten people', [ten], [without('a', 'b', 'c')], ['people 3/10']],
  ['everybody', [['a', 'b', 'c']], [[]], ['people 3/3']],
  [
    'three of five in a group',
    [ten, { board: ten.slice(0, 5) }],
    [ten, { board: ['a', 'b'] }],
    ['board 3/5'],
  ],
  [
    'a group that settings name no more',
    [ten, { participants: ten }],
    [ten, { participants: [] }],
    ['participants 10/10'],
  ],
  ['four of ten disabled', [ten], [ten, {}, ['a', 'b', 'c', 'd']], ['enabled 4/10']],
  ['three disabled who are not any more', [ten, {}, ['a', 'b', 'c']], [ten], ['disabled 3/3']],
  [
    'a half answer, with groups',
    [fifteen, { participants: fifteen, team: ten }],
    [fifteen.slice(5), { participants: fifteen.slice(5), team: ten.slice(5) }],
    ['people 5/15', 'participants 5/15', 'team 5/10'],
  ],
])('%s at once: nothing follows until it is accepted', (_, before, after, expected) => {
  const known = from(...before);
  const found = assess(known, read(...after), none);
  expect(found).toMatchObject({ verdict: 'too-much-gone' });
  const parts = found.verdict === 'too-much-gone' ? found.parts : [];
  expect(parts.map(({ what, ids, of }) => `${what} ${ids.length}/${of}`)).toEqual(expected);
  const people = new Set(parts.flatMap(({ ids }) => ids));
  expect(take(known, read(...after), (given) => given.length === parts.length).accepted).toBe(people.size);
});

test.each<[string, Parameters<typeof read>, Parameters<typeof read>]>([
  ['two of four people', [['a', 'b', 'c', 'd']], [['a', 'b']]],
  ['two of ten people', [ten], [without('a', 'b')]],
  ['three of fifteen: a fifth, and no more', [fifteen], [fifteen.slice(3)]],
  ['all four of a small group', [ten, { team: ['a', 'b', 'c', 'd'] }], [ten, { team: [] }]],
  ['two of five in a group', [ten, { team: ['a', 'b', 'c', 'd', 'e'] }], [ten, { team: ['a', 'b', 'c'] }]],
  ['many new people', [['a']], [ten]],
])('%s is a change as people make it', (_, before, after) => {
  expect(() => take(from(...before), read(...after))).not.toThrow();
});

test('who is in a group that is unknown now is still in it', () => {
  const known = from(ten, { team: ten.slice(0, 6), board: ['a'] });
  const { people } = take(known, read(ten, { team: 'unknown', board: ['b'] }));
  const groups = new Map(people.map(({ id, groups: of }) => [id, of]));
  expect([groups.get('a'), groups.get('b'), groups.get('j')]).toEqual([['team'], ['team', 'board'], []]);
});

test('who comes back is who they were', () => {
  const gone = take(from(['a', 'b']), read(['a'])).people;
  expect(shown(gone)).toEqual(['a', 'b-']);
  expect(shown(take(gone, read(['a', 'b'])).people)).toEqual(['a', 'b']);
});
