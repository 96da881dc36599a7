import type { Database } from '@huismeester/database';
import type { EventLog } from '@huismeester/events';
import type { Clock } from '@huismeester/service';
import { armedModes } from '../arming/mode.ts';
import type { Sanity } from '../clock/sanity.ts';
import { withoutFuture } from '../facts/clock-rollback.ts';
import { awaitsConfirmation, confirmationMs, repeatedMs } from '../facts/doubt.ts';
import type { Facts } from '../facts/index.ts';
import { withUnseen } from '../facts/unseen.ts';
import { createUnqueued } from '../notices/queue.ts';
import { type AnyRule, hasSay, type Notice } from '../rules/define.ts';
import { rules as everyRule } from '../rules/index.ts';
import { outagesOf } from '../rules/power/state.ts';
import type { PolicySettings } from '../rules/settings.ts';
import { type RegisterChanges, registerChanges } from '../violations/changes.ts';
import { decidePower } from './decide-power.ts';
import { closedGates, type Reading, readerOf } from './gates.ts';
import { createLeaseStore, type LeaseRows, type LeaseStore, leaseRule } from './lease-rows.ts';
import { noRows, ownModes } from './look.ts';
import type { PassContext, PowerPass } from './pass.ts';
import { RowCache } from './row-cache.ts';
import { toTheEnd } from './slices.ts';
import { load, type Stored } from './store.ts';
import { isNothing, write } from './write.ts';

/** A pass that was written, or that had nothing to write, and what it was decided upon. */
export interface Passed {
  readonly pass: PowerPass;
  readonly stored: Stored;
  /** The facts as they were decided upon: those of a source that is away are unseen. */
  readonly facts: Facts;
  /** Violations that are open after it. */
  readonly open: number;
  /** Those of them that nobody has accepted, and how many of these are serious. */
  readonly unaccepted: { readonly all: number; readonly serious: number };
  /** When time alone may change something, ms since 1970. */
  readonly lookAgainAt?: number;
  readonly now: number;
}

export interface PassDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly settings: PolicySettings;
  readonly clock: Clock;
  /** When this process began, or the clock was last set back, ms since 1970. */
  readonly startedAt: () => number;
  readonly readings: () => readonly Reading[];
  /** What is known of leases; its own, if left out. */
  readonly leases?: LeaseStore;
  /** Watches the civil clock (clock/sanity.ts): what it finds is logged before anything is decided. */
  readonly sanity?: Sanity;
  /** Those of rules/index.ts that want something of power targets, if left out. */
  readonly rules?: readonly AnyRule[];
}

const allRules = everyRule.filter(hasSay);

/** A source that is away for so long closes no gate any more (see gates.ts), so no confirmation can be waited for either, ms. */
const awayMs = 10 * 60_000;

/** So many times a person may change a hold or a mode while a pass is decided. */
const mostTries = 10;

/** Makes the power pass: each call decides upon all that is known at that moment, and writes what follows. */
export function createPowerPass(deps: PassDeps): () => Promise<Passed> {
  const { database, log, settings, clock, sanity, rules = allRules, leases = createLeaseStore() } = deps;
  const waiting = createWaiting(deps);
  const cache = new RowCache();
  const unqueued = createUnqueued();
  let before: Pick<PowerPass, 'silent' | 'asked'> = { silent: new Map(), asked: new Map() };
  return async () => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      // Before the facts: of readings that are newer a gate would open over facts that are not.
      const read = deps.readings();
      const stored = withLeases(
        await load(database.orm, log.epoch, { cache }),
        await leases.load(database.orm),
      );
      await lookAhead(deps, stored, read, clock.now().getTime());
      const now = clock.now();
      if (await sanity?.jumped(stored, now)) continue;
      const { facts, context } = contextOf(deps, stored, {
        now: now.getTime(),
        waits: waiting(read),
        before,
        read,
      });
      const pass = decidePower(facts, stored.memories, context);
      const register = registerChanges(stored.violations, rules, pass.violations, now.getTime());
      const what = { commands: stored.commands, now };
      const written = { ...pass, notices: unqueued.of(pass.notices) };
      const isWritten =
        isNothing(written, register) ||
        (await write({ database, log, settingsHash: settings.hash }, written, register, what));
      if (!isWritten) continue;
      if (pass.memory.has(leaseRule)) leases.written(pass.after.rules.get(leaseRule) ?? new Map());
      leases.changed({ notices: written.notices.flatMap(toPerson) });
      unqueued.queued(pass.notices);
      before = pass;
      const open = stored.violations.length + register.opened.length - register.closed.length;
      const unaccepted = unacceptedOf(stored, register);
      return { pass, stored, facts, open, unaccepted, now: now.getTime(), ...lookAgain(pass, stored) };
    }
    throw new Error(`holds or modes were changed during each of ${mostTries} passes`);
  };
}

