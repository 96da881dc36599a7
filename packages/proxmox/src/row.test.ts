import { expect, it } from 'vitest';
import { Row, rowsOf } from './row.ts';

it("takes Perl's numbers and truths in every form", () => {
  const row = new Row('GET /x', { vmid: '100', cpu: 0.5, on: 1, off: '0', yes: true, nil: null, name: 7 });
  expect(row.number('vmid')).toBe(100);
  expect(row.number('cpu')).toBe(0.5);
  expect([row.flag('on'), row.flag('off'), row.flag('yes'), row.flag('nil'), row.flag('gone')]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
  expect(row.text('name')).toBe('7');
  expect(row.optionalText('nil')).toBeUndefined();
});

it('says what it expected and what it found', () => {
  const row = new Row('GET /x', { vmid: 'many', on: 'maybe', name: {} });
  expect(() => row.number('vmid')).toThrow('GET /x: expected a number in "vmid" in the answer, found "many"');
  expect(() => row.flag('on')).toThrow('found "maybe"');
  expect(() => row.text('name')).toThrow('expected a text in "name"');
  expect(() => row.text('gone')).toThrow('expected "gone" in the answer, found nothing');
  expect(() => row.row('gone')).toThrow('expected an object');
  expect(() => rowsOf('GET /x', { data: 1 })).toThrow('expected a list');
  expect(() => rowsOf('GET /x', [1])).toThrow('expected an object');
});
