import type { ApplicationResource } from '@huismeester/contracts';
import { known, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { may, me, person } from '../../app/session.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import { Relative, When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { isGoingOn } from './applications.ts';
import { Board } from './board.tsx';
import { Meeting } from './meeting.tsx';
import { Consent, Trial, Withdraw } from './own-acts.tsx';
import type { Shown } from './shown.ts';
import { Steps, Until } from './state.tsx';
import './style.css';
import { Ballots, Voting } from './voting.tsx';
import { words } from './words.ts';

/** `/team/applications/:id`: how far an application is, and what is asked of whoever looks. */
export default function ApplicationPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const name = useNames();
  const application = useResource<ApplicationResource>(`/api/v1/applications/${encodeURIComponent(id)}`, [
    'membership',
  ]);
  const who = known(application)?.person;
  const title =
    who === undefined ? text.applications : who === person() ? text.yourTitle : text.title(name(who));
  return (
    <Page
      title={title}
      lead={
        <a class="alone" href="/team">
          {text.back}
        </a>
      }
    >
      <Fetched of={application} forWhom={text.forTeam} lines={6}>
        {(of) => <Application of={of} called={name(of.person)} />}
      </Fetched>
    </Page>
  );
}

function Application({ of, called }: Shown) {
  const text = words.value;
  return (
    <>
      <div class="card stack">
        <Steps of={of} />
        <p role="status">
          <Until of={of} />
        </p>
        {of.veto !== undefined && <Veto veto={of.veto} />}
      </div>
      <Consent of={of} called={called} />
      {of.would !== undefined && <Voting of={of} called={called} />}
      <Board of={of} called={called} />
      {(of.state === 'open' || (of.votes?.length ?? 0) > 0) && (
        <Section title={text.votes}>
          <Ballots of={of} called={called} />
        </Section>
      )}
      <Meeting of={of} called={called} />
      <About of={of} called={called} />
    </>
  );
}

function Veto({ veto }: { readonly veto: NonNullable<ApplicationResource['veto']> }) {
  const name = useNames();
  return (
    <div class="note bad">
      <p class="strong">
        {words.value.vetoBy(name(veto.by))} <ClauseLink clause="JOIN-2" />
      </p>
      {veto.because !== undefined && <p>{veto.because}</p>}
    </div>
  );
}

function About({ of, called }: Shown) {
  const { facts, trialDays } = words.value;
  const name = useNames();
  const { since, backer, ends, approved, ended, trial_days: days } = of;
  const { decidedBy } = common.value.terms;
  return (
    <section class="section stack">
      <Facts
        of={[
          [facts.applied, <When key="since" at={since} />],
          ...(backer === undefined ? [] : [[facts.by, name(backer)] as const]),
          [facts.trial, trialDays(days)],
          ...(of.state === 'open' && ends !== undefined
            ? [[facts.ends, <When key="ends" at={ends} />] as const]
            : []),
          ...(approved === undefined ? [] : [[facts.approved, decidedBy[approved.how]] as const]),
          ...(ended === undefined ? [] : [[facts.ended, <Relative key="ended" at={ended.at} />] as const]),
        ]}
      />
      {isGoingOn(of) && me.value !== 'nobody' && (
        <div class="acts">
          {may('infrateam') && of.person !== person() && of.state !== 'proposed' && (
            <Trial of={of} called={called} />
          )}
          <Withdraw of={of} called={called} />
        </div>
      )}
    </section>
  );
}