function unacceptedOf({ violations }: Stored, { opened, closed, acceptanceEnded }: RegisterChanges) {
  const gone = new Set(closed);
  const ended = new Set(acceptanceEnded);
  const stay = violations.filter(
    (each) => !gone.has(each) && (each.accepted === undefined || ended.has(each)),
  );
  const all = [...stay.map(({ found }) => found), ...opened];
  return { all: all.length, serious: all.filter(({ severity }) => severity === 'serious').length };
}

const toPerson = ({ to, ...notice }: Notice) => (to === 'team' ? [] : [{ ...notice, person: to.person }]);

/** What takes long of the looks of the rules, as far as facts changed: in slices, so that everything else has its turn. */
async function lookAhead(
  { rules = allRules, settings, startedAt }: PassDeps,
  stored: Stored,
  read: readonly Reading[],
  now: number,
): Promise<void> {
  const long = rules.filter(({ ahead }) => ahead !== undefined);
  if (long.length === 0) return;
  const facts = withoutFuture(asSeen(stored.facts, read), startedAt(), now);
  const all = armedModes(stored.modes, rules, settings);
  for (const rule of long) {
    const memory = withoutFuture(stored.memories.rules.get(rule.name) ?? noRows, startedAt(), now);
    const steps = rule.ahead?.(facts, memory, { now, settings, modes: ownModes(rule, all) });
    if (steps) await toTheEnd(steps);
  }
}

function withLeases(stored: Stored, { memory, ...facts }: LeaseRows): Stored {
  const { rules } = stored.memories;
  return {
    ...stored,
    facts: { ...stored.facts, ...facts },
    memories: {
      ...stored.memories,
      rules: memory.size === 0 ? rules : new Map([...rules, [leaseRule, memory]]),
    },
  };
}

/** For how much longer UPSes are waited for of which nothing was heard, ms, and whether that is since the clock was set. */
interface Waits {
  readonly forMs: number;
  readonly clockWasSet: boolean;
}

function createWaiting({
  clock,
  startedAt,
}: Pick<PassDeps, 'clock' | 'startedAt'>): (read: readonly Reading[]) => Waits {
  const began = clock.monotonicMs();
  let readAt: number | undefined;
  let known = startedAt();
  let setAt = Number.NEGATIVE_INFINITY;
  return (read) => {
    const now = clock.monotonicMs();
    // Before its log was read to its head no UPS can be confirmed: the time for it begins then.
    if (read.some(({ source, caughtUp }) => source === 'ups-monitor' && caughtUp)) readAt ??= now;
    if (startedAt() !== known) setAt = now;
    known = startedAt();
    const until = Math.max((readAt ?? began + awayMs) + confirmationMs, setAt + repeatedMs);
    return { forMs: until - now, clockWasSet: Number.isFinite(setAt) };
  };
}

function contextOf(
  { log, settings, startedAt, rules = allRules }: PassDeps,
  stored: Stored,
  {
    now,
    waits: { forMs, clockWasSet },
    before,
    read,
  }: {
    now: number;
    waits: Waits;
    before: Pick<PowerPass, 'silent' | 'asked'>;
    read: readonly Reading[];
  },
): { facts: Facts; context: PassContext } {
  const began = startedAt();
  const facts = asSeen(stored.facts, read);
  const inOutage = new Set(outagesOf((stored.memories.rules.get('power') ?? new Map()) as never).keys());
  const waits = forMs > 0 && awaitsConfirmation(stored.facts.ups, inOutage, began, clockWasSet);
  const gate = { confirmedAt: waits ? now + forMs : undefined, now, startedAt: began };
  return {
    facts,
    context: {
      now,
      startedAt: began,
      epoch: log.epoch,
      modes: armedModes(stored.modes, rules, settings),
      settings,
      rules,
      closed: closedGates(rules, read, gate, before.silent),
      silentBefore: before.silent,
      asked: before.asked,
    },
  };
}

/** While a source cannot be read its facts are unseen, whatever its last events said; so are those of one that is not read at all. */
export function asSeen(facts: Facts, readings: readonly Reading[]): Facts {
  const away = new Map<string, number | undefined>(
    readings.map(({ source, reader = source, awaySince }) => [reader, awaySince]),
  );
  return withUnseen(facts, (fact) => (away.has(readerOf[fact]) ? away.get(readerOf[fact]) : 0));
}

/** Also when an acceptance ends. */
function lookAgain({ lookAgainAt, after: _ }: PowerPass, { violations }: Stored): { lookAgainAt?: number } {
  const ends = violations.flatMap(({ accepted }) => (accepted ? [accepted.until] : []));
  const due = [...ends, ...(lookAgainAt === undefined ? [] : [lookAgainAt])];
  return due.length === 0 ? {} : { lookAgainAt: Math.min(...due) };
}
