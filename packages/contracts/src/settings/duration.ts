import { Type } from 'typebox';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const written = {
  pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)$',
  description: 'a number with ms, s, m, h or d (24 hours), such as 30s or 4h',
};

/** A length of time, in settings, requests and options: `500ms`, `30s`, `3m`, `336h`, `14d`. A day is 24 hours, not a calendar day. */
export const Duration = Type.String(written);

/** A length of time whose default depends on something else. */
export function duration(description: string) {
  return Type.String({ ...written, description });
}

/** A length of time that may be left out: it is `otherwise` then. */
export function durationOr(otherwise: string, description = written.description) {
  return Type.String({ ...written, default: otherwise, description });
}

/** A duration of settings in milliseconds; throws a RangeError on anything that the schema would have refused. */
export function milliseconds(duration: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration);
  if (!match) throw new RangeError(`"${duration}" is not a number with ms, s, m, h or d, such as 30s or 4h`);
  return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}
