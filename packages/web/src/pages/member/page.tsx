import type { MemberResource, OffboardingResource } from '@huismeester/contracts';
import { known, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { may, person } from '../../app/session.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useActors, useNames } from '../../parts/person.tsx';
import { Facts } from '../../parts/table.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { Deciding, Leave } from './deciding.tsx';
import { DepartureOf } from './departure.tsx';
import { Grants } from './grants.tsx';
import { Offboarding } from './offboarding.tsx';
import { Proposal } from './proposal.tsx';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** `/team/:person`: how somebody of the team stands, and what is decided about them. */
export default function MemberPage({ params: { person: id = '' } }: PageProps) {
  const text = words.value;
  const name = useNames();
  const path = `/api/v1/team/${encodeURIComponent(id)}`;
  const member = useResource<MemberResource>(path, ['membership']);
  const found = known(member);
  const isFormer = found?.register === 'former';
  const seesAll = may('infrateam', 'trial', 'board', 'administrator');
  const offboarding = useResource<OffboardingResource>(
    isFormer && seesAll ? `${path}/offboarding` : undefined,
    ['membership'],
  );
  const isOwn = id === person();
  return (
    <Page
      title={found === undefined ? text.title : name(id)}
      lead={
        <a class="alone" href="/team">
          {text.back}
        </a>
      }
    >
      <Fetched of={member} forWhom={text.forTeam} lines={5}>
        {(of) => (
          <>
            <Standing of={of} />
            <Proposal of={of} called={name(id)} />
            {(of.register === 'trial' || of.grants.length > 0) && (seesAll || isOwn) && (
              <Grants of={of} called={name(id)} />
            )}
            <Deciding of={of} called={name(id)} />
            {isFormer && seesAll && (
              <Fetched of={offboarding}>{(list) => <Offboarding list={list} />}</Fetched>
            )}
            {of.register !== undefined &&
              !isFormer &&
              (isOwn || may('infrateam', 'board', 'administrator')) && (
                <Section title={text.departureTitle(name(id))} act={<ClauseLink clause="TEAM-1" />}>
                  <div class="card stack">
                    <p class="small">{text.departureLead}</p>
                    <DepartureOf person={id} />
                    {isOwn && <Leave called={name(id)} />}
                  </div>
                </Section>
              )}
            {of.history.length > 0 && <History of={of} />}
          </>
        )}
      </Fetched>
    </Page>
  );
}

function Standing({ of }: Pick<Shown, 'of'>) {
  const { facts, notInRegister } = words.value;
  const { terms, none } = common.value;
  const { register, since, until, suspended_from: after, groups, roles } = of;
  const isState = after === 'trial' || after === 'full';
  return (
    <div class="card">
      <Facts
        of={[
          [facts.register, register === undefined ? notInRegister : terms.registers[register]],
          ...(since === undefined ? [] : [[facts.since, <When key="since" at={since} />] as const]),
          ...(until === undefined ? [] : [[facts.until, <When key="until" at={until} />] as const]),
          ...(isState ? [[facts.after, terms.registers[after]] as const] : []),
          [facts.groups, groups.map((group) => terms.groups[group]).join(', ') || none],
          [facts.roles, roles.map((role) => terms.roles[role]).join(', ') || none],
        ]}
      />
    </div>
  );
}

function History({ of: { history } }: Pick<Shown, 'of'>) {
  const text = words.value;
  const nameOf = useActors();
  return (
    <Section title={text.history}>
      <ul class="rows">
        {history.toReversed().map(({ at, by, what, clause, because }) => (
          <li key={`${at} ${what}`}>
            <p class="row">
              <span>{text.happened[what] ?? what}</span>
              <span class="row">
                <ClauseLink clause={clause} />
                <span class="small">
                  <When at={at} />
                </span>
              </span>
            </p>
            <p class="small">{by.map(nameOf).join(', ')}</p>
            {because !== undefined && <p>{because}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
