import { describe, expect, it } from 'vitest';
import {
  isQuiet,
  isRestart,
  lookAtSwitch,
  type SwitchSeen,
  type SwitchStep,
  switchFromZero,
} from './switch-watch.ts';

const at = (s: number) => ({ time: s * 1000, ms: s * 1000 });
const uptime = (s: number, ticks: number, boots?: number) => ({
  ticks,
  at: at(s),
  ...(boots !== undefined && { boots }),
});
const read = (s: number, ticks = s * 100, boots?: number): SwitchSeen => ({
  kind: 'read',
  uptime: uptime(s, ticks, boots),
  began: at(s),
});
const failed = (
  s: number,
  reason: 'no-answer' | 'wrong-secret' | 'wrong-answer' = 'no-answer',
): SwitchSeen => ({
  kind: 'failed',
  reason,
  began: at(s),
});

/** Looks one after the other: what the verdict became at each, and how the last went. */
function look(first: SwitchSeen, ...others: readonly SwitchSeen[]) {
  let last = lookAtSwitch({}, first);
  const turnOf = ({ turned, watch: { found } }: SwitchStep) =>
    turned && found ? `${found.sight} since ${found.since.ms / 1000}` : '';
  const turns = [turnOf(last)];
  for (const each of others) {
    last = lookAtSwitch(last.watch, each);
    turns.push(turnOf(last));
  }
  return { turns, watch: last.watch, last };
}

describe('a switch', () => {
  it('is believed at its first answer', () => {
    expect(look(read(0)).turns).toEqual(['answers since 0']);
  });

  it('is unreachable after three looks without answer, over 6 s at least', () => {
    expect(look(read(0), failed(5), failed(7), failed(9), failed(10), failed(11)).turns).toEqual([
      'answers since 0',
      '',
      '',
      '',
      '',
      'fails since 5',
    ]);
    expect(look(read(0), failed(5), failed(15)).turns).toEqual(['answers since 0', '', '']);
    expect(look(read(0), failed(5), failed(8), read(10), failed(11), failed(17)).turns.slice(1)).toEqual([
      ...Array(5).fill(''),
    ]);
  });

  it('is reachable again after two answers, from the first on', () => {
    const down = [read(0), failed(5), failed(8), failed(11)] as const;
    expect(look(...down, read(14), read(16)).turns.slice(4)).toEqual(['', 'answers since 14']);
    expect(look(...down, read(14)).last.inDoubt).toBe(true);
  });

  it('that refuses us answers: it is not down, and after two looks it is refused', () => {
    const { turns, watch } = look(read(0), failed(5, 'wrong-secret'), failed(7, 'wrong-secret'));
    expect(turns).toEqual(['answers since 0', '', 'unseen since 5']);
    expect(watch.found?.reason).toBe('wrong-secret');
  });

  it('that is found to refuse us in another way has news, with the same start; one look of it is not believed', () => {
    const wrong = [5, 8, 11].map((s) => failed(s, 'wrong-answer'));
    const before = look(read(0), ...wrong);
    expect(before.turns).toEqual(['answers since 0', '', '', 'unseen since 5']);
    expect([before.last.isNews, before.watch.found?.reason]).toEqual([true, 'wrong-answer']);
    const once = look(read(0), ...wrong, failed(13, 'wrong-secret'));
    expect([once.last.isNews, once.watch.found?.reason]).toEqual([false, 'wrong-answer']);
    const { last, watch } = look(read(0), ...wrong, failed(13, 'wrong-secret'), failed(15, 'wrong-secret'));
    expect([last.isNews, last.turned]).toEqual([true, false]);
    expect(watch.found).toEqual({ sight: 'unseen', since: at(5), reason: 'wrong-secret' });
    expect(lookAtSwitch(watch, failed(17, 'wrong-secret')).isNews).toBe(false);
  });

  it('is in doubt while a look differs from the verdict, and is looked at soon then', () => {
    expect([look(read(0)), look(read(0), failed(5))].map(({ last }) => last.inDoubt)).toEqual([false, true]);
  });

  it('keeps its uptime when it begins from zero, so that a restart is still seen', () => {
    const { watch } = look(read(100));
    expect(lookAtSwitch(switchFromZero(watch), read(120, 10)).restarted).toBe(true);
  });
});

describe('restarted', () => {
  const wrap = 2 ** 32;
  it.each([
    ['uptime goes on', uptime(0, 1_000), uptime(5, 1_500), false],
    ['it stands still', uptime(0, 1_000), uptime(5, 1_000), false],
    ['it went back', uptime(0, 1_000), uptime(5, 100), true],
    ['it wrapped', uptime(0, 4_294_967_000), uptime(5, 204), false],
    ['it wrapped, and a clock is late', uptime(0, wrap - 500), uptime(5, 2_500), false],
    ['it wrapped, and a clock is early', uptime(0, wrap - 2_500), uptime(5, 0), false],
    ['it is too late for a wrap', uptime(0, wrap - 500), uptime(5, 3_100), true],
    ['it wrapped, the boots are the same', uptime(0, 4_294_967_000, 7), uptime(5, 204, 7), false],
    ['it wrapped, but another boot', uptime(0, 4_294_967_000, 7), uptime(5, 204, 8), true],
    ['it seems to wrap after 20 min of silence', uptime(0, 4_294_967_000), uptime(1_200, 204), true],
    ['it wrapped in 20 min of silence', uptime(0, 4_294_967_000), uptime(1_200, 119_704), false],
    ['another boot, and uptime goes on', uptime(0, 1_000, 7), uptime(5, 1_500, 8), true],
    ['boots begin to be counted', uptime(0, 1_000), uptime(5, 1_500, 8), false],
    ['it stands still close to its end', uptime(0, wrap - 1), uptime(5, wrap - 1), false],
  ])('when %s', (_, before, now, expected) => {
    expect(isRestart(before, now)).toBe(expected);
  });

  it('it is quiet for two minutes, also where it was unreachable meanwhile', () => {
    const { watch, last } = look(read(1_000), failed(1_005), failed(1_008), failed(1_011), read(1_014, 500));
    expect(last.restarted).toBe(true);
    expect([isQuiet(watch, at(1_014 + 119)), isQuiet(watch, at(1_014 + 120))]).toEqual([true, false]);
    expect(isQuiet(look(read(0), read(5)).watch, at(5))).toBe(false);
  });
});
