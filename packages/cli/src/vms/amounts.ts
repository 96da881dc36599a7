import { gibibytes, mebibytes } from '@huismeester/contracts';
import { InvalidArgumentError } from 'commander';

/** MiB as people write them: `512 MiB`, `2 GiB`, `1.5 GiB`. */
export function memoryText(mib: number): string {
  return mib < 1024 ? `${mib} MiB` : `${Math.round((mib / 1024) * 100) / 100} GiB`;
}

export function diskText(gib: number): string {
  return `${gib} GiB`;
}

/** Parses an option such as `2GiB`, in MiB; commander shows the message. */
export function memoryOf(text: string): number {
  return parsed(text, mebibytes);
}

/** The same in whole GiB, as disks have it. */
export function diskOf(text: string): number {
  return parsed(text, gibibytes);
}

function parsed(text: string, read: (size: string) => number): number {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgumentError('It is a number with MiB, GiB or TiB, such as 2GiB.');
  }
}
