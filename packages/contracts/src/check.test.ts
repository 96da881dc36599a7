import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { faults } from './check.ts';

const Reading = Type.Object({
  ups: Type.String(),
  charge_pct: Type.Optional(Type.Number({ minimum: 0 })),
});

describe('faults', () => {
  it('finds none in what fits, unknown keys and undefined ones included', () => {
    expect(faults(Reading, { ups: 'rack', charge_pct: undefined, added_later: 1 })).toEqual([]);
  });

  it('names each place, and never the value', () => {
    const found = faults(Reading, { ups: 17, charge_pct: -98 });
    expect(found.map((fault) => fault.split(':')[0])).toEqual(['/ups', '/charge_pct']);
    expect(found.join()).not.toMatch(/17|98/);
  });
});
