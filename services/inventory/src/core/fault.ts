import { type No, no } from '@huismeester/contracts';

/** What is wrong with one of several that are asked for together. */
export interface Fault {
  /** Which one of them, from 0. */
  readonly index: number;
  readonly code: string;
  /** For people. */
  readonly title: string;
  /** The clause of the infra policy that refuses it. */
  readonly clause?: string;
  /** The field of what is asked for, such as `core` or `links.0.to`. */
  readonly field: string;
  readonly found: string;
  readonly allowed: string;
}

/** The refusal of the only one that was asked for: all that is wrong with it, under the first one's code. `place`: where the field of one stands in the request. */
export function refusalOf(faults: readonly Fault[], place: (fault: Fault) => string): No | undefined {
  const [first] = faults;
  if (first === undefined) return undefined;
  const { code, title, clause } = first;
  const errors = faults.map((fault) => ({
    field: place(fault),
    found: fault.found,
    allowed: fault.allowed,
  }));
  return no(code, title, { ...(clause !== undefined && { clause }), errors });
}

/** The refusal of an id that another has; `body.id`. */
export function takenRefusal(kind: string, id: string): No {
  return no('exists', `There is a ${kind} ${id} already`, {
    clause: 'INFRA-2',
    errors: [{ field: 'body.id', found: id, allowed: 'an id that is free, or none: one is made then' }],
  });
}
