import { type EventData, phrase } from '@huismeester/contracts';
import { type NewEvent, newEvent } from '@huismeester/events';
import type { RegisterChanges } from '../violations/changes.ts';
import type { FoundViolation } from '../violations/violation.ts';
import type { PowerPass } from './pass.ts';
import type { Decided, Wanted } from './record.ts';
import type { PowerTarget } from './target.ts';

/** Who stands in what policy itself appends. */
export const actor = 'service:policy';

/** The subject of the decisions about a target. */
export function decisionSubject(target: PowerTarget): string {
  return `desired-state/${target}`;
}

/** All that a pass has to append, in its order: first what happened, then what is decided because of it. */
export function eventsOf(
  {
    events,
    endedHolds,
    generations,
    rehearsals,
  }: Pick<PowerPass, 'events' | 'endedHolds' | 'generations' | 'rehearsals'>,
  register: RegisterChanges,
  ids: ReadonlyMap<FoundViolation, string>,
  settingsHash: string,
): NewEvent[] {
  return [
    ...events.map(({ type, subject, data, cause }) =>
      newEvent(type, subject, data, { actor, ...(cause && { cause }) }),
    ),
    ...endedHolds.map(({ id, target }) =>
      newEvent('hold.released', `hold/${id}`, { hold: id, target, how: 'ended' }, { actor }),
    ),
    ...generations.map(({ decided, cause }) =>
      newEvent('desired-state.decided', decisionSubject(decided.target), decisionData(decided), {
        actor,
        ...(cause && { cause }),
      }),
    ),
    ...rehearsals.map(({ target, wanted, cause }) =>
      newEvent('desired-state.rehearsed', decisionSubject(target), wantedData(target, wanted, settingsHash), {
        actor,
        ...(cause && { cause }),
      }),
    ),
    ...registerEvents(register, ids),
  ];
}

function registerEvents(
  { opened, closed, acceptanceEnded }: RegisterChanges,
  ids: ReadonlyMap<FoundViolation, string>,
): NewEvent[] {
  return [
    ...opened.map((found) => {
      const id = ids.get(found) ?? '';
      return newEvent('violation.opened', `violation/${id}`, violationData(id, found), { actor });
    }),
    ...closed.map(({ id }) => newEvent('violation.closed', `violation/${id}`, { violation: id }, { actor })),
    ...acceptanceEnded.map(({ id }) =>
      newEvent('violation.acceptance-ended', `violation/${id}`, { violation: id, how: 'ended' }, { actor }),
    ),
  ];
}

/** A violation as its event and its resource have it. */
export function violationData(id: string, found: FoundViolation): EventData<'violation.opened'> {
  const { kind, severity, clause, subject, cause, reasons, evidence } = found;
  return {
    violation: id,
    kind,
    severity,
    clause,
    about: subject,
    ...(cause !== undefined && { cause }),
    reason: phrase(reasons, 'en'),
    reasons: [...reasons],
    evidence: [...evidence],
  };
}

/** A decision as its event and the snapshot have it. */
export function decisionData(decided: Decided): EventData<'desired-state.decided'> {
  const { generation, validUntil, stage, settingsHash, target } = decided;
  return {
    ...wantedData(target, decided, settingsHash),
    generation,
    // Only what is armed gets a generation.
    mode: 'enforce',
    ...(stage !== undefined && { stage }),
    ...(validUntil !== undefined && { validUntil: new Date(validUntil).toISOString() }),
  };
}

function wantedData(
  target: PowerTarget,
  { state, rule, tier, clause, reasons, evidence }: Wanted,
  settingsHash: string,
): EventData<'desired-state.rehearsed'> {
  return {
    target,
    state,
    rule,
    tier,
    clause,
    reason: phrase(reasons, 'en'),
    reasons: [...reasons],
    evidence: [...evidence],
    settingsHash,
  };
}
