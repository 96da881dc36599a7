/** How many rows of a table to ask for at once, as an agent is found to allow it. */
export interface Repetitions {
  /** The most that this agent answered, as far as is known; 1: no GETBULK. */
  readonly limit: number;
  /** It said tooBig, or answered nothing at all. */
  tooBig(asked: number): void;
  /** It was silent, but answered a smaller request right after that. */
  silent(asked: number): void;
  answered(): void;
}

const most = 60;

/** Halves at tooBig, and at the second silence in a row: the first may be a lost datagram. It never grows again. */
export function createRepetitions(first = most): Repetitions {
  let limit = first;
  let strikes = 0;
  const halve = (asked: number) => {
    limit = Math.min(limit, Math.max(1, Math.floor(asked / 2)));
  };
  return {
    get limit() {
      return limit;
    },
    tooBig: halve,
    silent(asked) {
      strikes += 1;
      if (strikes < 2) return;
      halve(asked);
      // One that has a limit is not doubted again.
      strikes = 1;
    },
    answered() {
      strikes = 0;
    },
  };
}

/** UDP's payload that fits in an Ethernet frame is 1472; a fragment that is lost loses the whole answer. */
const answerBytes = 1_400;

/** The repetitions of a next request: what fits in an answer, spread evenly over what is expected to come. */
export function repetitionsFor(wanted: {
  columns: number;
  bytesPerCell: number;
  limit: number;
  /** How many rows are yet to come, with the one after the end that shows it; undefined if not known. */
  left: number | undefined;
}): number {
  const fitting = Math.floor(answerBytes / (wanted.columns * wanted.bytesPerCell));
  const largest = Math.max(1, Math.min(fitting, wanted.limit));
  if (wanted.left === undefined) return largest;
  // More rows than expected: a few at a time.
  const left = wanted.left > 0 ? wanted.left : 8;
  return Math.ceil(left / Math.ceil(left / largest));
}
