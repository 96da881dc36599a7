import { describe, expect, it } from 'vitest';
import { summary, withRow } from './report.ts';

const result = {
  faults: [],
  facts: 10_123,
  decisions: 400,
  requests: 300,
  tookMs: 300_400,
  done: new Map([['kill', 9] as const, ['cut', 2] as const]),
  peaks: new Map([['policy', 201]]),
};
const asked = { seed: 7, broker: 'mosquitto', minutes: 5 } as const;
const day = new Date('2026-11-22T12:00:00Z');
const page = 'Before.\n<!-- chaos -->\n<!-- end -->\nAfter.\n';
const row =
  '| mosquitto | all as it must be | 2026-11-22 | 7 | 300 s | 10,123 | 400 | 300 | 11: 2 cut, 9 kill | policy 201 MiB |';

describe('the table of the last runs', () => {
  it('has a row for each broker, the newest, and leaves what is around it', () => {
    const first = withRow(page, result, asked, day);
    expect(first.split('\n').slice(4, 5)).toEqual([row]);
    const nats = withRow(first, { ...result, faults: ['x', 'y'] }, { ...asked, broker: 'nats' }, day);
    const again = withRow(nats, { ...result, facts: 5 }, { ...asked, seed: 8 }, day);
    expect(again).toMatch(/^Before\.\n<!-- chaos -->\n\| broker /);
    expect(again).toMatch(/<!-- end -->\nAfter\.\n$/);
    expect(again.match(/^\| mosquitto /gm)).toHaveLength(1);
    expect(again).toContain('| 8 | 300 s | 5 |');
    expect(again).toContain('| nats | **2 wrong** |');
  });

  it('is told in lines too', () => {
    expect(summary(result, asked)).toContain('facts: 10,123\n');
  });
});
