import type { Decision } from '@huismeester/contracts';
import { usePage } from '../../api/resource.ts';
import { me } from '../../app/session.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Section } from '../../parts/page.tsx';
import { subjectText } from '../../parts/subject.ts';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { words } from './words.ts';

/** The newest decisions, each with where its story stands. */
export function LastDecisions() {
  const text = words.value;
  const isSomebody = me.value !== undefined && me.value !== 'nobody';
  const decisions = usePage<Decision>(isSomebody ? '/api/v1/decisions?limit=6' : undefined, ['policy']);
  if (!isSomebody) return null;
  return (
    <Section title={text.last} act={<a href="/decisions">{text.all}</a>}>
      <Fetched of={decisions}>
        {({ results }) =>
          results.length === 0 ? (
            <p class="soft">{text.lastNothing}</p>
          ) : (
            <ul class="rows compact">
              {results.map(({ id, target, state, mode, time }) => (
                <li key={id} class="row">
                  <a href={`/decisions/${id}`}>
                    {subjectText(target)} {common.value.terms.wishes[state]}
                  </a>
                  <span class="small">
                    {mode === 'dry-run' && <>{text.dryRun} · </>}
                    <When at={time} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </Section>
  );
}
