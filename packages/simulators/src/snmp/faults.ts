/** What the switch does wrong, from the next request on. All are live; a list is given anew, not changed. */
export interface SwitchFaults {
  /** Dead: it answers nothing. */
  silent: boolean;
  /** Answers come that much later, ms of the clock. */
  delayMs: number;
  /** Every so many requests one is not answered; 0: none. */
  dropEvery: number;
  /** A GETBULK of more repetitions is answered with tooBig and no varbinds at all. */
  tooBigAbove: number | undefined;
  /** A GETBULK of more repetitions is not answered. */
  silentAbove: number | undefined;
  /** An answer of more varbinds or bytes is cut to that if it is one to a GETBULK, else tooBig (RFC 3416, section 4.2). */
  truncateAt: { varbinds?: number; bytes?: number };
  /** The column, such as `ifDescr`, that answers with the row in its middle again and again. */
  loopColumn: string | undefined;
  /** The column that goes back to its first row after the one in its middle. */
  stepBackColumn: string | undefined;
  /** Objects that are not there, by name; `ifTable` and `ifXTable` are all their columns. */
  omit: readonly string[];
  /** The columns that say of every port what they say of the first. */
  repeatNames: readonly ('ifName' | 'ifDescr' | 'ifAlias')[];
  /** Every authenticated request of SNMPv3 is reported as outside of the time window. */
  notInTimeWindow: boolean;
  /** Changes the bytes of each answer; undefined: no answer. */
  malformed: ((answer: Uint8Array) => Uint8Array | undefined) | undefined;
}

export function noFaults(): SwitchFaults {
  return {
    silent: false,
    delayMs: 0,
    dropEvery: 0,
    tooBigAbove: undefined,
    silentAbove: undefined,
    truncateAt: {},
    loopColumn: undefined,
    stepBackColumn: undefined,
    omit: [],
    repeatNames: [],
    notInTimeWindow: false,
    malformed: undefined,
  };
}
