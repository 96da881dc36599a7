import { type Command, Option } from 'commander';
import { wholeNumber } from '../commands/options.ts';
import { UsageError } from '../errors.ts';
import { diskOf, memoryOf } from './amounts.ts';

export interface SizeOptions {
  readonly size?: 's' | 'm' | 'l';
  readonly cores?: number;
  readonly memory?: number;
  readonly disk?: number;
}

/** `--size`, or numbers in place of it. */
export function addSizeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--size <size>', 'small, middle or large, as the space has set them up')
        .choices(['s', 'm', 'l'])
        .conflicts(['cores', 'memory', 'disk']),
    )
    .option('--cores <n>', 'in place of --size', wholeNumber(1))
    .option('--memory <size>', 'such as 2GiB', memoryOf)
    .option('--disk <size>', 'such as 20GiB', diskOf);
}

/** What a VM is to have from the start; small where nothing was said. Throws a {@link UsageError} where numbers are missing. */
export function sizeToMake(options: SizeOptions, sayAll: string): object {
  const { size, cores, memory, disk } = options;
  if (size !== undefined || numbersIn(options) === undefined) return { size: size ?? 's' };
  if (cores === undefined || memory === undefined || disk === undefined) throw new UsageError(sayAll);
  return { size: { cores, memory: `${memory}MiB`, disk: `${disk}GiB` } };
}

/** What is to be different; undefined where nothing was said. */
export function newSize({ size, ...numbers }: SizeOptions): object | undefined {
  const said = size ?? numbersIn(numbers);
  return said === undefined ? undefined : { size: said };
}

function numbersIn({ cores, memory, disk }: SizeOptions): object | undefined {
  const numbers = {
    ...(cores !== undefined && { cores }),
    ...(memory !== undefined && { memory: `${memory}MiB` }),
    ...(disk !== undefined && { disk: `${disk}GiB` }),
  };
  return Object.keys(numbers).length === 0 ? undefined : numbers;
}
