import { describe, expect, it } from 'vitest';
import { change, meant } from './mode.ts';

const all = [
  { rule: 'power', clause: 'SPACE-3', title: 'a' },
  { rule: 'keep-running', clause: 'SPACE-3', title: 'b' },
  { rule: 'power', clause: 'CORE-1', title: 'c' },
];
const named = (...of: Parameters<typeof meant>) =>
  meant(...of).map(({ rule, clause }) => `${rule}/${clause}`);

describe('arming', () => {
  it('finds the clause of one rule, in any case', () => {
    expect(named(all, 'space-3', 'POWER')).toEqual(['power/SPACE-3']);
    expect(named(all, 'CORE-1')).toEqual(['power/CORE-1']);
  });

  it('finds every rule that a bare clause could mean', () => {
    expect(named(all, 'SPACE-3')).toEqual(['power/SPACE-3', 'keep-running/SPACE-3']);
  });

  it('changes what is otherwise, and counts what was armed in another epoch as dry-run', () => {
    const [clause] = all;
    if (!clause) throw new Error('there is one');
    expect(change(clause, 'enforce', undefined, 'e')).toHaveLength(1);
    expect(change(clause, 'enforce', { mode: 'enforce', epoch: 'e' }, 'e')).toEqual([]);
    expect(change(clause, 'enforce', { mode: 'enforce', epoch: 'another' }, 'e')).toHaveLength(1);
    expect(change(clause, 'dry-run', { mode: 'enforce', epoch: 'another' }, 'e')).toEqual([]);
  });
});
