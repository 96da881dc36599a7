import { evolveFeed, type FeedEvent, feedFrom, unknownFeed } from '@huismeester/policy/facts/ups';
import { decide } from '@huismeester/ups-monitor/core/decide';
import type { Observation } from '@huismeester/ups-monitor/core/observation';
import { nothingReported, report } from '@huismeester/ups-monitor/core/reported';
import { resourceOf } from '@huismeester/ups-monitor/core/resource';
import { initialState } from '@huismeester/ups-monitor/core/state';
import { freshWatch } from '@huismeester/ups-monitor/core/watch';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const status = fc.constantFrom(
  'OL',
  'OB DISCHRG',
  'OB LB',
  'OL OB',
  'FSD OL',
  'FSD OB',
  'OL RB',
  'OL CAL',
  '',
);
const number = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });
const observation: fc.Arbitrary<Observation> = fc.oneof(
  {
    weight: 4,
    arbitrary: status.map((text) => ({ kind: 'status', tokens: new Set(text.split(' ').filter(Boolean)) })),
  },
  fc.record({ charge: number(100), runtime: number(3_600) }).map(({ charge, runtime }) => ({
    kind: 'variables',
    variables: {
      ...(charge === undefined ? {} : { charge_pct: charge }),
      ...(runtime === undefined ? {} : { runtime_s: runtime }),
    },
  })),
  fc
    .constantFrom('stale', 'unreachable')
    .map((contact) => ({ kind: 'failure', asked: 'status', contact, askedMs: 0 })),
) as fc.Arbitrary<Observation>;
const looks = fc.array(fc.tuple(observation, fc.constantFrom(80, 500, 5_000, 70_000)), { maxLength: 60 });

/** What policy does not read. */
const unfolded: ReadonlySet<string> = new Set([
  'ups.test-started',
  'ups.test-ended',
  'ups.replace-battery',
  'ups.battery-replaced',
]);

it('a snapshot of a UPS gives a reader what it would know from the events', () => {
  fc.assert(
    fc.property(looks, (seen) => {
      let [state, watch, reported, feed] = [
        initialState('rack'),
        freshWatch(),
        nothingReported,
        unknownFeed('rack'),
      ];
      let ms = 0;
      let count = 0;
      for (const [each, pause] of seen) {
        const found = each.kind === 'failure' ? { ...each, askedMs: ms } : each;
        ms += pause;
        const time = new Date(Date.UTC(2026, 10, 22) + ms).toISOString();
        const decision = decide(found, state, watch, { time, ms });
        [state, watch] = [decision.state, decision.watch];
        for (const event of decision.events) {
          count += 1;
          const id = `0193a5c2-7b1e-7c3a-9f00-${String(count).padStart(12, '0')}`;
          const logged = { ...event, id, correlationid: id, time };
          reported = report(reported, logged);
          if (!unfolded.has(event.type)) feed = evolveFeed(feed, logged as unknown as FeedEvent);
        }
        expect(feedFrom({ ...resourceOf(state, watch), reported })).toEqual(feed);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
