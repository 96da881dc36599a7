import type { Decision } from '@huismeester/contracts';
import { useSignal } from '@preact/signals';
import { usePage } from '../../api/resource.ts';
import { place, setQuery } from '../../app/router.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/choices.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page } from '../../parts/page.tsx';
import { useSubjects } from '../../parts/subject.ts';
import { common } from '../../words/common.ts';
import { DecisionLine } from './line.tsx';
import { words } from './words.ts';

type Mode = Decision['mode'];
const pageSize = 30;
/** The API gives no more at once. */
const most = 1000;

/** `/decisions`: what was decided, newest first; `?target=vm/104`: about one thing. */
export default function DecisionsPage() {
  const text = words.value;
  const { query } = place.value;
  const mode = query.get('mode') ?? 'all';
  const target = query.get('target') ?? undefined;
  const limit = useSignal<number>(pageSize);
  const nameOf = useSubjects();
  const filters = [
    mode === 'all' ? '' : `&mode=${mode}`,
    target === undefined ? '' : `&target=${encodeURIComponent(target)}`,
  ];
  const path = `/api/v1/decisions?limit=${limit.value}${filters.join('')}`;
  const decisions = usePage<Decision>(path, ['policy']);
  return (
    <Page title={common.value.pages.decisions} lead={text.lead}>
      {target !== undefined && (
        <p>
          {text.of(nameOf(target))} <a href="/decisions">{text.ofAll}</a>
        </p>
      )}
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
      <Fetched of={decisions} lines={8}>
        {({ results, count }) => (
          <>
            <Lines decisions={results} nameOf={nameOf} />
            {count > results.length && limit.value < most && (
              <Button
                onClick={() => {
                  limit.value += pageSize;
                }}
              >
                {text.more}
              </Button>
            )}
          </>
        )}
      </Fetched>
    </Page>
  );
}

function Lines({
  decisions,
  nameOf,
}: {
  readonly decisions: readonly Decision[];
  readonly nameOf: (target: string) => string;
}) {
  const text = words.value;
  if (decisions.length === 0) {
    return (
      <div class="empty">
        <p class="strong">{text.empty}</p>
        <p>{text.emptyNext}</p>
      </div>
    );
  }
  return (
    <ul class="rows">
      {decisions.map((each) => (
        <li key={each.id}>
          <DecisionLine decision={each} name={nameOf(each.target)} />
        </li>
      ))}
    </ul>
  );
}
