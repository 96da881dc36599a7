import { because, type ReasonCode } from '@huismeester/contracts';
import { Type } from 'typebox';
import { isClockBelieved } from '../../facts/clock.ts';
import type { Facts } from '../../facts/index.ts';
import { type PolicyTextFact, type PolicyTextRead, thePolicyText } from '../../facts/policy-text.ts';
import { theWiki, type WikiFact } from '../../facts/wiki.ts';
import { defineRule, type Outcome, type Undecided, type ViolationFound, type Watch } from '../define.ts';
import type { PolicyTextPlan } from '../settings.ts';
import { saidOf } from '../unreadable.ts';

const newer = 'policy-changed';
const gone = 'policy-gone';
const clause = 'TEAM-3';
const subject = `policy-text/${thePolicyText}`;
const noText =
  'space.yaml does not name the page of the infra policy: name it as `policy.text: { url: … }`, or a file as `policy.text: { file: … }`, with the revision that is carried out here';
const noRevision =
  'space.yaml does not name the revision of the infra policy that is carried out here: name it as `policy.text.revision`';

const reads = ['policyText', 'wiki', 'clock'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

const reasonOf = {
  blank: 'policy-blank',
  missing: 'policy-missing',
  'redirect-to-nowhere': 'policy-missing',
  'not-a-page': 'policy-missing',
} as const satisfies { readonly [state in NonNullable<PolicyTextFact['gone']>['state']]: ReasonCode };

/**
 * The policy that is carried out is the one that is written down (TEAM-3): a newer revision of its page than settings name is a violation, one for each
 * revision, until somebody has read it and names it; so is a page that two looks, 6 h apart, did not find. While nothing can be read of it, nothing opens
 * or closes, and the clause is unknown. It only watches: what the page says changes nothing by itself.
 */
export const rule = defineRule({
  name: 'policy-text',
  clauses: new Map([[clause, 'nothing: that the page of the policy has changed, or is gone, is reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [newer, gone],
  tiers: [],
  notSetUp: ({ policyText }) => (policyText ? undefined : noText),
  decide(known: Known, _: unknown, { now, settings: { policyText: plan } }): Outcome<never> {
    const text = known.policyText.get(thePolicyText);
    const why = whyUnread(text, plan?.isOnWiki ? known.wiki.get(theWiki) : undefined);
    const isBelieved = isClockBelieved(known);
    const { notices, times } = saidOf(unreadable(text), { now, isBelieved });
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices,
      violations: why === undefined ? found(text) : undecidedBoth,
      clauses: new Map([[clause, watchOf(why ?? whyGone(text), plan)]]),
      ...(times.length > 0 && { lookAgainAt: Math.min(...times) }),
    };
  },
});

/** Why it cannot be said now what the page is; `wiki`: where the text is a page of it. */
function whyUnread(text: PolicyTextFact | undefined, wiki: WikiFact | undefined): string | undefined {
  if (text === undefined) return 'the page of the infra policy could not be read yet';
  if (text.unseen) return 'what inventory says of the infra policy cannot be read now';
  if (wiki?.state === 'unreachable') return sinceWhen('the wiki', wiki.since, wiki.why ?? 'it failed');
  return text.unknown && sinceWhen('the infra policy', text.unknown.since, text.unknown.why);
}

function whyGone(text: PolicyTextFact | undefined): string | undefined {
  return text?.gone && sinceWhen('the infra policy', text.gone.since, text.gone.state);
}

function sinceWhen(what: string, since: number, why: string): string {
  return `${what} cannot be read since ${new Date(since).toISOString()}: ${why}`;
}

const undecidedBoth: Outcome<never>['violations'] = {
  found: [],
  undecided: [
    { kind: newer, subject },
    { kind: gone, subject },
  ],
};

/** Of a page that is gone nobody knows whether it was newer; whether it is gone is not known before the second look. */
function found(text: PolicyTextFact | undefined): Outcome<never>['violations'] {
  const { gone: isGone, read } = text ?? {};
  if (isGone === undefined) return { found: read?.newer ? [changed(read)] : [], undecided: [] };
  const undecided: Undecided[] = [{ kind: newer, subject }];
  if (!isGone.confirmed) return { found: [], undecided: [...undecided, { kind: gone, subject }] };
  const reasons = [because(reasonOf[isGone.state])];
  return {
    found: [{ kind: gone, subject, severity: 'warning', clause, reasons, evidence: [] }],
    undecided,
  };
}

function unreadable(text: PolicyTextFact | undefined): Parameters<typeof saidOf>[0] {
  if (!text?.unknown || text.unseen) return [];
  const { since, why } = text.unknown;
  return [{ kind: 'page-unknown', subject, clause, since, reason: 'policy-unreadable', text: why }];
}

function watchOf(why: string | undefined, plan: PolicyTextPlan | undefined): Watch {
  if (!plan?.hasRevision) return { notSetUp: noRevision };
  return why === undefined ? 'watched' : { unknown: why };
}

function changed({ revision, sections }: PolicyTextRead): ViolationFound {
  const text = sections.join(', ');
  return {
    kind: newer,
    subject,
    cause: revision,
    severity: 'warning',
    clause,
    reasons: [
      because('policy-newer', { text: revision }),
      ...(text === '' ? [] : [because('policy-sections', { text })]),
      because('policy-read-it'),
    ],
    evidence: [],
  };
}
