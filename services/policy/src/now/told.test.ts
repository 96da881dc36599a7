import { because } from '@huismeester/contracts';
import { expect, it } from 'vitest';
import { type Happened, saidOf, together } from './told.ts';

const names = new Map([['vm/101', 'ci']]);
const begin = Date.parse('2026-12-02T13:00:00Z');

/** The decision about a VM, so many seconds ago, as the log has it. */
function decided(vm: number, secondsAgo: number, correlation: string): Happened {
  const target = `vm/${vm}`;
  const reason = because('lease-ended', { until: '2026-12-02T12:00:00.000Z' });
  const data = { target, state: 'stopped', clause: 'PART-4', mode: 'enforce', reasons: [reason] };
  const at = new Date(begin - secondsAgo * 1000);
  return {
    id: `${vm}`,
    type: 'desired-state.decided',
    time: at,
    correlation,
    data: data as never,
    subject: target,
    others: 0,
  };
}

it('is said once of several things, with how many, at the place and by the name of the newest', () => {
  const all = [decided(101, 1, 'a'), decided(102, 2, 'a'), decided(103, 3, 'b'), decided(104, 4, 'a')];
  const said = together(all).map((each) => saidOf(each, names, 'Europe/Amsterdam'));
  expect(said.map(({ id, says }) => [id, says.nl.split(':')[0], says.en.split(':')[0]])).toEqual([
    [
      '101',
      'VM ci (en nog 2) moet uit (PART-4, scherp)',
      'VM ci (and 2 more) is to be stopped (PART-4, enforce)',
    ],
    ['103', 'VM 103 moet uit (PART-4, scherp)', 'VM 103 is to be stopped (PART-4, enforce)'],
  ]);
});
