import type { Decision, EventPage, ServiceName, StoredEvent, Vm } from '@huismeester/contracts';
import type { ComponentChildren } from 'preact';
import { type Resource, useResource } from '../../api/resource.ts';
import { serverNow } from '../../app/clock.ts';
import { may } from '../../app/session.ts';
import { Fetched } from '../../parts/fetched.tsx';
import { When } from '../../parts/time.tsx';
import { common } from '../../words/common.ts';
import { civil, clockTime, fullMoment, moment } from '../../words/time.ts';
import { isRehearsed, storyOf } from './story.ts';
import { words } from './words.ts';

/** The logs in which facts and results of decisions stand; those about people are none of them. */
const services = ['ups-monitor', 'vm-lifecycle'] as const satisfies readonly ServiceName[];

/** What is known of a story from the logs; undefined: they are not for whoever asks. */
export type Logs = readonly Resource<EventPage>[] | undefined;

/** The events of a story, a log at a time. */
export function useEvents(correlation: string): Logs {
  const isForUs = may('infrateam', 'administrator');
  const pathOf = (service: ServiceName): string | undefined =>
    isForUs
      ? `/api/v1/${service}/events?limit=1000&correlation=${encodeURIComponent(correlation)}`
      : undefined;
  const logs = [
    useResource<EventPage>(pathOf(services[0]), [services[0]]),
    useResource<EventPage>(pathOf(services[1]), [services[1]]),
  ];
  return isForUs ? logs : undefined;
}

function eventsOf(logs: readonly Resource<EventPage>[]): readonly StoredEvent[] {
  return logs.flatMap(({ state }) => (state.value.kind === 'loaded' ? state.value.value.events : []));
}

/** By which events it was known. */
export function FactsBefore({ decision, events }: { readonly decision: Decision; readonly events: Logs }) {
  const text = words.value;
  if (decision.evidence.length === 0) return null;
  if (events === undefined) return <p class="small">{text.factsHidden}</p>;
  const { facts, missing } = storyOf(decision, eventsOf(events), undefined);
  const isWhole = events.every(isLoaded);
  return (
    <Answered logs={events}>
      <Events all={facts} />
      {isWhole && missing > 0 && <p class="small">{text.noFact(missing)}</p>}
    </Answered>
  );
}

const isLoaded = ({ state }: Resource<EventPage>): boolean => state.value.kind === 'loaded';

/** What is said by these logs, once each was answered: until then it is not known that there is nothing. A log that failed says so before it. */
function Answered({
  logs,
  children,
}: {
  readonly logs: readonly Resource<EventPage>[];
  readonly children: ComponentChildren;
}) {
  return (
    <>
      {logs.map(
        (log, index) =>
          !isLoaded(log) && (
            <Fetched key={services[index]} of={log} lines={1}>
              {() => null}
            </Fetched>
          ),
      )}
      {logs.every(({ state }) => state.value.kind !== 'loading') && children}
    </>
  );
}

/** What came of it: by the log for whoever may read that, else by the VM as it is now. */
export function Result({
  decision,
  next,
  events,
}: {
  readonly decision: Decision;
  readonly next: Decision | undefined;
  readonly events: Logs;
}) {
  const text = words.value;
  if (isRehearsed(decision)) return <p class="strong">{text.rehearsed}.</p>;
  if (events === undefined) return <ResultOfVm decision={decision} />;
  const { after } = storyOf(decision, eventsOf(events), next?.time);
  const nothing = decision.state === 'hands-off' ? text.nothingNeeded : text.nothingYet;
  return <Answered logs={events}>{after.length > 0 ? <Events all={after} /> : <p>{nothing}</p>}</Answered>;
}

function ResultOfVm({ decision: { id, target } }: { readonly decision: Decision }) {
  const text = words.value;
  const [kind, vm] = target.split('/');
  const found = useResource<Vm>(kind === 'vm' ? `/api/v1/vms/${vm}` : undefined, ['vm-lifecycle']);
  if (kind !== 'vm') return <p class="small">{text.resultHidden}</p>;
  return (
    <Fetched of={found} lines={1}>
      {({ started, stopped }) => {
        const { causes } = common.value.terms;
        return (
          <>
            {stopped?.decision === id && (
              <p>
                {text.stopped(causes[stopped.by])} <When at={stopped.at} />
              </p>
            )}
            {started?.decision === id && (
              <p>
                {text.started(causes[started.by])} <When at={started.at} />
              </p>
            )}
            <p class="small">{text.resultHidden}</p>
          </>
        );
      }}
    </Fetched>
  );
}

function Events({ all }: { readonly all: readonly StoredEvent[] }) {
  return (
    <ul class="plain">
      {all.map((each) => (
        <li key={each.id}>
          <Exactly at={each.time} /> {sentenceOf(each)}
        </li>
      ))}
    </ul>
  );
}

/** A moment with its seconds, in which a story of a power cut goes; with the day where that is another. */
export function Exactly({ at }: { readonly at: string }) {
  const isToday = civil(at, day) === civil(serverNow(), day);
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {isToday ? clockTime(at) : `${civil(at, day)} ${clockTime(at)}`}
    </time>
  );
}

const day = { weekday: 'short', day: 'numeric', month: 'short' } as const;

/** What an event says; one of which no more is known here stands there by its type. */
function sentenceOf({ type, data }: StoredEvent): string {
  return words.value.eventSentences[type]?.(data as never, (at) => moment(at, serverNow())) ?? type;
}
