import { describe, expect, it } from 'vitest';
import type { DeliveryFact } from '../../facts/delivery.ts';
import { noFacts } from '../../facts/index.ts';
import type { RuleContext } from '../define.ts';
import { rule } from './index.ts';

const minute = 60_000;
const fact = (person: string, more: Partial<DeliveryFact>): DeliveryFact => ({
  kind: 'lease-warning',
  subject: 'vm/104',
  moment: `${more.endedAt}`,
  person,
  state: 'queued',
  queuedAt: 0,
  ...more,
});

function look(now: number, ...all: readonly DeliveryFact[]) {
  const delivery = new Map(all.map((each, n) => [`${n}`, each]));
  const outcome = rule.decide({ ...noFacts, delivery }, new Map(), { now } as RuleContext);
  if ('next' in outcome) throw new Error('it is one look');
  return {
    found: outcome.violations.found.map(({ kind, subject, severity }) => `${kind} ${subject} ${severity}`),
    again: outcome.lookAgainAt,
  };
}

describe('whether notices reach people', () => {
  it('is a violation for each person whom the newest did not reach', () => {
    const failed = fact('ann', {
      state: 'failed-for-good',
      endedAt: 1,
      error: 'the mail server answered 550',
    });
    expect(look(10, failed).found).toEqual(['notice-failed person/ann warning']);
    expect(look(10, failed, fact('ann', { state: 'handed', endedAt: 2 })).found).toEqual([]);
    expect(look(10, failed, fact('bob', { state: 'handed', endedAt: 2 })).found).toHaveLength(1);
  });

  it('is one violation while no mail gets out, however many wait, and not for a moment', () => {
    const waiting = ['ann', 'bob'].map((person) =>
      fact(person, { unavailableSince: minute, error: 'it is away' }),
    );
    expect(look(2 * minute, ...waiting)).toEqual({ found: [], again: 16 * minute });
    expect(look(16 * minute, ...waiting).found).toEqual(['mail-fails mail/main serious']);
    expect(look(16 * minute, fact('ann', {})).found).toEqual([]);
  });
});
