import { because } from '@huismeester/contracts';
import { Type } from 'typebox';
import type { Facts } from '../../facts/index.ts';
import { type PolicyTextFact, thePolicyText } from '../../facts/policy-text.ts';
import { defineRule, type Outcome, type ViolationFound, type Watch } from '../define.ts';
import type { PolicyTextPlan } from '../settings.ts';

const kind = 'policy-changed';
const clause = 'TEAM-3';
const subject = `policy-text/${thePolicyText}`;
const noText =
  'space.yaml does not name the page of the infra policy: name it as `policy.text: { url: … }`, or a file as `policy.text: { file: … }`, with the revision that is carried out here';
const noRevision =
  'space.yaml does not name the revision of the infra policy that is carried out here: name it as `policy.text.revision`';

const reads = ['policyText'] as const;
type Known = Pick<Facts, (typeof reads)[number]>;

/**
 * The policy that is carried out is the one that is written down (TEAM-3): a newer revision of its page than settings name is a violation, one for each
 * revision, until somebody has read it and names it. It only watches: what the page says changes nothing by itself.
 */
export const rule = defineRule({
  name: 'policy-text',
  clauses: new Map([[clause, 'nothing: that the page of the policy has changed is reported']]),
  reads,
  row: Type.Object({}),
  violationKinds: [kind],
  tiers: [],
  notSetUp: ({ policyText }) => (policyText ? undefined : noText),
  decide(known: Known, _: unknown, { settings: { policyText } }): Outcome<never> {
    const read = known.policyText.get(thePolicyText);
    const isKnown = read !== undefined && !read.unseen;
    return {
      opinions: [],
      memory: new Map<string, never>(),
      events: [],
      notices: [],
      violations: {
        found: isKnown && read.newer ? [changed(read)] : [],
        undecided: isKnown ? [] : [{ kind, subject }],
      },
      clauses: new Map([[clause, watchOf(isKnown, policyText)]]),
    };
  },
});

function watchOf(isKnown: boolean, plan: PolicyTextPlan | undefined): Watch {
  if (!plan?.hasRevision) return { notSetUp: noRevision };
  return isKnown ? 'watched' : { unknown: 'the page of the infra policy could not be read yet' };
}

function changed({ revision, sections }: PolicyTextFact): ViolationFound {
  const text = sections.join(', ');
  return {
    kind,
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
