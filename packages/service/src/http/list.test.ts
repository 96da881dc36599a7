import { describe, expect, test } from 'vitest';
import { pageOfAll } from './list.ts';

const items = [{ id: 'b', n: 10 }, { id: 'a', n: 9 }, { id: 'c' }];

describe('pageOfAll', () => {
  test.each([
    ['id', ['a', 'b', 'c']],
    ['-id', ['c', 'b', 'a']],
    ['n', ['a', 'b', 'c']],
  ])('orders by %s: numbers as numbers, and what is not there last', (order, ids) => {
    const page = pageOfAll({ url: '/x', query: { limit: 9, offset: 0, order } }, items);
    expect(page.results.map(({ id }) => id)).toEqual(ids);
    expect(page).toMatchObject({ next: null, count: 3 });
  });

  test('takes the page out, and keeps the filters in next', () => {
    const query = { limit: 1, offset: 1, order: 'id' };
    const page = pageOfAll({ url: '/x?name=a%20b&offset=1&limit=1', query }, items);
    expect(page.results.map(({ id }) => id)).toEqual(['b']);
    expect(page.next).toBe('/x?name=a+b&offset=2&limit=1');
  });

  test('beyond the end there is nothing, and nothing after it', () => {
    const query = { limit: 1, offset: 7, order: 'id' };
    expect(pageOfAll({ url: '/x?offset=7', query }, items)).toEqual({ results: [], next: null, count: 3 });
  });
});
