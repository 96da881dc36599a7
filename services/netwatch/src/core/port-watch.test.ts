import { describe, expect, it } from 'vitest';
import {
  changesNothing,
  lookAtPort,
  newPortWatch,
  type PortRow,
  type PortWatch,
  portFromZero,
} from './port-watch.ts';

const up: PortRow = { admin: 1, oper: 1 };
const down: PortRow = { admin: 1, oper: 2 };
const off: PortRow = { admin: 2, oper: 2 };
const changed = (lastChange: number): PortRow => ({ ...up, lastChange });

/** Looks at these seconds, and what each of them signals; the watch and the next look that is wanted are those of the last. */
function look(
  looks: readonly (readonly [s: number, row: PortRow])[],
  { before = newPortWatch(), quiet = false }: { before?: PortWatch; quiet?: boolean } = {},
) {
  let watch = before;
  let soonMs: number | undefined;
  const signals = looks.map(([s, row]) => {
    const step = lookAtPort('port/sw/1', watch, row, { time: s * 1000, ms: s * 1000 }, { quiet });
    ({ watch, soonMs } = step);
    return step.signals
      .map((each) => (each.kind === 'sight' ? `${each.sight} since ${each.since.ms / 1000}` : each.kind))
      .join(', ');
  });
  return { signals, watch, soonMs };
}
const { watch: settledUp } = look([[0, up]]);
const { watch: settledDown } = look([
  [0, down],
  [1, down],
]);

describe('a verdict', () => {
  it('of up is there at first sight, that of down at the second', () => {
    expect(look([[0, up]]).signals).toEqual(['answers since 0']);
    expect(
      look([
        [0, down],
        [1, down],
      ]).signals,
    ).toEqual(['', 'fails since 0']);
  });

  it('of down takes two looks, 150 ms apart', () => {
    const first = look([[5, down]], { before: settledUp });
    expect([first.signals, first.soonMs]).toEqual([[''], 150]);
    expect(
      look(
        [
          [5, down],
          [5.1, down],
          [5.15, down],
        ],
        { before: settledUp },
      ).signals,
    ).toEqual(['', '', 'fails since 5']);
    expect(
      look(
        [
          [5, down],
          [5.1, up],
          [5.2, down],
        ],
        { before: settledUp },
      ).signals,
    ).toEqual(['', '', '']);
  });

  it('of up takes 3 s', () => {
    const first = look([[5, up]], { before: settledDown });
    expect([first.signals, first.soonMs]).toEqual([[''], 3_000]);
    expect(
      look(
        [
          [5, up],
          [7.9, up],
          [8, up],
        ],
        { before: settledDown },
      ).signals,
    ).toEqual(['', '', 'answers since 5']);
    expect(
      look(
        [
          [5, up],
          [6, down],
          [7, up],
          [9, up],
          [10, up],
        ],
        { before: settledDown },
      ).signals,
    ).toEqual(['', '', '', '', 'answers since 7']);
  });

  it('that differs from what was said before takes its looks at first sight, too', () => {
    const wasUp = { before: newPortWatch(undefined, 'answers') };
    expect(
      look(
        [
          [0, down],
          [0.2, down],
        ],
        wasUp,
      ).signals,
    ).toEqual(['', 'fails since 0']);
    expect(
      look(
        [
          [0, down],
          [0.2, up],
        ],
        wasUp,
      ).signals,
    ).toEqual(['', 'answers since 0.2']);
    const wasDown = { before: newPortWatch(undefined, 'fails') };
    expect(
      look(
        [
          [0, up],
          [1, up],
          [3, up],
        ],
        wasDown,
      ).signals,
    ).toEqual(['', '', 'answers since 0']);
  });

  it.each([
    ['switched off on purpose', off],
    ['ifOperStatus 0', { admin: 1, oper: 0 }],
    ['testing', { admin: 1, oper: 3 }],
    ['dormant', { admin: 1, oper: 5 }],
    ['an unknown number', { admin: 1, oper: 99 }],
    ['without ifOperStatus', { admin: 1 }],
  ])('is that nothing is known: %s', (_, row) => {
    expect(look([[5, row]], { before: settledUp }).signals).toEqual(['unseen since 5']);
  });

  it.each([
    ['not present', 6],
    ['its lower layer down', 7],
  ])('is down: %s', (_, oper) => {
    expect(
      look(
        [
          [5, { admin: 1, oper }],
          [6, { admin: 1, oper }],
        ],
        { before: settledUp },
      ).signals,
    ).toEqual(['', 'fails since 5']);
  });
});

