import { expect, test } from 'vitest';
import type { Move } from './promotion.ts';
import { areAllMoved, moveCommand, planMove } from './promotion-moves.ts';

const incarnation = 'uuid-1';
const at = (pool: string, of: string | null = incarnation) => ({
  incarnation,
  listed: { pool, incarnation: of },
});
const to = { pool: 'spacewide', hasToken: true };
const was = (state: Move['state'], pool = 'spacewide'): Move => ({ vm: '104', pool, state });

test.each([
  ['it is asked', at('deelnemers'), undefined, to, 'ask'],
  ['again after a crash', at('deelnemers'), was('asked'), to, 'ask'],
  ['again after a failure', at('deelnemers'), was('failed'), to, 'ask'],
  ['back again by somebody', at('deelnemers'), was('done'), to, 'ask'],
  ['it is there', at('spacewide'), was('asked'), to, 'note'],
  ['somebody else put it there', at('spacewide'), undefined, { ...to, hasToken: false }, 'note'],
  ['that is noted', at('spacewide'), was('done'), to, 'nothing'],
  ['noted of another pool', at('spacewide'), was('done', 'core'), to, 'note'],
  ['no token', at('deelnemers'), undefined, { ...to, hasToken: false }, 'wait by-hand'],
  ['no pool', at('deelnemers'), undefined, { ...to, pool: undefined }, 'wait no-pool'],
  ['not listed', { incarnation, listed: undefined }, undefined, to, 'wait not-listed'],
  ['not read yet', at('deelnemers', null), undefined, to, 'wait not-identified'],
  ['another under its vmid', at('deelnemers', 'uuid-2'), undefined, to, 'wait another-guest'],
  ['another, in the right pool', at('spacewide', 'uuid-2'), undefined, to, 'wait another-guest'],
] as const)('%s', (_, vm, before, how, expected) => {
  const plan = planMove(vm, before, how);
  expect('why' in plan ? `${plan.do} ${plan.why}` : plan.do).toBe(expected);
});

test('all are moved when nothing is left for any', () => {
  expect(areAllMoved([])).toBe(true);
  expect(areAllMoved([{ do: 'nothing' }, { do: 'note', pool: 'x' }])).toBe(false);
});

test('the command for root on a node', () => {
  expect(moveCommand('spacewide', 104)).toBe('pveum pool modify spacewide --vms 104 --allow-move');
});
