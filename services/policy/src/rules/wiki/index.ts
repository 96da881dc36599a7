import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isClockBelieved } from '../../facts/clock.ts';
import type { DesignDecisionFact } from '../../facts/design-decision.ts';
import type { Facts } from '../../facts/index.ts';
import { theWiki, type WikiFact } from '../../facts/wiki.ts';
import { defineRule, type Outcome, type Undecided, type ViolationFound, type Watch } from '../define.ts';
import { isCoreInUse } from '../things/register.ts';
import { saidOf, type Unreadable } from '../unreadable.ts';
import { type Clause, designPage, lookAtPage, unreadablePage } from './page.ts';

const noDecision = 'no-design-decision';
const noWiki = 'space.yaml names no wiki: name its api.php, as `wiki: { api: https://…/api.php }`';

const reads = ['designDecision', 'wiki', 'item', 'project', 'vm', 'clock'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * Design decisions about core and space-wide projects are on the wiki (CORE-5, SPACE-6): an accepted one has a page that is there, and core in use and
 * projects have an accepted one. That a page is not there is so once two looks said it; while the wiki or the page cannot be read, nothing opens or
 * closes, and after 7 days the team reads that it cannot. It only watches.
 */
export const rule = defineRule({
  name: 'wiki',
  clauses: new Map([
    ['CORE-5', 'nothing: what is decided about core and stands on no page of the wiki is reported'],
    ['SPACE-6', 'nothing: what is decided about a project and stands on no page of the wiki is reported'],
  ]),
  reads,
  row: Type.Object({}),
  violationKinds: [designPage, noDecision],
  tiers: [],
  notSetUp: ({ wiki }) => (wiki ? undefined : noWiki),
  *decide(known: Known, _: unknown, { now }): Generator<undefined, Outcome<never>> {
    const found: ViolationFound[] = [];
    const undecided: Undecided[] = [];
    const wiki = known.wiki.get(theWiki);
    const canRead = wiki?.state === 'reachable' && !wiki.unseen;
    const unreadable: Unreadable[] = wikiUnreadable(wiki);
    for (const decision of known.designDecision.values()) {
      yield;
      const looked = lookAtPage(decision, known, canRead);
      const subject = `design-decision/${decision.decision}`;
      if (looked === 'undecided') undecided.push({ kind: designPage, subject });
      else if (looked) found.push(looked);
      const page = canRead ? unreadablePage(decision, known) : undefined;
      if (page) unreadable.push(page);
    }
    const missing = yield* withoutDecision(known);
    const isBelieved = isClockBelieved(known);
    const { notices, times } = saidOf(unreadable, { now, isBelieved });
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices,
      violations: {
        found: [...found, ...missing.found],
        undecided: [...undecided, ...missing.undecided],
      },
      clauses: watchesOf(wiki),
      ...(times.length > 0 && { lookAgainAt: Math.min(...times) }),
    };
  },
});

/** Core in use and projects of core or for the whole space of which no design decision was accepted. */
function* withoutDecision(
  known: Known,
): Generator<undefined, { found: readonly ViolationFound[]; undecided: readonly Undecided[] }> {
  const found: ViolationFound[] = [];
  const undecided: Undecided[] = [];
  const documented = documentedBy(known.designDecision);
  const isIncomplete =
    known.wiki.get(theWiki)?.unseen || [...known.designDecision.values()].some(({ unseen }) => unseen);
  const add = (subject: string, clause: Clause, isUnseen: boolean | undefined) => {
    if (documented.has(subject)) return;
    if (isUnseen || isIncomplete) undecided.push({ kind: noDecision, subject });
    else {
      const reasons = [because('no-design-decision')];
      found.push({ kind: noDecision, subject, severity: 'warning', clause, reasons, evidence: [] });
    }
  };
  for (const item of known.item.values()) {
    yield;
    // What a project decided is decided of what belongs to it.
    const isProjects = item.project !== undefined && documented.has(`project/${item.project}`);
    if (isCoreInUse(item, known) && !isProjects) add(`item/${item.item}`, 'CORE-5', item.unseen);
  }
  for (const { project, class: of, state, unseen } of known.project.values()) {
    yield;
    if (of === 'participant' || state === 'retired') continue;
    add(`project/${project}`, of === 'core' ? 'CORE-5' : 'SPACE-6', unseen);
  }
  return { found, undecided };
}

/** The items and projects about which a design decision was accepted. */
function documentedBy(decisions: ReadonlyMap<string, DesignDecisionFact>): ReadonlySet<string> {
  const accepted = [...decisions.values()].filter(({ status }) => status === 'accepted');
  return new Set(
    accepted.flatMap(({ item, project }) => [
      ...(item === undefined ? [] : [`item/${item}`]),
      ...(project === undefined ? [] : [`project/${project}`]),
    ]),
  );
}

function wikiUnreadable(wiki: WikiFact | undefined): Unreadable[] {
  if (wiki?.state !== 'unreachable' || wiki.unseen) return [];
  const { since, why } = wiki;
  const subject = `wiki/${theWiki}`;
  return [{ kind: 'wiki-unknown', subject, clause: 'CORE-5', since, reason: 'wiki-unreadable', text: why }];
}

function watchesOf(wiki: WikiFact | undefined): Map<string, Watch> {
  const watch: Watch =
    wiki === undefined
      ? { unknown: 'the wiki was not asked yet' }
      : wiki.unseen
        ? { unknown: 'what inventory says of the wiki cannot be read now' }
        : wiki.state === 'reachable'
          ? 'watched'
          : {
              unknown: `the wiki cannot be read since ${new Date(wiki.since).toISOString()}: ${wiki.why ?? 'it failed'}`,
            };
  return new Map([
    ['CORE-5', watch],
    ['SPACE-6', watch],
  ]);
}
