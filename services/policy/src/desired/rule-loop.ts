import { createLoop } from '@huismeester/events';
import type { Part } from '@huismeester/service';
import { withoutFuture } from '../facts/clock-rollback.ts';
import { holdsOfPresent, openHolds } from '../facts/hold.ts';
import { createUnqueued, type Unqueued } from '../notices/queue.ts';
import { type AnyRule, armedAs, hasSay, noViolations, type Outcome, type Watch } from '../rules/define.ts';
import { rules } from '../rules/index.ts';
import { registerChanges } from '../violations/changes.ts';
import { changedRows } from './asked.ts';
import {
  closedGates,
  readsItems,
  readsLeases,
  readsPages,
  readsPeople,
  readsProjects,
  readsTeam,
} from './gates.ts';
import type { ItemStore } from './item-rows.ts';
import { ownModes } from './look.ts';
import type { Silence } from './pass.ts';
import { asSeen, type PassDeps } from './pass-runner.ts';
import { RowCache } from './row-cache.ts';
import { inSlices } from './slices.ts';
import { load, type Stored } from './store.ts';
import { isNothing, write } from './write.ts';

/** How long after a wake a rule that only watches begins: after the power pass, ms. */
const afterPowerMs = 250;
/** Without a step's end for so long it keeps the power pass waiting, and health says so, ms. */
const longMs = 50;
/** How often the civil clock is compared with the time that something is due, ms. */
const lookAtClockMs = 1000;

export interface RuleLoop {
  start(): void;
  /** Something changed. */
  wake(): void;
  parts(): Part[];
  /** By `rule/clause`, how each is watched. */
  clauses(): ReadonlyMap<string, Watch>;
  close(): Promise<void>;
}

export interface RuleLoopDeps extends Omit<PassDeps, 'rules'> {
  readonly failed: (error: unknown) => void;
  /** The register of things, for rules that read it. */
  readonly items: Pick<ItemStore, 'load'>;
  /** It wrote something: how many violations are open is what the power pass has seen. */
  readonly wrote: () => void;
  /** `load`, if left out. */
  readonly load?: typeof load;
}

/**
 * Makes the loop of a rule that only watches (`tiers` is empty), with a gate and transactions of its own: whatever it does, or however long it
 * takes, the power pass does not wait for it, and it writes no desired state.
 */
export function createRuleLoop(rule: AnyRule, deps: RuleLoopDeps): RuleLoop {
  const { clock, settings, failed } = deps;
  const notSetUp = rule.notSetUp?.(settings);
  const asked = notSetUp === undefined ? rule : leftOut(rule);
  const kept = { cache: new RowCache(), unqueued: createUnqueued() };
  let dueAt = Number.NEGATIVE_INFINITY;
  let silence: Silence | undefined;
  let looked: Looked | undefined;
  let cancel: (() => void) | undefined;
  const silentFor = (why: string) => ({ why, since: silence?.since ?? clock.now().getTime() });
  const loop = createLoop({
    everyMs: lookAtClockMs,
    clock,
    onError: (error) => {
      silence = silentFor('it failed');
      failed(error);
    },
    pass: async () => {
      const left = dueAt - clock.now().getTime();
      if (left > 0) return left;
      dueAt = Number.POSITIVE_INFINITY;
      const found = await lookOnce(asked, deps, silence, kept).catch((error: unknown) => {
        dueAt = Number.NEGATIVE_INFINITY;
        throw error;
      });
      if ('why' in found) silence = found;
      else [silence, looked] = [undefined, found];
      dueAt = Math.min(dueAt, ('why' in found ? found.until : found.outcome.lookAgainAt) ?? dueAt);
      return dueAt - clock.now().getTime();
    },
  });
  return {
    start: loop.start,
    wake: () => {
      // It was asked at the start, and nothing that happens changes what it finds.
      if (notSetUp !== undefined) return;
      cancel ??= clock.after(afterPowerMs, () => {
        cancel = undefined;
        dueAt = Number.NEGATIVE_INFINITY;
        loop.wake();
      });
    },
    parts: () => partsOf(rule.name, silence, looked?.longestMs ?? 0),
    clauses: () => {
      const why: Watch | undefined = silence && { unknown: silence.why };
      const watch = (clause: string): Watch => why ?? looked?.outcome.clauses.get(clause) ?? 'watched';
      const each = (clause: string): Watch => (notSetUp === undefined ? watch(clause) : { notSetUp });
      return new Map([...rule.clauses.keys()].map((clause) => [armedAs(rule.name, clause), each(clause)]));
    },
    close: async () => {
      cancel?.();
      await loop.close();
    },
  };
}

