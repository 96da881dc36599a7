import { expect, it } from 'vitest';
import { misfits } from './misfits.ts';

const found = (given: object) =>
  misfits(given as never).map(({ path, found: what, allowed }) => `${path.join('.')}: ${what}, ${allowed}`);

it.each([
  {},
  {
    team: {
      voting: '24h',
      remindBefore: '1h',
      boardPeriod: '24h',
      trial: '1d',
      suspension: '1d',
      keepVotes: '30d',
    },
  },
  { team: { voting: '365d', keepVotes: '365d' }, access: { every: '1m' } },
  { hypervisors: [{ id: 'pve' }] },
])('fits: %j', (given) => {
  expect(found(given)).toEqual([]);
});

it.each([
  [{ team: { voting: '23h' } }, 'team.voting: 23h, 24h to 365d'],
  [{ team: { boardPeriod: '366d' } }, 'team.boardPeriod: 366d, 24h to 365d'],
  [{ team: { trial: '23h' } }, 'team.trial: 23h, 1d to 365d'],
  [{ team: { suspension: '1h' } }, 'team.suspension: 1h, 1d to 365d'],
  [{ team: { keepVotes: '29d' } }, 'team.keepVotes: 29d, 30d to 365d'],
  [{ team: { voting: '72h', remindBefore: '72h' } }, 'team.remindBefore: 72h, less than team.voting, 72h'],
  [{ access: { every: '30s' } }, 'access.every: 30s, 1m to 24h'],
  [
    { hypervisors: [{ id: 'pve' }, { id: 'directory' }] },
    'hypervisors.1.id: directory, any other id: the directory of people has this one',
  ],
  [{ hypervisors: [{ id: 'wiki' }] }, 'hypervisors.0.id: wiki, any other id: the wiki has this one'],
])('does not fit: %j', (given, misfit) => {
  expect(found(given)).toEqual([misfit]);
});
