import { describe, expect, it } from 'vitest';
import { accessRules, checkReaders, mayPublish, maySubscribe, type Reader } from './access.ts';
import { covers, isFilter } from './topic-filter.ts';

const ups: Reader = { kind: 'service', service: 'ups-monitor' };
const reader: Reader = { kind: 'reader' };
const anonymous: Reader = { kind: 'anonymous' };

describe('mayPublish', () => {
  it.each(['status', 'state/ups/rack', 'graf/charge-pct', 'evt/ups/rack/on-battery'])(
    'lets a service publish its own %s, and nobody else',
    (rest) => {
      expect(mayPublish('space', ups, `space/v1/ups-monitor/${rest}`)).toBe(true);
      for (const other of [reader, anonymous, { kind: 'service', service: 'policy' } as const]) {
        expect(mayPublish('space', other, `space/v1/ups-monitor/${rest}`)).toBe(false);
      }
    },
  );

  it.each([
    'space/v1/ups-monitor/command/ups/rack',
    'space/v1/ups-monitor/status/more',
    'space/v1/ups-monitor',
    'space/v1/policy/status',
    'other/v1/ups-monitor/status',
    'space/v1/ups-monitor/state/+/rack',
    'space/v1/ups-monitor/state/#',
    '$SYS/broker/version',
    '',
  ])('refuses a service %s', (topic) => expect(mayPublish('space', ups, topic)).toBe(false));
});

describe('maySubscribe', () => {
  it.each(['space/v1/#', 'space/v1/+/status', 'space/v1/policy/state/space/main', 'space/v1'])(
    'lets everybody read %s',
    (filter) => {
      for (const who of [ups, reader, anonymous]) expect(maySubscribe('space', who, filter)).toBe(true);
    },
  );

  it.each([
    '#',
    '+/v1/#',
    'space/#',
    'space/+/policy/status',
    '$SYS/#',
    '$share/g/space/v1/#',
    'space/v1/#/a',
    'space/v1/a+',
    '',
  ])('refuses everybody %s', (filter) => {
    for (const who of [ups, reader, anonymous]) expect(maySubscribe('space', who, filter)).toBe(false);
  });

  it('takes a root of several levels', () => {
    expect(maySubscribe('nl/space', reader, 'nl/space/v1/#')).toBe(true);
    expect(maySubscribe('nl/space', reader, 'nl/+/v1/#')).toBe(false);
  });
});

describe('accessRules', () => {
  it('lets no two rules publish to the same topic', () => {
    const filters = accessRules('space').flatMap(({ publish }) => publish);
    for (const one of filters) expect(filters.filter((other) => covers(one, other))).toEqual([one]);
  });
});

describe('checkReaders', () => {
  it.each([
    [['policy'], 'is the name of a service'],
    [['light', 'light'], 'is there twice'],
    [['a\nuser policy'], 'is not of a-z'],
  ])('refuses %j', (names, why) => expect(() => checkReaders(names)).toThrow(why));

  it('takes ids', () => expect(() => checkReaders(['grafana', 'bar-light'])).not.toThrow());
});

describe('covers', () => {
  it.each([
    ['a/#', 'a', true],
    ['a/#', 'a/b/#', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/+', true],
    ['a/+', 'a/#', false],
    ['a/+', 'a/b/c', false],
    ['a/b', 'a', false],
    ['a', 'a/b', false],
    ['a/b', 'a/+', false],
  ])('%s covers %s: %s', (allowed, wanted, answer) => expect(covers(allowed, wanted)).toBe(answer));
});

describe('isFilter', () => {
  it.each([
    ['a/+/b/#', true],
    ['#', true],
    ['a/#/b', false],
    ['a#', false],
    ['+a', false],
    ['a/\0', false],
  ])('%s: %s', (filter, answer) => expect(isFilter(filter)).toBe(answer));
});
