import { because, type Now, phrase, type Reason } from '@huismeester/contracts';

/** Things that are counted; `names` where it may be said which. */
export interface Counted {
  readonly count: number;
  readonly names?: readonly string[];
}

/** What the sentence about the space is made of. */
export interface SpaceFacts {
  readonly stage: Now['stage'];
  readonly next?: { readonly stage: string; readonly at: number } | undefined;
  /** Nothing follows from what comes next: its clause is not armed. */
  readonly isDryRun: boolean;
  /** Core that does not work. */
  readonly coreDown: Counted;
  readonly nodesOff: number;
  readonly hindered: number;
  readonly violations: { readonly serious: number; readonly all: number };
  /** What cannot be seen now, so that it may be otherwise than it looks. */
  readonly unseen: Counted;
}

type State = Now['state'];

/** How the space is: the worst that is the case, and why. What is not known is never fine. */
export function stateOf(facts: SpaceFacts): { readonly state: State; readonly reasons: readonly Reason[] } {
  if (facts.stage === 'unknown') return { state: 'unknown', reasons: [because('now-unknown')] };
  if (facts.stage !== 'mains') return { state: 'cut', reasons: [cut(facts)] };
  const serious = seriousOf(facts);
  if (serious.length > 0) return { state: 'serious', reasons: serious };
  const { unseen, violations } = facts;
  if (unseen.count > 0) return { state: 'unknown', reasons: [named('now-unseen', unseen)] };
  if (violations.all > 0)
    return { state: 'attention', reasons: [because('now-violations', { count: violations.all })] };
  return { state: 'fine', reasons: [because('now-fine')] };
}

function cut({ stage, next, isDryRun }: SpaceFacts): Reason {
  if (stage === 'recovering') return because('now-recovering');
  if (next === undefined) return because('now-cut');
  if (next.stage === 'hold') return because('now-cut-waits');
  if (isDryRun) return because('now-cut-dry-run');
  return because('now-cut-next', { text: next.stage, until: new Date(next.at).toISOString() });
}

function seriousOf({ coreDown, nodesOff, hindered, violations: { serious } }: SpaceFacts): Reason[] {
  return [
    ...(coreDown.count > 0 ? [named('now-core-down', coreDown)] : []),
    ...(nodesOff > 0 ? [because('now-nodes-off', { count: nodesOff })] : []),
    ...(hindered > 0 ? [because('now-hindered', { count: hindered })] : []),
    // What is down is a violation too: it is said once.
    ...(serious > 0 && coreDown.count + nodesOff === 0
      ? [because('now-serious-violations', { count: serious })]
      : []),
  ];
}

/** So many are named, so that the sentence stays one. */
const mostNames = 3;

function named(code: 'now-core-down' | 'now-unseen', { count, names = [] }: Counted): Reason {
  if (names.length === 0) return because(code, { count });
  const more = names.length - mostNames;
  const text = [...names.slice(0, mostNames), ...(more > 0 ? [`+${more}`] : [])].join(', ');
  return because(code, { count, text });
}

/** Reasons as a sentence in each language: a capital, an end, and moments as the site's clocks have them. */
export function saysOf(reasons: readonly Reason[], timeZone: string): { nl: string; en: string } {
  return { nl: sentence(reasons, 'nl', timeZone), en: sentence(reasons, 'en', timeZone) };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else of an answer. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('nl-NL', { timeZone, hour: '2-digit', minute: '2-digit' });
  clocks.set(timeZone, made);
  return made;
}

function sentence(reasons: readonly Reason[], language: 'nl' | 'en', timeZone: string): string {
  const civil = reasons.map(({ until, ...rest }) =>
    until === undefined ? rest : { ...rest, until: clockOf(timeZone).format(new Date(until)) },
  );
  const text = phrase(civil, language);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