/** A rule that settings leave out finds nothing, whatever is so: what it had found before is closed. */
function leftOut(rule: AnyRule): AnyRule {
  return {
    ...rule,
    reads: [],
    decide: (_, memory) => ({
      opinions: [],
      memory,
      events: [],
      notices: [],
      violations: noViolations,
      clauses: new Map(),
    }),
  };
}

/** The loops of all rules that only watch. */
export function createRuleLoops(
  deps: Omit<RuleLoopDeps, 'failed'>,
  failed: (rule: string, error: unknown) => void,
): RuleLoop[] {
  return rules
    .filter((rule) => !hasSay(rule))
    .map((rule) => createRuleLoop(rule, { ...deps, failed: (error) => failed(rule.name, error) }));
}

interface Looked {
  readonly outcome: Outcome<unknown>;
  readonly longestMs: number;
}

/** Loads, looks and writes once; while its gate is closed only why that is so. */
async function lookOnce(
  rule: AnyRule,
  deps: RuleLoopDeps,
  silence: Silence | undefined,
  { cache, unqueued }: { readonly cache: RowCache; readonly unqueued: Unqueued },
): Promise<Looked | Silence> {
  const { database, log, settings, clock, readings, items, load: loadAll = load } = deps;
  // Before the facts, as the power pass does.
  const read = readings();
  const stored = await loadAll(database.orm, log.epoch, {
    cache,
    people: readsPeople(rule),
    team: readsTeam(rule),
    owners: readsLeases(rule),
    projects: readsProjects(rule),
    pages: readsPages(rule),
    deliveries: rule.reads.includes('delivery'),
    reports: rule.reads.includes('report'),
  });
  const things = readsItems(rule) ? await items.load(database.orm) : {};
  const now = clock.now();
  const gate = { confirmedAt: undefined, now: now.getTime(), startedAt: deps.startedAt() };
  const before = new Map(silence ? [[rule.name, silence]] : []);
  const closed = closedGates([rule], read, gate, before).get(rule.name);
  if (closed) return closed;
  const found = await inSlices(() =>
    ask(rule, deps, { ...stored, facts: asSeen({ ...stored.facts, ...things }, read) }, now),
  );
  const { violations, memory, events, notices } = found.outcome;
  const register = registerChanges(
    stored.violations.filter(({ found }) => rule.violationKinds.includes(found.kind)),
    [rule],
    new Map([[rule.name, violations]]),
    now.getTime(),
  );
  const changed = changedRows(stored.memories.rules.get(rule.name), memory);
  const pass = {
    events,
    generations: [],
    rehearsals: [],
    endedHolds: [],
    desired: [],
    notices: unqueued.of(notices),
    memory: new Map(changed.size === 0 ? [] : [[rule.name, changed]]),
  };
  if (isNothing(pass, register)) return found;
  const what = { commands: stored.commands, now };
  const isWritten = await write({ database, log, settingsHash: settings.hash }, pass, register, what);
  if (isWritten) {
    unqueued.queued(notices);
    deps.wrote();
  }
  // A person changed something meanwhile: at once again.
  return isWritten ? found : { ...found, outcome: { ...found.outcome, lookAgainAt: now.getTime() } };
}

function ask(rule: AnyRule, { settings, log, startedAt }: RuleLoopDeps, stored: Stored, at: Date) {
  const [now, began] = [at.getTime(), startedAt()];
  const facts = withoutFuture(stored.facts, began, now);
  const memory = withoutFuture(stored.memories.rules.get(rule.name) ?? new Map(), began, now);
  const modes = ownModes(rule, stored.modes);
  const known = { ...facts, hold: holdsOfPresent(openHolds(facts.hold, now), facts.vm) };
  return rule.decide(known, memory, {
    now,
    startedAt: began,
    epoch: log.epoch,
    modes,
    mine: new Map(),
    settings,
  });
}

function partsOf(rule: string, silence: Silence | undefined, longestMs: number): Part[] {
  const part = { name: `policy: rule ${rule}`, ready: false, essential: false };
  if (silence) return [{ ...part, detail: `it is silent: ${silence.why}` }];
  if (longestMs <= longMs) return [];
  return [{ ...part, detail: `it kept everything else waiting for ${Math.round(longestMs)} ms at once` }];
}
