import type { Project, Promotion, PromotionWithSteps } from '@huismeester/contracts';
import type { Called } from '../people/called.ts';
import { civilTime } from '../time.ts';
import type { Words } from './words-en.ts';

/** What somebody asks for, in a few words. */
export function asksFor({ kind, to }: Promotion, { promotion, classes }: Words): string {
  return kind === 'promotion' && to !== undefined ? promotion.becomes(classes[to]) : promotion.oneMoreVm;
}

/** A request about a project, for people. */
export function promotionLines(
  found: PromotionWithSteps,
  { title }: Pick<Project, 'title'>,
  words: Words,
  who: Called,
): string[] {
  const { labels, criteria, states, unfinished } = words.promotion;
  const { answers, because, decision, undone, users, users_count } = found;
  const decided = (each: NonNullable<typeof decision>) =>
    `${civilTime(each.at)}, ${who(each.by)}: ${each.because}`;
  const rows: [string, string | undefined][] = [
    [labels.by, `${who(found.requested_by)}, ${civilTime(found.requested_at)}`],
    [criteria.facilitates, answers?.facilitates],
    [criteria.needed, answers?.needed],
    [criteria['not-core'], answers?.['not-core']],
    [labels.why, because],
    [labels.used, users_count === 0 ? words.none : users.map(who).join(', ')],
    [labels.decided, decision && decided(decision)],
    [labels.undone, undone && decided(undone)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  return [
    `${title}: ${asksFor(found, words)}: ${states[found.state]}${found.done === false ? `, ${unfinished}` : ''}`,
    ...rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(width)}${text}`])),
    ...stepLines(found, words),
    ...openLines(found, words),
  ];
}

function stepLines({ steps }: PromotionWithSteps, { promotion }: Words): string[] {
  const commands = steps.flatMap(({ command }) => command ?? []);
  return [
    ...steps.map(
      ({ vm, pool, state, error }) =>
        `  VM ${vm} → ${pool}: ${promotion.steps[state]}${error === undefined ? '' : ` (${error})`}`,
    ),
    ...(commands.length === 0 ? [] : [`  ${promotion.runThis}`, ...commands.map((each) => `    ${each}`)]),
  ];
}

function openLines({ open_points: points = [] }: PromotionWithSteps, { promotion }: Words): string[] {
  if (points.length === 0) return [];
  return [
    '',
    promotion.openPoints,
    ...points.map(
      ({ clause, vms = [] }) =>
        `  ${clause}  ${promotion.point[clause]}${vms.length === 0 ? '' : ` (${vms.join(', ')})`}`,
    ),
  ];
}
