const units = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'] as const;

/** Milliseconds in three digits or so: `1.23 ms`. */
export function latencyOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${threeDigits(ms)} ms`;
}

/** Bits a second in three digits or so: `1 Gb/s`, `12.5 Mb/s`. */
export function rateOf(bps: number | undefined): string | undefined {
  if (bps === undefined) return undefined;
  let value = bps;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${threeDigits(value)} ${units[unit]}`;
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
