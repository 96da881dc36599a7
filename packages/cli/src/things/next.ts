import {
  DesignDecisionResource,
  ItemProposalResource,
  ItemResource,
  ReportResource,
  StewardResource,
} from '@huismeester/contracts';
import type { Api } from '../api.ts';
import { answerOf } from '../served.ts';

/** What of the register of things says whether something is left to do. */
export interface Registered {
  readonly items: readonly ItemResource[];
  readonly stewards: readonly StewardResource[];
  readonly decisions: readonly DesignDecisionResource[];
  readonly proposals: readonly ItemProposalResource[];
  /** Whether a report to the board was made; undefined where that is not known. */
  readonly hasReport?: boolean;
}

/** All of it; undefined where it is not served here, away, or not for this role. */
export async function readRegistered(api: Api): Promise<Registered | undefined> {
  const [items, stewards, decisions, proposals, reports] = await Promise.all([
    answerOf(api.list('/api/v1/items', ItemResource)),
    answerOf(api.list('/api/v1/stewards', StewardResource)),
    answerOf(api.list('/api/v1/design-decisions', DesignDecisionResource)),
    answerOf(api.list('/api/v1/proposals', ItemProposalResource)),
    answerOf(api.list('/api/v1/reports', ReportResource, {}, 1)),
  ]);
  const isThere = 'value' in items && 'value' in stewards && 'value' in decisions && 'value' in proposals;
  if (!isThere) return undefined;
  return {
    items: items.value,
    stewards: stewards.value,
    decisions: decisions.value,
    proposals: proposals.value,
    ...('value' in reports && { hasReport: reports.value.length > 0 }),
  };
}

/** What is to be filled in, in that order. What is registered and not as it should be is a violation, and shown as one. */
export function registerSteps({
  items,
  stewards,
  decisions,
  proposals,
  hasReport,
}: Registered): { what: string; how: string }[] {
  const open = proposals.filter(({ dismissed }) => !dismissed);
  const used = items.filter(({ life, infra }) => infra && life !== 'retired');
  const unsaid = used.filter(({ tenure }) => tenure === undefined);
  return [
    ...(open.length > 0
      ? [
          {
            what:
              items.length === 0
                ? 'nothing is registered yet, so nobody knows what there is and whose it is (INFRA-2)'
                : `${open.length} ${open.length === 1 ? 'thing is' : 'things are'} seen or named by the policy, and not registered (INFRA-2)`,
            how: '`huismeester item propose` lists them, then `huismeester item confirm --all --tenure owned`, or those that are the foundation’s',
          },
        ]
      : []),
    ...(unsaid.length > 0
      ? [
          {
            what: `nobody said whose ${unsaid.length} of the items ${unsaid.length === 1 ? 'is' : 'are'} (CORE-6): ${firstOf(unsaid.map(({ id }) => id))}`,
            how: '`huismeester item change ID --tenure owned`; many at once: `huismeester item export --out items.csv`, then `huismeester item import items.csv --dry-run`',
          },
        ]
      : []),
    ...(used.length > 0 && stewards.length === 0
      ? [
          {
            what: 'nobody is on record as able to run anything (TEAM-2)',
            how: 'each says what they know: `huismeester steward learn ITEM`; another confirms it: `huismeester steward promote ITEM PERSON`',
          },
        ]
      : []),
    ...(used.length > 0 && decisions.length === 0
      ? [
          {
            what: 'no design decision is registered (CORE-5, SPACE-6)',
            how: '`huismeester design add "TITLE" --item ITEM --page "PAGE OF THE WIKI" --status accepted`',
          },
        ]
      : []),
    ...(items.length > 0 && hasReport === false
      ? [
          {
            what: 'no report to the board was made yet: the first one is made and sent on the 1st (BOARD-2)',
            how: 'read what it would say: `huismeester report preview`; who gets it: the board members in the team, else board.address of space.yaml',
          },
        ]
      : []),
  ];
}

function firstOf(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown}, …` : shown;
}
