const units = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'] as const;

/** Bits a second in three digits or so: `1 Gb/s`, `12.5 Mb/s`. */
export function rateOf(bps: number | undefined): string | undefined {
  if (bps === undefined) return undefined;
  let value = bps;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
