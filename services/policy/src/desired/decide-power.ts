import { withoutFuture } from '../facts/clock-rollback.ts';
import { withDoubts } from '../facts/doubt.ts';
import { endedHolds, holdsOfPresent, openHolds } from '../facts/hold.ts';
import type { Facts } from '../facts/index.ts';
import {
  armedAs,
  type Notice,
  noticeKey,
  noViolations,
  type RuleEvent,
  type Watch,
} from '../rules/define.ts';
import { changedRows } from './asked.ts';
import { type Failure, type Look, look } from './look.ts';
import type { Memories, PassContext, PowerPass, Silence } from './pass.ts';
import type { Generation, Rehearsal } from './record.ts';
import { isLeftOut, silences } from './silence.ts';

/** After so many looks at one moment rules that still change their mind are asked again a second later. */
const mostLooks = 50;

/**
 * Everything that follows for power targets from what is known at `context.now`: each rule behind its gate, then the
 * arbiter, evaluated to a fixpoint, since a decision can be what another target waited for. Pure. A rule that throws is
 * silent, and the others are decided as if it had not been asked.
 */
export function decidePower(known: Facts, memories: Memories, context: PassContext): PowerPass {
  const { startedAt, now } = context;
  const facts = withoutFuture(known, startedAt, now);
  const ended = endedHolds(facts.hold, now);
  // For rules the end of a hold is a change of facts.
  const seen = {
    ...facts,
    ups: withDoubts(facts.ups, startedAt),
    hold: holdsOfPresent(openHolds(facts.hold, now), facts.vm),
  };
  const before = withoutFuture(memories, startedAt, now);
  // Once: one that forgets its last row in this pass is asked to the pass's end, so that its violations close.
  const rules = context.rules.filter((rule) => !isLeftOut(rule, before, context.settings));
  const thrown = new Map<string, unknown>();
  for (;;) {
    const silent = silences(context, before, thrown);
    const found = fixpoint(seen, before, { ...context, rules }, silent);
    if (!('failed' in found)) {
      return { ...passOf(seen, before, context, { ...found, silent, thrown }), endedHolds: ended };
    }
    thrown.set(found.failed, found.error);
  }
}

interface Found {
  readonly last: Look;
  readonly events: readonly RuleEvent[];
  readonly notices: readonly Notice[];
  readonly generations: readonly Generation[];
  readonly rehearsals: readonly Rehearsal[];
  readonly hasMore: boolean;
}

function fixpoint(
  facts: Facts,
  memories: Memories,
  context: PassContext,
  silent: ReadonlyMap<string, Silence>,
): Found | Failure {
  const events: RuleEvent[] = [];
  const notices = new Map<string, Notice>();
  const generations: Generation[] = [];
  const rehearsals: Rehearsal[] = [];
  let current = memories;
  let asked = context.asked ?? new Map();
  for (let looks = 1; ; looks += 1) {
    const found = look(facts, current, context, silent, asked);
    if ('failed' in found) return found;
    asked = found.asked;
    current = found.after;
    for (const outcome of found.outcomes.values()) {
      events.push(...outcome.events);
      for (const notice of outcome.notices) notices.set(noticeKey(notice), notice);
    }
    generations.push(...found.arbitrated.generations);
    rehearsals.push(...found.arbitrated.rehearsals);
    if (found.changed && looks < mostLooks) continue;
    return {
      last: found,
      events,
      notices: [...notices.values()],
      generations,
      rehearsals,
      hasMore: found.changed,
    };
  }
}

function passOf(
  facts: Facts,
  before: Memories,
  context: PassContext,
  found: Found & Pick<PowerPass, 'silent' | 'thrown'>,
): Omit<PowerPass, 'endedHolds'> {
  const { last, hasMore, silent, thrown, events, notices, generations, rehearsals } = found;
  const { after, outcomes } = last;
  const due = [
    last.arbitrated.lookAgainAt,
    ...[...outcomes.values()].map(({ lookAgainAt }) => lookAgainAt),
    ...[...facts.hold.values()].map(({ until }) => until),
    ...[...silent.values()].map(({ until }) => until),
    hasMore ? context.now + 1000 : undefined,
  ].flatMap((at) => at ?? []);
  return {
    events,
    generations,
    rehearsals,
    notices,
    silent,
    thrown,
    asked: last.asked,
    after,
    desired: [...after.desired.values()].filter((record) => before.desired.get(record.target) !== record),
    memory: memoryChanges(before, after),
    violations: violationsOf(before, context, outcomes),
    clauses: watches(context, found),
    ...(due.length > 0 && { lookAgainAt: Math.min(...due) }),
  };
}

function violationsOf(
  before: Memories,
  { rules, settings }: PassContext,
  outcomes: Look['outcomes'],
): PowerPass['violations'] {
  const leftOut = rules.filter((rule) => isLeftOut(rule, before, settings));
  return new Map([
    ...leftOut.map(({ name }) => [name, noViolations] as const),
    ...[...outcomes].map(([rule, { violations }]) => [rule, violations] as const),
  ]);
}

function memoryChanges(before: Memories, after: Memories): PowerPass['memory'] {
  const changes = [...after.rules].map(
    ([rule, rows]) => [rule, changedRows(before.rules.get(rule), rows)] as const,
  );
  return new Map(changes.filter(([, changed]) => changed.size > 0));
}

function watches({ rules, settings }: PassContext, { last, silent }: Found & Pick<PowerPass, 'silent'>) {
  const found = new Map<string, Watch>();
  for (const rule of rules) {
    const notSetUp = rule.notSetUp?.(settings);
    const why = silent.get(rule.name)?.why;
    for (const clause of rule.clauses.keys()) {
      const own = last.outcomes.get(rule.name)?.clauses.get(clause) ?? 'watched';
      const unknown: Watch = why === undefined ? own : { unknown: why };
      found.set(armedAs(rule.name, clause), notSetUp === undefined ? unknown : { notSetUp });
    }
  }
  return found;
}
