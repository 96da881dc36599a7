/** A civil month, as `2026-11`, of a moment (ms since 1970) in an IANA time zone. */
export function monthOf(time: number, zone: string): string {
  const { year, month } = civil(time, zone);
  return `${year}-${String(month).padStart(2, '0')}`;
}

/** When a civil month begins in a time zone, ms since 1970. */
export function startOfMonth(month: string, zone: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const asUtc = Date.UTC(year, number - 1, 1);
  // The offset at the moment itself: one that is found with the offset of a few hours earlier may be another.
  const near = asUtc - offsetMs(asUtc, zone);
  return asUtc - offsetMs(near, zone);
}

/** The month before. */
export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
}

/** How far a zone is ahead of UTC at a moment, ms. */
function offsetMs(time: number, zone: string): number {
  const { year, month, day, hour, minute, second } = civil(time, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}

function civil(time: number, timeZone: string) {
  const options = {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(time);
  const of = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}
