import type { Decision, Vm } from '@huismeester/contracts';
import { useList, usePage, useResource } from '../../api/resource.ts';
import type { PageProps } from '../../app/page-props.ts';
import { placeOf } from '../../app/subjects.ts';
import { ClauseLink } from '../../parts/clause.tsx';
import { Copyable } from '../../parts/copy.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useActors } from '../../parts/person.tsx';
import { useSubjects } from '../../parts/subject.ts';
import { Facts } from '../../parts/table.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { reasonText } from '../../words/reasons.ts';
import { Exactly, FactsBefore, Result, useEvents } from './events.tsx';
import { DecisionLine } from './line.tsx';
import { isRehearsed, nextOf } from './story.ts';
import './style.css';
import { words } from './words.ts';

/** So many decisions about the same target, and of the same story, are looked at. */
const looked = 100;

/** `/decisions/:id`: one decision as a story: what was the case, what was decided, what came of it. */
export default function DecisionPage({ params: { id = '' } }: PageProps) {
  const text = words.value;
  const decision = useResource<Decision>(`/api/v1/decisions/${encodeURIComponent(id)}`, ['policy']);
  const nameOf = useSubjects();
  // With the name of the VM the title is longer: shown before, it would push all below it down.
  const areNamed = useList<Vm>('/api/v1/vms', ['vm-lifecycle']).state.value.kind !== 'loading';
  const waiting = useResource<Decision>(undefined, []);
  const shown = areNamed ? decision : waiting;
  const state = shown.state.value;
  const known = state.kind === 'loaded' ? state.value : undefined;
  const title =
    known === undefined
      ? common.value.pages.decisions
      : text.title(nameOf(known.target), common.value.terms.wishes[known.state]);
  return (
    <Page
      title={title}
      lead={
        <a class="alone" href="/decisions">
          {text.back}
        </a>
      }
    >
      <Fetched of={shown} lines={6}>
        {(found) => <Story decision={found} nameOf={nameOf} />}
      </Fetched>
    </Page>
  );
}

/** A decision from its facts to its result. Long, since it is one block of the page, part after part. */
function Story({
  decision,
  nameOf,
}: {
  readonly decision: Decision;
  readonly nameOf: (target: string) => string;
}) {
  const text = words.value;
  const { target, correlationid } = decision;
  const own = usePage<Decision>(`/api/v1/decisions?limit=${looked}&target=${encodeURIComponent(target)}`, [
    'policy',
  ]);
  const same = usePage<Decision>(`/api/v1/decisions?limit=${looked}&correlation=${correlationid}`, [
    'policy',
  ]);
  const state = own.state.value;
  const next = state.kind === 'loaded' ? nextOf(decision, state.value.results) : undefined;
  const events = useEvents(correlationid);
  return (
    <>
      <p>
        <Verdict decision={decision} />
      </p>
      <ol class="story">
        <li>
          <Section title={text.facts}>
            <p>{reasonText(decision)}</p>
            <FactsBefore decision={decision} events={events} />
          </Section>
        </li>
        <li>
          <Section title={text.decided}>
            <Decided decision={decision} name={nameOf(target)} />
          </Section>
        </li>
        <li>
          <Section title={text.result}>
            <Result decision={decision} next={next} events={events} />
          </Section>
        </li>
        <li>
          <Section title={text.after}>
            <Fetched of={own}>
              {() =>
                next === undefined ? (
                  <p>{text.newest}</p>
                ) : (
                  <DecisionLine decision={next} name={nameOf(next.target)} />
                )
              }
            </Fetched>
          </Section>
        </li>
      </ol>
      <Fetched of={same} lines={1}>
        {({ results }) => (
          <SameStory decisions={results.filter(({ id }) => id !== decision.id)} nameOf={nameOf} />
        )}
      </Fetched>
      <p class="small">
        <Copyable text={location.href} what={text.link} />
      </p>
    </>
  );
}

function Verdict({ decision }: { readonly decision: Decision }) {
  const text = words.value;
  return isRehearsed(decision) ? (
    <Mark tone="calm">{text.rehearsed}</Mark>
  ) : (
    <Mark tone="good">{text.armed}</Mark>
  );
}

function Decided({ decision, name }: { readonly decision: Decision; readonly name: string }) {
  const text = words.value;
  const nameOf = useActors();
  const { terms } = common.value;
  const { target, state, time, clause, rule, tier, stage, validUntil, actor } = decision;
  return (
    <div class="stack">
      <p class="strong">
        <a href={placeOf(target)}>{name}</a> {terms.wishes[state]}
      </p>
      <Facts
        of={[
          [text.when, <Exactly at={time} />],
          [text.byClause, <ClauseLink clause={clause} />],
          [
            text.say,
            <>
              {terms.tiers[tier]} {rule !== 'none' && <code>{rule}</code>}
            </>,
          ],
          ...(stage === undefined ? [] : [[text.stage, terms.stages[stage]] as const]),
          ...(validUntil === undefined ? [] : [[text.validUntil, <When at={validUntil} />] as const]),
          ...(actor === undefined || actor.startsWith('service:') ? [] : [[text.by, nameOf(actor)] as const]),
        ]}
      />
    </div>
  );
}

function SameStory({
  decisions,
  nameOf,
}: {
  readonly decisions: readonly Decision[];
  readonly nameOf: (target: string) => string;
}) {
  if (decisions.length === 0) return null;
  return (
    <details>
      <summary>{words.value.story(decisions.length)}</summary>
      <ul class="rows">
        {decisions.map((each) => (
          <li key={each.id}>
            <DecisionLine decision={each} name={nameOf(each.target)} />
          </li>
        ))}
      </ul>
    </details>
  );
}
