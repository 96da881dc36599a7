import type { Decision, Hold, StoredEvent } from '@huismeester/contracts';
import type { FoundTarget } from '../commands/vm-reference.ts';
import type { Language } from '../language.ts';
import { printable } from '../printable.ts';
import { reasonIn } from '../reason.ts';
import { civilTime } from '../time.ts';
import { sentenceOf } from './sentences.ts';
import { englishStory, type StoryWords, type What } from './story-en.ts';
import { dutchStory } from './story-nl.ts';

/** One decision with what led to it and what came of it. */
export interface Chapter {
  readonly decision: Decision;
  readonly evidence: readonly StoredEvent[];
  /** Evidence that was not found in the logs. */
  readonly missing: readonly string[];
  readonly after: readonly StoredEvent[];
}

/**
 * The decisions of the last story, from all that are known, newest first: it ended, or will end, with nothing being
 * asked for any more (rule `none`), and so did the one before it.
 */
export function lastStory(newestFirst: readonly Decision[]): Decision[] {
  const before = newestFirst.findIndex(({ rule }, at) => at > 0 && rule === 'none');
  return newestFirst.slice(0, before === -1 ? undefined : before);
}

/**
 * Lays decisions and events together, oldest decision first. An event about the VM belongs to the decision that it
 * names; one that names none, to the newest decision before it.
 */
export function chapters(decisions: readonly Decision[], events: readonly StoredEvent[]): Chapter[] {
  const oldestFirst = [...decisions].sort(byTime);
  const byId = new Map(events.map((event) => [event.id, event]));
  const followers = events.filter(({ type }) => /^(vm|node)\./.test(type)).sort(byTime);
  return oldestFirst.map((decision, at) => {
    const until = oldestFirst[at + 1]?.time;
    const cited = decision.evidence.map((id) => byId.get(id)).filter((event) => event !== undefined);
    const ids = new Set(decision.evidence);
    return {
      decision,
      evidence: cited.sort(byTime),
      missing: decision.evidence.filter((id) => !byId.has(id)),
      after: followers.filter((event) => !ids.has(event.id) && follows(event, decision, until)),
    };
  });
}

function follows(event: StoredEvent, decision: Decision, until: string | undefined): boolean {
  if (event.subject !== decision.target) return false;
  const named = decisionNamedBy(event.data);
  if (named !== undefined) return named === decision.id;
  return event.time >= decision.time && (until === undefined || event.time < until);
}

function decisionNamedBy(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'decision' in data && typeof data.decision === 'string'
    ? data.decision
    : undefined;
}

const words: { readonly [L in Language]: StoryWords } = { en: englishStory, nl: dutchStory };

export interface StoryText {
  readonly language: Language;
  /** The zone of the times, that of this process if left out. */
  readonly timeZone?: string;
  /** The logs are not for whoever asks: neither what decisions rest on nor what came of them is known. */
  readonly isLogHidden?: boolean;
}

/** Who or what the story is about, as it is now. Safe to print. */
export function introduce(
  { id, target, vm, node, hold }: FoundTarget & { readonly hold: Hold | undefined },
  { language, timeZone }: StoryText,
): string[] {
  const { known, unlisted, knownNode, unknownNode, held } = words[language];
  const aboutNode = node ? knownNode(node) : unknownNode(id);
  const aboutVm = vm ? known(vm) : unlisted(id);
  const lines = [
    whatOf(target) === 'node' ? aboutNode : aboutVm,
    ...(hold ? [held({ ...hold, until: civilTime(hold.until, timeZone) })] : []),
  ];
  return lines.map(printable);
}

/** The story in sentences, safe to print; `earlier` is whether there is more than this. */
export function renderStory(
  parts: readonly Chapter[],
  { language, timeZone, isLogHidden = false }: StoryText,
  earlier = false,
): string[] {
  const its = words[language];
  if (parts.length === 0) return [its.nothingDecided];
  const at = (time: string) => civilTime(time, timeZone);
  const events = (some: readonly StoredEvent[]) =>
    some.map((event) => `    ${at(event.time)}  ${sentenceOf(event, language, at)}`);
  const lines = parts.flatMap(({ decision, evidence, missing, after }, index) => [
    ...(index === 0 ? [] : ['']),
    `${at(decision.time)}  ${verdict(decision, its)}: ${reasonIn(language, decision, at)}`,
    `  ${force(decision, its, at)}`,
    ...(isLogHidden
      ? []
      : [
          ...(decision.evidence.length === 0 ? [] : [`  ${its.because}`]),
          ...events(evidence),
          ...missing.map((id) => `    ${printable(its.notFound(id))}`),
          ...(after.length === 0 ? [`  ${nothing(decision, its)}`] : [`  ${its.after}`]),
          ...events(after),
        ]),
  ]);
  const more = [...(isLogHidden ? [its.logHidden] : []), ...(earlier ? [its.earlier] : [])];
  return more.length === 0 ? lines : [...lines, '', ...more];
}

function whatOf(target: string): What {
  return target.startsWith('node/') ? 'node' : 'VM';
}

function verdict({ target, state, clause, stage }: Decision, its: StoryWords): string {
  const under = stage === undefined || stage === 'mains' ? clause : `${clause}, ${its.stage(stage)}`;
  return `${its.verdict[state](whatOf(target))} (${printable(under)})`;
}

function force({ mode, validUntil }: Decision, its: StoryWords, at: (time: string) => string): string {
  const meaning = mode === 'enforce' ? its.enforced : its.dryRun;
  return validUntil === undefined ? meaning : `${meaning} ${its.validUntil(at(validUntil))}`;
}

function nothing({ mode, state }: Decision, its: StoryWords): string {
  return mode === 'enforce' && state !== 'hands-off' ? its.nothingYet : its.nothingNeeded;
}

function byTime(a: { readonly time: string }, b: { readonly time: string }): number {
  return Date.parse(a.time) - Date.parse(b.time);
}
