import type { IncidentResource, PlannedIncident } from '@huismeester/contracts';
import { lengthOf } from '@huismeester/contracts/sentences';
import { known, useList, usePage } from '../../api/resource.ts';
import { placeOf } from '../../app/subjects.ts';
import { useAnchor } from '../../parts/anchor.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { Lacking } from '../../parts/lacking.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Section } from '../../parts/page.tsx';
import { useSubjects } from '../../parts/subject.ts';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { toneOfIncident, tones } from './states.ts';
import { words } from './words.ts';

/** What fails, with what failed first, and the last ones that are over. */
export function Incidents() {
  const text = words.value;
  const open = useList<IncidentResource>('/api/v1/incidents?state=open', ['netwatch']);
  const closed = usePage<IncidentResource>('/api/v1/incidents?state=closed&limit=20', ['netwatch']);
  const planned = useList<PlannedIncident>('/api/v1/planned', ['netwatch', 'policy']);
  const plans = new Map(known(planned)?.map((each) => [each.incident, each]));
  const nothing = (
    <>
      <p>
        <Mark tone="good">{text.noIncident}</Mark>
      </p>
      <p>{text.noIncidentNext}</p>
    </>
  );
  return (
    <Section title={text.incidents}>
      <Fetched of={open} empty={nothing}>
        {(all) => <IncidentCards all={all} plans={plans} />}
      </Fetched>
      <Lacking of={planned}>{text.lacks.planned}</Lacking>
      <Fetched of={closed} lines={1}>
        {({ results }) =>
          results.length === 0 ? null : (
            <details open={location.hash.startsWith('#incident/')}>
              <summary>{text.earlier(results.length)}</summary>
              <IncidentCards all={results} plans={new Map()} />
            </details>
          )
        }
      </Fetched>
    </Section>
  );
}

function IncidentCards({
  all,
  plans,
}: {
  readonly all: readonly IncidentResource[];
  readonly plans: ReadonlyMap<string, PlannedIncident>;
}) {
  const nameOf = useSubjects();
  useAnchor(all);
  return (
    <ul class="stack">
      {all.map((each) => (
        <li key={each.id} id={`incident/${each.id}`} class="thing">
          <IncidentCard incident={each} planned={plans.get(each.id)} nameOf={nameOf} />
        </li>
      ))}
    </ul>
  );
}

/** One incident: the cause, what failed because of it, and how long. */
function IncidentCard({
  incident,
  planned,
  nameOf,
}: {
  readonly incident: IncidentResource;
  readonly planned: PlannedIncident | undefined;
  readonly nameOf: (subject: string) => string;
}) {
  const text = words.value;
  const { id, root, since, until, lasted_s, outage, members, others, core, state } = incident;
  const followers = members.filter(({ thing }) => thing !== root);
  return (
    <article class="card stack" aria-label={text.incident(id)}>
      <div class="card-head">
        <h3>
          <Mark tone={toneOfIncident(incident, planned?.whole === true)}>
            <a href={placeOf(root)}>{text.failedFirst(nameOf(root))}</a>
          </Mark>{' '}
          {core && <span class="chip">{text.core}</span>}
        </h3>
        <span class="small">
          {text.incident(id)}: <When at={since} />
          {', '}
          {state === 'open' || until === undefined
            ? text.goesOn
            : text.over(lengthOf(lasted_s ?? (Date.parse(until) - Date.parse(since)) / 1000))}
        </span>
      </div>
      {outage && <p>{text.outage}</p>}
      {planned !== undefined && (
        <p>{planned.whole ? text.planned : text.partlyPlanned(planned.things.map(nameOf).join(', '))}</p>
      )}
      {followers.length > 0 && (
        <div>
          <h4>{text.followed}</h4>
          <ul class="members">
            {followers.map((each) => (
              <li key={each.thing} class="row">
                <a href={placeOf(each.thing)}>{nameOf(each.thing)}</a>
                <span>
                  <Mark tone={tones[each.state]}>{common.value.terms.thingStates[each.state]}</Mark>{' '}
                  <span class="small">
                    <When at={each.since} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {others.length > 0 && (
        <p>
          {text.others}: {others.map(nameOf).join(', ')}
        </p>
      )}
    </article>
  );
}