describe('changes', () => {
  const toAndFro = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => [from + i, i % 2 === 0 ? down : up] as const);

  it('of six looks are flapping, once, and stable is due ten minutes after the last', () => {
    const { signals, watch } = look(toAndFro(1, 8), { before: settledUp });
    expect(signals.filter((each) => each.includes('flapping'))).toHaveLength(1);
    expect(signals[5]).toContain('flapping');
    const later = look([[12, up]], { before: watch });
    expect(later.soonMs).toBe(596_000);
    expect(
      look(
        [
          [607, up],
          [608, up],
        ],
        { before: later.watch },
      ).signals,
    ).toEqual(['', 'stable']);
  });

  it('are the same value as before where there is none, so that nothing is stored', () => {
    const { watch } = look(toAndFro(1, 2), { before: settledUp });
    expect(look([[4, up]], { before: watch }).watch.flaps).toBe(watch.flaps);
    expect(look([[602, up]], { before: watch }).watch.flaps).not.toBe(watch.flaps);
  });

  it('between two looks that show it up are two, by ifLastChange', () => {
    const rows = [1, 2, 3].map((n) => [n, changed(n * 100)] as const);
    const { signals, watch } = look([[0, changed(0)], ...rows]);
    expect(watch.flaps.times).toHaveLength(6);
    expect(signals).toEqual(['answers since 0', '', '', 'flapping']);
  });

  it('are none where ifLastChange stands still, goes back or is not there', () => {
    const looks = [changed(50), changed(50), changed(0), up, changed(0)].map((row, s) => [s, row] as const);
    expect(look(looks).watch.flaps.times).toEqual([]);
  });

  it('by an administrator, from unknown, and of a restarting switch do not count', () => {
    const admin = [
      [1, off],
      [2, up],
      [3, off],
      [4, up],
      [5, off],
      [6, up],
    ] as const;
    expect(look(admin, { before: settledUp }).watch.flaps.times).toEqual([]);
    const slowly = [
      [1, off],
      [2, down],
      [3, up],
      [4, off],
      [5, down],
      [6, down],
      [7, up],
    ] as const;
    const { watch } = look(slowly, { before: settledUp });
    expect(watch.flaps.times).toEqual([]);
    expect(look([[20, down]], { before: watch }).watch.flaps.times).toEqual([20_000]);
    expect(look(toAndFro(1, 9), { before: settledUp, quiet: true }).watch.flaps.times).toEqual([]);
    const zero = portFromZero(settledUp);
    expect(look([[5, down]], { before: zero }).watch.flaps.times).toEqual([]);
  });
});

describe('while its switch restarts', () => {
  it('a port that is as it was before says so, one that changed only when it is over', () => {
    const zero = portFromZero(settledUp);
    const { signals, watch } = look(
      [
        [10, down],
        [11, down],
      ],
      { before: zero, quiet: true },
    );
    expect(signals).toEqual(['', '']);
    expect(look([[130, down]], { before: watch }).signals).toEqual(['fails since 10']);
    expect(
      look(
        [
          [40, up],
          [43, up],
        ],
        { before: watch, quiet: true },
      ).signals,
    ).toEqual(['', 'answers since 40']);
  });
});

describe('when its switch has settled', () => {
  it('a port that is coming up again is waited for', () => {
    const rebooted = look(
      [
        [10, down],
        [11, down],
      ],
      { before: settledUp, quiet: true },
    ).watch;
    expect(look([[119, up]], { before: rebooted, quiet: true }).watch.found?.sight).toBe('fails');
    const { watch } = look([[119, up]], { before: rebooted, quiet: true });
    expect(
      look(
        [
          [120, up],
          [122, up],
        ],
        { before: watch },
      ).signals,
    ).toEqual(['', '']);
    expect(
      look(
        [
          [120, up],
          [121, down],
          [122, down],
        ],
        { before: watch },
      ).signals,
    ).toEqual(['', 'fails since 10', '']);
  });
});

describe('a look', () => {
  it('changes nothing where a port is as it was, and nothing is waited for', () => {
    expect(changesNothing(settledUp, up)).toBe(true);
    expect(changesNothing(settledUp, down)).toBe(false);
    expect(changesNothing(settledUp, changed(5))).toBe(false);
    expect(changesNothing(look([[5, down]], { before: settledUp }).watch, down)).toBe(false);
    expect(
      changesNothing(
        look(
          [
            [5, down],
            [6, up],
          ],
          { before: settledUp },
        ).watch,
        up,
      ),
    ).toBe(false);
  });
});
