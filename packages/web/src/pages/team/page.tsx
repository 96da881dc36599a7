import type { ApplicationResource, TeamResource } from '@huismeester/contracts';
import { known, useList } from '../../api/resource.ts';
import { may, me, person } from '../../app/session.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Relative, When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { isGoingOn } from './applications.ts';
import { Apply } from './apply.tsx';
import { Members } from './members.tsx';
import { Steps, Until } from './state.tsx';
import './style.css';
import { words } from './words.ts';

/** `/team`: who is in it, and who wants to be. */
export default function TeamPage() {
  const text = words.value;
  const team = useList<TeamResource>('/api/v1/team', ['membership']);
  const applications = useList<ApplicationResource>('/api/v1/applications', ['membership']);
  const all = known(applications);
  const acts = (
    <>
      <Apply hasApplied={all?.some((each) => isOwn(each) && isGoingOn(each)) ?? true} />
      {may('infrateam', 'trial', 'board', 'administrator') && (
        <ButtonLink href="/team/access">{text.access}</ButtonLink>
      )}
    </>
  );
  return (
    <Page title={common.value.pages.team} lead={text.lead} act={acts}>
      {me.value !== 'nobody' && (
        <Section title={text.applications}>
          <Fetched of={applications} forWhom={text.forTeam}>
            {(each) => <Applications all={each} />}
          </Fetched>
        </Section>
      )}
      <Section title={text.members}>
        <Fetched of={team} empty={<p>{text.membersNone}</p>}>
          {(each) => <Members all={each} />}
        </Fetched>
      </Section>
    </Page>
  );
}

const isOwn = (each: ApplicationResource): boolean => each.person === person();

/** What goes on as cards, and what is over in a list that opens. */
function Applications({ all }: { readonly all: readonly ApplicationResource[] }) {
  const text = words.value;
  const name = useNames();
  const open = all.filter(isGoingOn);
  const over = all.filter((each) => !isGoingOn(each));
  return (
    <div class="stack">
      {open.length === 0 ? (
        <div class="empty">
          <p class="strong">{text.applicationsNone}</p>
          <p>{text.applicationsNext}</p>
        </div>
      ) : (
        <ul class="cards">
          {open.map((each) => (
            <li key={each.id} class="card stack">
              <h3>
                <a class="alone" href={`/team/applications/${each.id}`}>
                  {isOwn(each) ? text.yourTitle : name(each.person)}
                </a>
              </h3>
              <Steps of={each} />
              <p class="small">
                <Until of={each} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <details>
          <summary>
            {text.ended} ({over.length})
          </summary>
          <ul class="rows">
            {over.map((each) => (
              <li key={each.id} class="row">
                <a href={`/team/applications/${each.id}`}>{name(each.person)}</a>
                <span class="small">
                  {common.value.terms.applicationStates[each.state]}{' '}
                  {each.ended === undefined ? <When at={each.since} /> : <Relative at={each.ended.at} />}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
