import { describe, expect, it, test } from 'vitest';
import {
  percentOf,
  rateOf,
  stateOfHalfHour,
  stateOfPort,
  toneOfIncident,
  toneOfPort,
  toneOfProbe,
  tones,
} from './states.ts';

test('unknown is never red, and never good', () => {
  expect(tones.unknown).toBe('unknown');
  const port = {
    state: 'unknown',
    admin_up: false,
    core: true,
    role: 'hypervisor',
    flapping: false,
  } as const;
  expect(toneOfPort(port)).toBe('unknown');
});

describe('a port', () => {
  const port = { state: 'down', admin_up: true, core: false, flapping: false } as const;
  it.each([
    ['has a link', { ...port, state: 'up' as const }, 'up', 'good'],
    ['keeps going on and off', { ...port, state: 'up' as const, flapping: true }, 'up', 'warn'],
    ['was turned off', { ...port, admin_up: false, core: true }, 'off', 'calm'],
    ['has no link, and need not', port, 'down', 'calm'],
    ['has no link, and is for something', { ...port, role: 'access-point' }, 'down', 'warn'],
    ['has no link, and is core', { ...port, role: 'hypervisor', core: true }, 'down', 'bad'],
  ] as const)('that %s', (_, its, state, tone) => {
    expect([stateOfPort(its), toneOfPort(its)]).toEqual([state, tone]);
  });
});

test.each([
  [1, 0, 'up'],
  [0.6, 0, 'up'],
  [0.97, 0.03, 'partly'],
  [0, 1, 'down'],
  [0.1, 0.1, 'unknown'],
  [0, 0, 'unknown'],
] as const)('a half hour that was up for %d and down for %d is %s', (up_ratio, down_ratio, state) => {
  expect(stateOfHalfHour({ up_ratio, down_ratio })).toBe(state);
});

test('a service that answers badly is no good one', () => {
  const probe = { id: 'x', kind: 'http', target: 'x', state: 'up', core: false, flapping: false } as const;
  expect(toneOfProbe(probe)).toBe('good');
  expect(toneOfProbe({ ...probe, degraded: 'slow' })).toBe('warn');
  expect(toneOfProbe({ ...probe, state: 'unknown', degraded: 'slow' })).toBe('unknown');
});

test.each([
  [undefined, undefined],
  [1, '100 %'],
  [0.99999, '99,99 %'],
  [0, '0 %'],
])('a ratio of %s is %s', (ratio, text) => {
  expect(percentOf(ratio, 'nl-NL')).toBe(text);
});

test.each([
  [undefined, undefined],
  [0, '0 b/s'],
  [999, '999 b/s'],
  [999.9, '1 kb/s'],
  [12_480_000, '12.5 Mb/s'],
  [1_000_000_000, '1 Gb/s'],
])('%s bits a second are %s', (bps, text) => {
  expect(rateOf(bps, 'en-GB')).toBe(text);
});

test('an incident of core is serious while it goes on and nobody planned it', () => {
  const incident = {
    id: '1',
    state: 'open',
    root: 'probe/x',
    since: '2026-12-02T18:00:00.000Z',
    core: true,
    outage: false,
    members: [],
    others: [],
    correlationid: 'x',
  } as const;
  const shown = { ...incident, members: [], others: [] };
  expect(toneOfIncident(shown, false)).toBe('bad');
  expect(toneOfIncident(shown, true)).toBe('calm');
  expect(toneOfIncident({ ...shown, core: false }, false)).toBe('warn');
  expect(toneOfIncident({ ...shown, state: 'closed' }, false)).toBe('calm');
});
