import { Type } from 'typebox';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A length of time in settings: `500ms`, `30s`, `3m`, `336h`. Hours at most: a day is not always 24 of them. */
export const Duration = Type.String({
  pattern: '^\\d+(\\.\\d+)?(ms|s|m|h)$',
  description: 'a number with ms, s, m or h, such as 30s or 336h',
});

/** A duration of settings in milliseconds; throws a RangeError on anything that the schema would have refused. */
export function milliseconds(duration: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration);
  if (!match) throw new RangeError(`"${duration}" is not a number with ms, s, m or h, such as 30s`);
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
