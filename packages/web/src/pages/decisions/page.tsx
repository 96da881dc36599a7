import type { Decision } from '@huismeester/contracts';
import { usePage } from '../../api/resource.ts';
import { place, setQuery } from '../../app/router.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Choice } from '../../parts/field.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page } from '../../parts/page.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { words } from './words.ts';

type Mode = Decision['mode'];

/** `/decisions`: what was decided, newest first. */
export default function DecisionsPage() {
  const text = words.value;
  const mode = place.value.query.get('mode') ?? 'all';
  const query = mode === 'all' ? '' : `&mode=${mode}`;
  const decisions = usePage<Decision>(`/api/v1/decisions?limit=50${query}`, ['policy']);
  return (
    <Page title={common.value.pages.decisions} lead={text.lead}>
      <div class="filters">
        <Choice<Mode | 'all'>
          label={text.filter}
          value={mode as Mode | 'all'}
          onInput={(chosen) => setQuery({ mode: chosen === 'all' ? undefined : chosen })}
          options={[
            { value: 'all', text: text.all },
            { value: 'enforce', text: text.acted },
            { value: 'dry-run', text: text.onlyRehearsed },
          ]}
        />
      </div>
      <Fetched of={decisions}>
        {({ results }) =>
          results.length === 0 ? (
            <div class="empty">
              <p class="strong">{text.empty}</p>
              <p>{text.emptyNext}</p>
            </div>
          ) : (
            <ul class="rows">
              {results.map((each) => (
                <li key={each.id}>
                  <DecisionLine decision={each} />
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </Page>
  );
}

function DecisionLine({ decision }: { readonly decision: Decision }) {
  const { id, target, state, clause, time, mode } = decision;
  return (
    <>
      <div class="row">
        <a class="strong" href={`/decisions/${id}`}>
          {target}: {common.value.terms.wishes[state]}
        </a>
        <span class="row">
          <ClauseLink clause={clause} />
          <When at={time} />
        </span>
      </div>
      <p>{reasonText(decision)}</p>
      {mode === 'dry-run' && <Mark tone="calm">{words.value.rehearsed}</Mark>}
    </>
  );
}
