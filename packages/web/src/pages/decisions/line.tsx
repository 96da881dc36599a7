import type { Decision } from '@huismeester/contracts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Mark } from '../../parts/mark.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { isRehearsed } from './story.ts';
import { words } from './words.ts';

/** A decision in a list of them: about what, what, why, and whether it was acted upon. */
export function DecisionLine({ decision, name }: { readonly decision: Decision; readonly name: string }) {
  const { id, state, clause, time } = decision;
  return (
    <>
      <div class="row">
        <a class="strong" href={`/decisions/${id}`}>
          {words.value.title(name, common.value.terms.wishes[state])}
        </a>
        <span class="row">
          <ClauseLink clause={clause} />
          <When at={time} />
        </span>
      </div>
      <p>{reasonText(decision)}</p>
      {isRehearsed(decision) && <Mark tone="calm">{words.value.rehearsed}</Mark>}
    </>
  );
}
