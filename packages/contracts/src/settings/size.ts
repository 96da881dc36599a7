import { Type } from 'typebox';

const unitMib = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const;

const written = {
  pattern: '^\\d+(\\.\\d+)?(MiB|GiB|TiB)$',
  description: 'a number with MiB, GiB or TiB, such as 512MiB or 2GiB',
};

/** An amount of memory or disk, in settings, requests and options: `512MiB`, `2GiB`. MiB is 1024 × 1024 bytes; there is no other kind. */
export const Size = Type.String(written);

/** An amount of memory or disk that may be left out: it is `otherwise` then. */
export function sizeOr(otherwise: string, description = written.description) {
  return Type.String({ ...written, default: otherwise, description });
}

/** A size of settings in MiB; throws a RangeError on anything that the schema would have refused. */
export function mebibytes(size: string): number {
  const match = /^(\d+(?:\.\d+)?)(MiB|GiB|TiB)$/.exec(size);
  if (!match) throw new RangeError(`"${size}" is not a number with MiB, GiB or TiB, such as 2GiB`);
  return Math.round(Number(match[1]) * unitMib[match[2] as keyof typeof unitMib]);
}

/** A size of settings in whole GiB, as disks have it: rounded up. Throws as {@link mebibytes}. */
export function gibibytes(size: string): number {
  return Math.ceil(mebibytes(size) / unitMib.GiB);
}
