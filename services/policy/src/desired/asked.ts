import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../facts/index.ts';
import type { AnyRule, Outcome, RuleContext, Steps } from '../rules/define.ts';

type Memory = ReadonlyMap<string, unknown>;

/** What a rule was asked with, and what it said, when nothing new followed from it. */
export interface Asked {
  readonly facts: Facts;
  readonly memory: Memory;
  readonly context: RuleContext;
  readonly outcome: Outcome<unknown>;
}

/**
 * The outcome of a rule: as it was `before` while no fact that it reads, nor its memory or anything of its own, has changed
 * and its time has not come. `asked` is what to compare with next; undefined when something new followed from the outcome.
 */
export function askOnce(
  rule: AnyRule,
  facts: Facts,
  memory: Memory,
  context: RuleContext,
  before: Asked | undefined,
): { readonly outcome: Outcome<unknown>; readonly asked: Asked | undefined } {
  if (before && isSame(rule, before, facts, memory, context))
    return { outcome: before.outcome, asked: before };
  const outcome = atOnce(rule.decide(facts, memory, context));
  const isNew = outcome.events.length > 0 || !isSameMemory(memory, outcome.memory);
  return { outcome, asked: isNew ? undefined : { facts, memory, context, outcome } };
}

/** The outcome, also of a rule that may be interrupted in the middle of its look. */
export function atOnce<Row>(found: Outcome<Row> | Steps<Row>): Outcome<Row> {
  if (!('next' in found)) return found;
  for (;;) {
    const { done, value } = found.next();
    if (done) return value;
  }
}

function isSame(
  { reads }: AnyRule,
  before: Asked,
  facts: Facts,
  memory: Memory,
  { now, ...own }: RuleContext,
): boolean {
  const { now: askedAt, ...ownBefore } = before.context;
  if (now < askedAt || now >= (before.outcome.lookAgainAt ?? Number.POSITIVE_INFINITY)) return false;
  return (
    reads.every((fact) => facts[fact] === before.facts[fact]) &&
    isSameMemory(before.memory, memory) &&
    isDeepStrictEqual(own, ownBefore)
  );
}

/** Whether the rows are the same objects: a row that did not change is passed on as it is. */
export function isSameMemory(before: Memory = new Map(), after: Memory): boolean {
  return (
    before === after ||
    (before.size === after.size && [...after].every(([key, row]) => before.get(key) === row))
  );
}

/** The rows that changed, undefined for those that are gone. */
export function changedRows(before: Memory = new Map(), after: Memory): ReadonlyMap<string, unknown> {
  if (before === after) return new Map();
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => [key, undefined] as const);
  return new Map([...gone, ...[...after].filter(([key, row]) => before.get(key) !== row)]);
}
