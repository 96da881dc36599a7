import { SnmpError } from './errors.ts';
import type { Ask } from './library-types.ts';
import type { Repetitions } from './repetitions.ts';
import type { Answer } from './requests.ts';
import type { Step } from './table.ts';

/** How many OIDs one GETNEXT of an agent may ask for, as far as is known. */
export interface NextLimit {
  most: number;
}

export interface Asking {
  readonly repetitions: Repetitions;
  readonly next: NextLimit;
  /** How often a request is sent that is not answered. */
  readonly attempts: number;
  ask(asked: Ask, attempts: number): Promise<Answer>;
}

/** Asks for a step of a table, by GETNEXT at size 1. Undefined: it was too much, less is to be asked now. */
export async function askFor(step: Step, size: number, asking: Asking): Promise<Answer | undefined> {
  return size === 1 ? askNext(step, asking.attempts, asking) : askInBulk(step, size, asking);
}

async function askNext({ oids }: Step, attempts: number, { ask, next }: Asking): Promise<Answer | undefined> {
  try {
    return await ask({ kind: 'next', oids }, attempts);
  } catch (error) {
    if (!hasCode(error, 'too-big') || oids.length === 1) throw error;
    next.most = Math.ceil(oids.length / 2);
    return undefined;
  }
}

async function askInBulk(step: Step, size: number, asking: Asking): Promise<Answer | undefined> {
  const { ask, repetitions, attempts } = asking;
  const { oids, scalars } = step;
  try {
    const answer = await ask({ kind: 'bulk', oids, scalars, repetitions: size }, 1);
    repetitions.answered(size);
    return answer;
  } catch (error) {
    if (hasCode(error, 'too-big')) {
      repetitions.tooBig(size);
      return undefined;
    }
    // A large answer may be lost, or arrive in pieces that make no sense.
    if (!hasCode(error, 'timeout', 'protocol')) throw error;
  }
  // Is it the size, or is the agent away? This is the next attempt at the same time.
  const answer = await askNext(step, Math.max(1, attempts - 1), asking);
  repetitions.silent(size);
  return answer;
}

const hasCode = (error: unknown, ...codes: SnmpError['code'][]) =>
  error instanceof SnmpError && codes.includes(error.code);
