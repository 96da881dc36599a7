import type { AccessSourceResource, AccountResource } from '@huismeester/contracts';
import { done, useAct } from '../../api/act.ts';
import { send } from '../../api/request.ts';
import { useList } from '../../api/resource.ts';
import { may } from '../../app/session.ts';
import { Button } from '../../parts/button.tsx';
import { ClauseLink } from '../../parts/clause.tsx';
import { FailureNote } from '../../parts/failure.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Relative } from '../../parts/time.tsx';
import type { Tone } from '../../parts/tone.ts';
import { AccountLine } from './account.tsx';
import { AccessLists } from './lists.tsx';
import { words } from './words.ts';

type Whose = AccountResource['whose'];

/** What is a violation first. */
const order: readonly Whose[] = ['other', 'nobody', 'granted-trial', 'member', 'service', 'built-in'];
const isWrong = (whose: Whose): boolean => whose === 'other' || whose === 'nobody';

/** `/team/access`: who has admin rights on core, and who knows what has no API (CORE-2, CORE-4). */
export default function AccessPage() {
  const text = words.value;
  const accounts = useList<AccountResource>('/api/v1/access', ['membership']);
  const review = useAct(async () => {
    await send('/api/v1/access/review', { method: 'POST' });
    done(text.reviewed);
  });
  return (
    <Page
      title={text.title}
      lead={
        <>
          <a href="/team">{text.back}</a> · {text.lead}
        </>
      }
      act={
        may('infrateam', 'administrator') && (
          <Button busy={review.busy} onClick={() => void review.run()}>
            {text.review}
          </Button>
        )
      }
    >
      {review.failure && <FailureNote failure={review.failure} />}
      <Sources />
      <Section title={text.accounts} act={<ClauseLink clause="CORE-4" />}>
        <Fetched of={accounts} forWhom={text.forTeam} empty={<p>{text.accountsNone}</p>}>
          {(all) => (
            <div class="stack">
              {order.map((whose) => {
                const own = all.filter((each) => each.whose === whose);
                return (
                  own.length > 0 && (
                    <section key={whose}>
                      <h3>
                        <Mark tone={isWrong(whose) ? 'bad' : 'calm'}>{text.whose[whose]}</Mark>
                      </h3>
                      <ul class="rows">
                        {own.map((each) => (
                          <li key={each.id}>
                            <AccountLine account={each} />
                          </li>
                        ))}
                      </ul>
                    </section>
                  )
                );
              })}
            </div>
          )}
        </Fetched>
      </Section>
      <AccessLists />
    </Page>
  );
}

const tones: Readonly<Record<AccessSourceResource['state'], Tone>> = {
  known: 'good',
  unknown: 'unknown',
  'not-set-up': 'calm',
};

/** Where accounts are looked for, and whether that could be read whole. */
function Sources() {
  const text = words.value;
  const sources = useList<AccessSourceResource>('/api/v1/access/sources', ['membership']);
  return (
    <Section title={text.sources}>
      <Fetched of={sources} forWhom={text.forTeam}>
        {(all) => (
          <ul class="rows">
            {all.map(({ id, state, readAt, lacks }) => (
              <li key={id}>
                <p class="row">
                  <span class="strong">{id}</span>
                  <span class="row">
                    <Mark tone={tones[state]}>{text.sourceStates[state]}</Mark>
                    <span class="small">{readAt !== undefined && <Relative at={readAt} />}</span>
                  </span>
                </p>
                {lacks !== undefined && <p class="small">{lacks}</p>}
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Section>
  );
}
