import { InvalidArgumentError } from 'commander';

/** Parses a whole number of an option; commander shows the message and ends with the usage code. */
export function wholeNumber(lowest: number, highest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(
      highest === Number.MAX_SAFE_INTEGER
        ? `It must be a whole number from ${lowest} on.`
        : `It must be a whole number from ${lowest} to ${highest}.`,
    );
  };
}

/** For an option that may be repeated. */
export function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
