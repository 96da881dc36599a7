import type { Clause } from '@huismeester/contracts';
import { type AnyRule, armedAs, type Mode, type Watch } from '../rules/define.ts';
import type { PolicySettings } from '../rules/settings.ts';
import type { OpenViolation } from '../violations/violation.ts';
import type { ClauseDescription } from './description.ts';

/** What how a clause stands follows from. */
export interface ClauseFacts {
  readonly rules: readonly AnyRule[];
  /** By `rule/clause`; undefined before anything was evaluated. */
  readonly watches: ReadonlyMap<string, Watch> | undefined;
  readonly modes: ReadonlyMap<string, Mode>;
  readonly violations: readonly OpenViolation[];
  /** By which a rule may not be armable. */
  readonly settings: PolicySettings;
}

type Status = Pick<Clause, 'status' | 'detail' | 'details' | 'since'>;

/** A detail in both languages; what a rule finds and what settings lack is there in English alone. */
function detailed(details: NonNullable<Clause['details']>): Pick<Clause, 'detail' | 'details'> {
  return { detail: details.en, details };
}

const notEvaluated = {
  nl: 'sinds de start is er nog niets bekeken',
  en: 'nothing was evaluated since the start',
};
const unwatchedHere = {
  nl: 'niets in deze versie let hierop',
  en: 'nothing in this version watches it',
};

/** How a clause stands: of all that watch it and of all its violations the worst. */
export function clauseStatus(
  description: ClauseDescription,
  { rules, watches, modes, violations, settings }: ClauseFacts,
): Omit<Clause, 'position'> {
  const { clause, titles } = description;
  const watching = rules.filter((rule) => rule.clauses.has(clause));
  const open = violations.filter(({ found }) => found.clause === clause);
  return {
    clause,
    title: titles.en,
    titles,
    watchedBy: watching.map(({ name }) => name),
    violations: open.map(({ id }) => id),
    ...(violated(open) ??
      watched(clause, watching, { watches, modes, settings }) ??
      unwatched(description, settings)),
  };
}

function violated(open: readonly OpenViolation[]): Status | undefined {
  const unaccepted = open.filter(({ accepted }) => accepted === undefined);
  const counting = unaccepted.length > 0 ? unaccepted : open;
  if (counting.length === 0) return undefined;
  const since = Math.min(...counting.map((each) => each.since));
  return {
    status: unaccepted.length > 0 ? 'violated' : 'accepted',
    since: new Date(since).toISOString(),
  };
}

function watched(
  clause: string,
  watching: readonly AnyRule[],
  { watches, modes, settings }: Pick<ClauseFacts, 'watches' | 'modes' | 'settings'>,
): Status | undefined {
  if (watching.length === 0) return undefined;
  if (watches === undefined) return { status: 'unknown', ...detailed(notEvaluated) };
  const each = watching.map((rule) => ({
    rule,
    watch: watches.get(armedAs(rule.name, clause)) ?? 'watched',
  }));
  const unknown = each.flatMap(({ watch }) =>
    typeof watch === 'object' && 'unknown' in watch ? [watch.unknown] : [],
  );
  if (unknown.length > 0) return { status: 'unknown', detail: unknown.join('; ') };
  const setUp = each.filter(({ watch }) => watch === 'watched');
  if (setUp.length === 0) {
    const todo = each.flatMap(({ watch }) =>
      typeof watch === 'object' && 'notSetUp' in watch ? [watch.notSetUp] : [],
    );
    return { status: 'not-set-up', detail: todo.join('; ') };
  }
  const dry = setUp.filter(
    ({ rule }) =>
      rule.tiers.length > 0 &&
      (rule.notArmable?.(settings) !== undefined ||
        (modes.get(armedAs(rule.name, clause)) ?? 'dry-run') === 'dry-run'),
  );
  if (dry.length === 0) return { status: 'kept' };
  const barred = dry.flatMap(({ rule }) => rule.notArmable?.(settings)?.title ?? []);
  if (barred.length > 0) return { status: 'dry-run', detail: barred.join('; ') };
  const commands = dry.map(({ rule }) => `\`huismeester enforce ${armedAs(rule.name, clause)}\``).join(', ');
  return {
    status: 'dry-run',
    ...detailed({
      nl: `kijk eerst met \`huismeester preview\`; daarna: ${commands}`,
      en: `after a look at \`huismeester preview\`: ${commands}`,
    }),
  };
}

function unwatched({ builtIn, notSetUp }: ClauseDescription, settings: PolicySettings): Status {
  const todo = notSetUp?.(settings);
  if (todo !== undefined) return { status: 'not-set-up', detail: todo };
  if (builtIn !== undefined) return { status: 'kept', ...detailed(builtIn) };
  return { status: 'not-set-up', ...detailed(unwatchedHere) };
}
