/** How many rows of one table to ask for at once, as an agent is found to allow it. */
export interface Repetitions {
  /** The most that this agent answers, as far as is known; 1: no GETBULK. */
  readonly limit: number;
  /** It said tooBig, or answered nothing at all. */
  tooBig(asked: number): void;
  /** It was silent, but answered a smaller request right after that. */
  silent(asked: number): void;
  answered(asked: number): void;
}

export const mostRepetitions = 60;

/** So many silences in a row halve what was never answered: the first may be a lost datagram. */
const silencesOfUnknown = 2;
/**
 * What was answered before is silent because a datagram was lost: 6 in a row happen once in 60 million requests where 5 % are
 * lost. More likely the agent or the way to it is another one since.
 */
const silencesOfKnown = 6;

/** Halves at tooBig, and at silence that is no loss. It never grows again. */
export function createRepetitions(first = mostRepetitions): Repetitions {
  let limit = first;
  let largestAnswered = 0;
  let silences = 0;
  const halve = (asked: number) => {
    limit = Math.min(limit, Math.max(1, Math.floor(asked / 2)));
    largestAnswered = Math.min(largestAnswered, limit);
  };
  return {
    get limit() {
      return limit;
    },
    tooBig: halve,
    silent(asked) {
      silences += 1;
      if (silences < (asked <= largestAnswered ? silencesOfKnown : silencesOfUnknown)) return;
      halve(asked);
      // Of an agent that is silent about large requests the next smaller one needs no second try.
      silences = 1;
    },
    answered(asked) {
      largestAnswered = Math.max(largestAnswered, asked);
      silences = 0;
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
