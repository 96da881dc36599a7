import { because, type Now, phrase, type Reason } from '@huismeester/contracts';

/** What the sentence about the space is made of. */
export interface SpaceFacts {
  /** False until the facts were evaluated once, and while the power rule cannot be asked. */
  readonly known: boolean;
  readonly stage: Now['stage'];
  readonly next?: { readonly stage: string; readonly at: number } | undefined;
  /** Core that does not work, by subject. */
  readonly coreDown: readonly string[];
  readonly nodesOff: number;
  readonly hindered: number;
  readonly violations: { readonly serious: number; readonly all: number };
  /** Services whose log cannot be read. */
  readonly away: readonly string[];
}

type State = Now['state'];

/** How the space is: the worst that is the case, and why. What is not known is never fine. */
export function stateOf(facts: SpaceFacts): { readonly state: State; readonly reasons: readonly Reason[] } {
  if (!facts.known || facts.stage === 'unknown')
    return { state: 'unknown', reasons: [because('now-unknown')] };
  if (facts.stage !== 'mains') return { state: 'cut', reasons: [cut(facts)] };
  const serious = seriousOf(facts);
  if (serious.length > 0) return { state: 'serious', reasons: serious };
  const unseen = facts.away.map((text) => because('now-unseen', { text }));
  if (unseen.length > 0) return { state: 'unknown', reasons: unseen };
  const { all } = facts.violations;
  if (all > 0) return { state: 'attention', reasons: [because('now-violations', { count: all })] };
  return { state: 'fine', reasons: [because('now-fine')] };
}

function cut({ stage, next }: SpaceFacts): Reason {
  if (stage === 'recovering') return because('now-recovering');
  if (next === undefined) return because('now-cut');
  return because('now-cut-next', { text: next.stage, until: new Date(next.at).toISOString() });
}

function seriousOf({ coreDown, nodesOff, hindered, violations: { serious } }: SpaceFacts): Reason[] {
  return [
    ...(coreDown.length > 0 ? [because('now-core-down', { text: coreDown.join(', ') })] : []),
    ...(nodesOff > 0 ? [because('now-nodes-off', { count: nodesOff })] : []),
    ...(hindered > 0 ? [because('now-hindered', { count: hindered })] : []),
    // What is down is a violation too: it is said once.
    ...(serious > 0 && coreDown.length + nodesOff === 0
      ? [because('now-violations', { count: serious })]
      : []),
  ];
}

/** Reasons as a sentence in each language: a capital, an end, and moments as the site's clocks have them. */
export function saysOf(reasons: readonly Reason[], timeZone: string): { nl: string; en: string } {
  return { nl: sentence(reasons, 'nl', timeZone), en: sentence(reasons, 'en', timeZone) };
}

function sentence(reasons: readonly Reason[], language: 'nl' | 'en', timeZone: string): string {
  const time = new Intl.DateTimeFormat('nl-NL', { timeZone, hour: '2-digit', minute: '2-digit' });
  const civil = reasons.map(({ until, ...rest }) =>
    until === undefined ? rest : { ...rest, until: time.format(new Date(until)) },
  );
  const text = phrase(civil, language);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
