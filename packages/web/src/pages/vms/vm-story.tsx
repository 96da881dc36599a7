import type { Decision } from '@huismeester/contracts';
import { usePage } from '../../api/resource.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { words } from './words.ts';

/** What was decided about a VM, newest first, each with its reasons. */
export function VmStory({ vm }: { readonly vm: string }) {
  const text = words.value.detail;
  const query = `target=${encodeURIComponent(`vm/${vm}`)}&limit=20`;
  const decisions = usePage<Decision>(`/api/v1/decisions?${query}`, ['policy']);
  return (
    <Fetched of={decisions}>
      {({ results }) =>
        results.length === 0 ? (
          <div class="empty">
            <p class="strong">{text.storyNone}</p>
            <p>{text.storyNext}</p>
          </div>
        ) : (
          <ul class="rows">
            {results.map((each) => (
              <li key={each.id}>
                <div class="row">
                  <a class="strong" href={`/decisions/${each.id}`}>
                    {common.value.terms.wishes[each.state]}
                  </a>
                  <span class="row">
                    <ClauseLink clause={each.clause} />
                    <When at={each.time} />
                  </span>
                </div>
                <p>{reasonText(each)}</p>
                {each.mode === 'dry-run' && <Mark tone="calm">{text.dryRun}</Mark>}
              </li>
            ))}
          </ul>
        )
      }
    </Fetched>
  );
}
